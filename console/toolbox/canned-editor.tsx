import type { SignedInAgent } from '../../shared/agent.ts';
import type { UploadedFile } from '../../shared/attachment.ts';
import { type CannedResponse, SHORTCUT_MAX } from '../../shared/canned-response.ts';
import type { ErrorReply } from '../../shared/errors.ts';
import type { ByLanguage } from '../../shared/language.ts';
import type { Reached } from '../../shared/reach.ts';
import type { Team } from '../../shared/team.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Card } from '../ui/card.tsx';
import { TextField } from '../ui/field.tsx';
import rows from '../ui/rows.module.css';
import { EditorFoot } from './editor-foot.tsx';
import { firstReach, ReachField } from './reach-field.tsx';
import { ResponseFiles } from './response-files.tsx';
import { TextsField } from './texts-field.tsx';
import styles from './toolbox.module.css';
import { useToolEditor } from './use-tool-editor.ts';

interface CannedEditorProps {
  http: Http;
  me: SignedInAgent;
  teams: readonly Team[];
  /** Null: a new one. */
  response: CannedResponse | null;
  onDone: () => void;
}

interface Edit extends Reached {
  shortcut: string;
  title: string;
  texts: ByLanguage;
  files: readonly UploadedFile[];
  /** What it was when the editing began. */
  updatedAt: number | null;
}

export function CannedEditor({ http, me, teams, response, onDone }: CannedEditorProps) {
  const first: Edit = response
    ? { ...pick(response), updatedAt: response.updatedAt }
    : { shortcut: '', title: '', texts: {}, files: [], ...firstReach(me), updatedAt: null };
  const editor = useToolEditor<Edit>({
    http,
    keptAs: `canned:${me.id}:${response?.id ?? 'new'}`,
    first,
    path: '/canned-responses',
    id: response?.id ?? null,
    onDone,
  });
  const { edit, change, error } = editor;
  const save = (event: Event) => {
    const { shortcut, title, texts, reach, teamId, files } = edit;
    const body = { shortcut, title, texts, reach, teamId, fileIds: files.map(({ id }) => id) };
    return editor.save(event, body, t('canned.saved', { title: title.trim() }));
  };
  const errorAt = (field: string) => (error?.field?.split('.')[0] === field ? fieldError(error) : undefined);
  const isElsewhere = error && !['shortcut', 'title', 'texts'].includes(error.field?.split('.')[0] ?? '');
  return (
    <Card title={response ? response.title : t('canned.add')}>
      <form class={rows.form} ref={editor.form} onSubmit={save} noValidate>
        <div class={styles.pair}>
          <TextField
            label={t('canned.title')}
            hint={t('canned.titleHint')}
            maxLength={120}
            autoComplete="off"
            value={edit.title}
            error={errorAt('title')}
            onInput={(title) => change({ title })}
          />
          <TextField
            label={t('canned.shortcut')}
            hint={t('canned.shortcutHint')}
            maxLength={SHORTCUT_MAX + 1}
            autoComplete="off"
            value={edit.shortcut}
            error={errorAt('shortcut')}
            onInput={(shortcut) => change({ shortcut })}
          />
        </div>
        <ReachField me={me} teams={teams} value={edit} onChange={change} />
        <TextsField
          label={t('canned.text')}
          texts={edit.texts}
          error={errorAt('texts')}
          agentName={me.name}
          business={me.business}
          onChange={(texts) => change({ texts })}
        />
        {me.permissions.includes('conversations:reply') && (
          <ResponseFiles http={http} files={edit.files} onChange={(files) => change({ files })} />
        )}
        {isElsewhere && (
          <p class={rows.error} role="alert">
            {errorText(error)}
          </p>
        )}
        <EditorFoot
          error={error}
          isSaving={editor.isSaving}
          onCancel={editor.leave}
          present={
            response && {
              name: response.title,
              removeText: t('canned.removeText', { title: response.title }),
              onRemove: () => editor.remove(t('canned.removed', { title: response.title })),
              onTakeTheirs: () => change(first),
              onKeepMine: () => change({ updatedAt: response.updatedAt }),
            }
          }
        />
      </form>
    </Card>
  );
}

function pick({ shortcut, title, texts, files, reach, teamId }: CannedResponse): Omit<Edit, 'updatedAt'> {
  return { shortcut, title, texts, files, reach, teamId };
}

function fieldError(error: ErrorReply): string {
  if (error.field === 'shortcut') return error.code === 'conflict' ? t('canned.error.shortcutTaken') : t('canned.error.shortcut');
  return error.field === 'title' ? t('canned.error.title') : t('canned.error.texts');
}
