import { nanoid } from 'nanoid';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { ErrorReply } from '../../shared/errors.ts';
import type { Callback } from '../../shared/task.ts';
import { contactName } from '../contacts/contact-name.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextAreaField, TextField } from '../ui/field.tsx';
import { formatSoon } from '../ui/format.ts';
import { Segmented } from '../ui/segmented.tsx';
import { showToast } from '../ui/toast.tsx';
import type { PromisePlace } from './call-desk.ts';
import type { CallPlace } from './call-outcome.ts';
import { CallTimeField } from './call-time-field.tsx';
import { CallTime } from './call-time-state.ts';
import styles from './promise-call.module.css';

/** What was begun and not promised, by agent and person. */
const begun = new Map<string, { phone: string; note: string }>();

interface PromiseCallDialogProps extends CallPlace {
  agentId: string;
  place: PromisePlace;
  onClose: () => void;
}

/** "I'll call you tomorrow at ten": when, at which number, what about, and who calls. */
export function PromiseCallDialog({ agentId, place, http, board, onClose }: PromiseCallDialogProps) {
  const { contact, conversationId } = place;
  const about = conversationId === undefined ? { contactId: contact.id } : { conversationId };
  const time = useMemo(() => new CallTime({ http, about }), [http, contact.id, conversationId]);
  const known = contact.identities.find(({ kind }) => kind === 'phone')?.value ?? '';
  const key = `${agentId} ${contact.id}`;
  const [words, setWords] = useState(begun.get(key) ?? { phone: contact.isMasked ? '' : known, note: '' });
  const [owner, setOwner] = useState<'me' | 'nobody'>('me');
  const [error, setError] = useState<ErrorReply | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const form = useRef<HTMLFormElement>(null);
  // The same promise again has the same id; another one is another promise.
  const sent = useRef({ id: '', words: '' });
  const write = (change: Partial<typeof words>) => {
    const next = { ...words, ...change };
    setWords(next);
    setError(null);
    begun.set(key, next);
  };

  const submit = async (event: Event) => {
    event.preventDefault();
    const dueAt = isBusy ? null : time.decide(Date.now());
    if (dueAt === null) return;
    const { phone, note } = words;
    const ownerId = owner === 'me' ? agentId : null;
    const promise = { ...about, dueAt, ownerId, ...(phone.trim() && { phone: phone.trim() }), ...(note.trim() && { note }) };
    const said = JSON.stringify(promise);
    if (sent.current.words !== said) sent.current = { id: nanoid(), words: said };
    setIsBusy(true);
    const reply = await http.post<Callback>('/tasks', { ...promise, id: sent.current.id });
    setIsBusy(false);
    if (!reply.ok) return setError(reply.error);
    begun.delete(key);
    board.taskChanged(reply.data);
    showToast({ text: t('calls.promised', { name: contactName(contact), time: formatSoon(reply.data.dueAt, Date.now()) }) });
    onClose();
  };

  const isPhoneWrong = error?.field === 'phone';
  useEffect(() => {
    if (isPhoneWrong) form.current?.querySelector<HTMLElement>('[aria-invalid]')?.focus();
  }, [error]);
  return (
    <Dialog
      title={t('calls.promiseTitle', { name: contactName(contact) })}
      closeLabel={t('action.close')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button look="primary" type="submit" form="promise-call" icon="phone" isBusy={isBusy}>
            {t('calls.promise')}
          </Button>
        </>
      }
    >
      <form ref={form} id="promise-call" class={styles.form} noValidate onSubmit={submit}>
        <CallTimeField time={time} label={t('calls.at.when')} takesFocus />
        <TextField
          label={t('calls.promisePhone')}
          dir="ltr"
          value={words.phone}
          maxLength={40}
          autoComplete="off"
          onInput={(phone) => write({ phone })}
          hint={contact.isMasked && known ? t('calls.promisePhoneHint') : undefined}
          placeholder={contact.isMasked && known ? known : undefined}
          error={isPhoneWrong ? t(words.phone.trim() === '' ? 'calls.promiseNoPhone' : 'contact.invalidPhone') : undefined}
        />
        <TextAreaField label={t('calls.promiseNote')} rows={2} value={words.note} maxLength={1_000} onInput={(note) => write({ note })} />
        <div class={styles.owner}>
          <span aria-hidden="true">{t('calls.promiseOwner')}</span>
          <Segmented
            label={t('calls.promiseOwner')}
            value={owner}
            options={[
              { value: 'me', label: t('calls.promiseMe') },
              { value: 'nobody', label: t('calls.promiseNobody') },
            ]}
            onChoose={setOwner}
          />
        </div>
        {conversationId !== undefined && <p class={styles.told}>{t('calls.promiseTold')}</p>}
        {error && !isPhoneWrong && (
          <p class={styles.error} role="alert">
            {errorText(error)}
          </p>
        )}
      </form>
    </Dialog>
  );
}
