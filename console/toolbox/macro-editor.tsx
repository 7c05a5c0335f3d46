import type { Agent, SignedInAgent } from '../../shared/agent.ts';
import type { ErrorReply } from '../../shared/errors.ts';
import { type Macro, type MacroSteps, macroStepsSchema, snoozeSpans } from '../../shared/macro.ts';
import type { Reached } from '../../shared/reach.ts';
import type { Team } from '../../shared/team.ts';
import type { Repertoire } from '../canned/repertoire.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Card } from '../ui/card.tsx';
import { CheckField } from '../ui/check-field.tsx';
import { SelectField, TextAreaField, TextField } from '../ui/field.tsx';
import rows from '../ui/rows.module.css';
import { EditorFoot } from './editor-foot.tsx';
import { MacroReplyField } from './macro-reply-field.tsx';
import { firstReach, ReachField } from './reach-field.tsx';
import { TagNamesField } from './tag-names-field.tsx';
import styles from './toolbox.module.css';
import { useToolEditor } from './use-tool-editor.ts';

interface MacroEditorProps {
  http: Http;
  me: SignedInAgent;
  teams: readonly Team[];
  agents: readonly Agent[];
  repertoire: Repertoire;
  /** Null: a new one. */
  macro: Macro | null;
  onDone: () => void;
}

interface Edit extends Reached {
  name: string;
  steps: MacroSteps;
  updatedAt: number | null;
}

export function MacroEditor({ http, me, teams, agents, repertoire, macro, onDone }: MacroEditorProps) {
  const first: Edit = macro
    ? { name: macro.name, steps: macro.steps, reach: macro.reach, teamId: macro.teamId, updatedAt: macro.updatedAt }
    : { name: '', steps: macroStepsSchema.parse({}), ...firstReach(me), updatedAt: null };
  const editor = useToolEditor<Edit>({
    http,
    keptAs: `macro:${me.id}:${macro?.id ?? 'new'}`,
    first,
    path: '/macros',
    id: macro?.id ?? null,
    onDone,
  });
  const { edit, change, error } = editor;
  const step = (values: Partial<MacroSteps>) => change({ steps: { ...edit.steps, ...values } });
  const save = (event: Event) => {
    const { name, steps, reach, teamId } = edit;
    return editor.save(event, { name, steps, reach, teamId }, t('macro.saved', { name: name.trim() }));
  };
  const { steps } = edit;
  const { assign, end } = steps;
  return (
    <Card title={macro ? macro.name : t('macro.add')}>
      <form class={rows.form} ref={editor.form} onSubmit={save} noValidate>
        <div class={styles.pair}>
          <TextField
            label={t('macro.name')}
            maxLength={80}
            autoComplete="off"
            value={edit.name}
            error={error?.field === 'name' ? t('macro.error.name') : undefined}
            onInput={(name) => change({ name })}
          />
          <ReachField me={me} teams={teams} value={edit} onChange={change} />
        </div>
        <MacroReplyField me={me} repertoire={repertoire} steps={steps} onChange={step} />
        <TextAreaField
          label={t('macro.note')}
          hint={t('macro.noteHint')}
          rows={2}
          maxLength={8_000}
          value={steps.note}
          onInput={(note) => step({ note })}
        />
        <div class={styles.pair}>
          <TagNamesField
            label={t('macro.addTags')}
            shelf={repertoire.tags}
            chosen={steps.addTags}
            onChange={(addTags) => step({ addTags })}
          />
          <TagNamesField
            label={t('macro.removeTags')}
            shelf={repertoire.tags}
            chosen={steps.removeTags}
            onChange={(removeTags) => step({ removeTags })}
          />
        </div>
        <div class={styles.pair}>
          <SelectField
            label={t('macro.assign')}
            value={assign ? ('id' in assign ? `${assign.to}:${assign.id}` : assign.to) : ''}
            options={[
              { value: '', label: t('macro.assign.keep') },
              { value: 'me', label: t('macro.assign.me') },
              { value: 'nobody', label: t('assign.nobody') },
              ...agents.map(({ id, name }) => ({ value: `agent:${id}`, label: name })),
              ...teams.map(({ id, name }) => ({ value: `team:${id}`, label: t('reach.team', { name }) })),
            ]}
            onChoose={(to) => step({ assign: assignmentFrom(to) })}
          />
          <SelectField
            label={t('macro.end')}
            value={end ? ('span' in end ? end.span : 'resolved') : ''}
            options={[
              { value: '', label: t('macro.end.keep') },
              { value: 'resolved', label: t('macro.does.resolve') },
              ...snoozeSpans.map((span) => ({ value: span, label: t('macro.does.snooze', { until: t(`snooze.${span}`) }) })),
            ]}
            onChoose={(value) => step({ end: endFrom(value) })}
          />
        </div>
        {steps.reply && (
          <CheckField
            label={t('macro.showFirst')}
            hint={t('macro.showFirstHint')}
            isChecked={steps.isReplyShownFirst}
            onChange={(isReplyShownFirst) => step({ isReplyShownFirst })}
          />
        )}
        {error && error.field !== 'name' && (
          <p class={rows.error} role="alert">
            {problemText(error)}
          </p>
        )}
        <EditorFoot
          error={error}
          isSaving={editor.isSaving}
          onCancel={editor.leave}
          present={
            macro && {
              name: macro.name,
              removeText: t('macro.removeText', { name: macro.name }),
              onRemove: () => editor.remove(t('macro.removed', { name: macro.name })),
              onTakeTheirs: () => change(first),
              onKeepMine: () => change({ updatedAt: macro.updatedAt }),
            }
          }
        />
      </form>
    </Card>
  );
}

function assignmentFrom(value: string): MacroSteps['assign'] {
  if (value === '') return null;
  if (value === 'me' || value === 'nobody') return { to: value };
  const [to, id = ''] = value.split(':');
  return { to: to === 'team' ? 'team' : 'agent', id };
}

function endFrom(value: string): MacroSteps['end'] {
  if (value === 'resolved') return { status: 'resolved' };
  const span = snoozeSpans.find((known) => known === value);
  return span ? { status: 'snoozed', span } : null;
}

function problemText(error: ErrorReply): string {
  if (error.field === 'steps') return t('macro.error.steps');
  if (error.field?.startsWith('steps.reply')) return t('macro.error.reply');
  return errorText(error);
}
