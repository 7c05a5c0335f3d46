import { useEffect, useRef, useState } from 'preact/hooks';
import type { SignedInAgent } from '../../shared/agent.ts';
import type { UploadedFile } from '../../shared/attachment.ts';
import { type CannedResponse, SHORTCUT_MAX } from '../../shared/canned-response.ts';
import type { ErrorReply, Reply } from '../../shared/errors.ts';
import type { ByLanguage } from '../../shared/language.ts';
import type { Reached } from '../../shared/reach.ts';
import type { Team } from '../../shared/team.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { TextField } from '../ui/field.tsx';
import rows from '../ui/rows.module.css';
import { showToast } from '../ui/toast.tsx';
import { firstReach, ReachField } from './reach-field.tsx';
import { RemoveSection } from './remove-section.tsx';
import { ResponseFiles } from './response-files.tsx';
import { TextsField } from './texts-field.tsx';
import styles from './toolbox.module.css';
import { useKeptEdit } from './use-kept-edit.ts';

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
  const [edit, setEdit, forget] = useKeptEdit<Edit>(`canned:${me.id}:${response?.id ?? 'new'}`, first);
  const [error, setError] = useState<ErrorReply | null>(null);
  const [isSaving, setIsSaving] = useState(false);
  const top = useRef<HTMLFormElement>(null);
  useEffect(() => top.current?.querySelector('input')?.focus(), []);
  const change = (values: Partial<Edit>) => {
    setError(null);
    setEdit({ ...edit, ...values });
  };
  const finish = (reply: Reply<unknown>, text: string) => {
    setIsSaving(false);
    setError(reply.ok ? null : reply.error);
    if (!reply.ok) return;
    forget();
    showToast({ text });
    onDone();
  };
  const save = async (event: Event) => {
    event.preventDefault();
    if (isSaving) return;
    setIsSaving(true);
    const { shortcut, title, texts, reach, teamId, files, updatedAt } = edit;
    const body = { shortcut, title, texts, reach, teamId, fileIds: files.map(({ id }) => id) };
    const reply = response
      ? await http.patch(`/canned-responses/${response.id}`, { ...body, ...(updatedAt !== null && { expectedAt: updatedAt }) })
      : await http.post('/canned-responses', body);
    finish(reply, t('canned.saved', { title: title.trim() }));
  };
  const errorAt = (field: string) => (error?.field?.split('.')[0] === field ? fieldError(error) : undefined);
  const isElsewhere = error && !['shortcut', 'title', 'texts'].includes(error.field?.split('.')[0] ?? '');
  return (
    <Card title={response ? response.title : t('canned.add')}>
      <form class={rows.form} ref={top} onSubmit={save} noValidate>
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
        {error?.field === 'expectedAt' && response && (
          <div class={rows.actions}>
            <Button onClick={() => change({ ...pick(response), updatedAt: response.updatedAt })}>{t('toolbox.takeTheirs')}</Button>
            <Button onClick={() => change({ updatedAt: response.updatedAt })}>{t('toolbox.keepMine')}</Button>
          </div>
        )}
        <div class={styles.foot}>
          <Button type="submit" look="primary" isBusy={isSaving}>
            {t('action.save')}
          </Button>
          <Button
            onClick={() => {
              forget();
              onDone();
            }}
          >
            {t('action.cancel')}
          </Button>
          <span class={styles.space} />
          {response && (
            <RemoveSection
              name={response.title}
              text={t('canned.removeText', { title: response.title })}
              onRemove={async () =>
                finish(await http.delete(`/canned-responses/${response.id}`), t('canned.removed', { title: response.title }))
              }
            />
          )}
        </div>
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
