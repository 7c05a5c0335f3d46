import { useEffect, useRef, useState } from 'preact/hooks';
import {
  ACTIVITY_TEXT_MAX,
  ACTIVITY_TITLE_MAX,
  type Activity,
  type LoggedKind,
  loggedKinds,
  type MailWays,
} from '../../shared/activity.ts';
import type { Contact } from '../../shared/contact.ts';
import type { ErrorReply, Reply } from '../../shared/errors.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { SelectField, TextAreaField, TextField } from '../ui/field.tsx';
import { Icon } from '../ui/icon.tsx';
import { useRemote } from '../ui/use-remote.ts';
import styles from './activity-composer.module.css';
import { type ActivityDraft, type DraftFault, emptyDraft, keepDraft, readDraft, toContent } from './activity-draft.ts';
import { ActivityFields } from './activity-fields.tsx';
import { kindIcons } from './item-words.ts';

interface ActivityComposerProps {
  http: Http;
  contact: Contact;
  agentId: string;
  /** Only notes, where there is little room. */
  isShort: boolean;
  /** The mail that is to be answered; another object for each wish. */
  answering: { to: string; subject: string; answersId: string } | null;
  onAdded: (activity: Activity) => void;
}

/** Where something is written into the timeline. What is typed survives a reload, and stays where it is refused. */
export function ActivityComposer({ http, contact, agentId, isShort, answering, onAdded }: ActivityComposerProps) {
  const whose = { agentId, contactId: contact.id };
  const [draft, setDraft] = useState<ActivityDraft>(() => readDraft(localStorage, agentId, contact.id) ?? emptyDraft());
  const [fault, setFault] = useState<DraftFault | null>(null);
  const [error, setError] = useState<ErrorReply | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const formRef = useRef<HTMLFormElement>(null);
  const { value: ways } = useRemote(() => http.get<MailWays>('/mail-ways'), [http]);
  const addresses = contact.isMasked ? [] : contact.identities.filter(({ kind }) => kind === 'email').map(({ value }) => value);
  const maySend = ways?.canSend === true && addresses.length > 0;
  const kind = isShort ? 'note' : draft.kind;
  const to = maySend && kind === 'email' && draft.to !== null && addresses.includes(draft.to) ? draft.to : null;

  const change = (part: Partial<ActivityDraft>) => {
    const changed = { ...draft, ...part };
    setFault(null);
    setError(null);
    setDraft(changed);
    keepDraft(localStorage, whose, changed);
  };
  useEffect(() => {
    if (!answering) return;
    change({ kind: 'email', to: answering.to, answersId: answering.answersId, ...(draft.title === '' && { title: answering.subject }) });
    requestAnimationFrame(() => {
      formRef.current?.scrollIntoView({ block: 'center' });
      formRef.current?.querySelector('textarea')?.focus();
    });
  }, [answering]);

  const choose = (chosen: LoggedKind) =>
    change({ kind: chosen, to: chosen === 'email' && maySend ? (addresses[0] ?? null) : null, answersId: null });

  const submit = async (event: Event) => {
    event.preventDefault();
    if (isBusy) return;
    const made = toContent({ ...draft, kind });
    if ('fault' in made) return setFault(made.fault);
    if (to !== null && (draft.text.trim() === '' || draft.title.trim() === '')) return setFault('text');
    setIsBusy(true);
    const path = `/contacts/${contact.id}`;
    const answers = draft.answersId === null ? {} : { answersId: draft.answersId };
    const reply: Reply<Activity> =
      to === null
        ? await http.post(`${path}/activities`, { id: draft.id, kind, ...made.content })
        : await http.post(`${path}/mails`, { id: draft.id, to, subject: draft.title.trim(), text: draft.text, ...answers });
    setIsBusy(false);
    if (!reply.ok) return setError(reply.error);
    const next = emptyDraft(kind);
    setDraft({ ...next, to: kind === 'email' ? to : null });
    keepDraft(localStorage, whose, null);
    onAdded(reply.data);
  };

  return (
    <form ref={formRef} class={styles.form} data-composer aria-label={t('timeline.new')} onSubmit={(event) => void submit(event)}>
      {!isShort && <KindChoice kind={kind} onChoose={choose} />}
      {kind === 'email' && (
        <MailWay ways={ways} addresses={addresses} to={to} onChange={(address) => change({ to: address, answersId: null })} />
      )}
      {to === null ? (
        <ActivityFields key={draft.id} draft={{ ...draft, kind }} fault={fault} onChange={change} />
      ) : (
        <>
          <TextField
            label={t('timeline.subject')}
            value={draft.title}
            maxLength={ACTIVITY_TITLE_MAX}
            error={fault === 'text' && draft.title.trim() === '' ? t('timeline.missing') : undefined}
            onInput={(title) => change({ title })}
          />
          <TextAreaField
            label={t('timeline.text.email')}
            value={draft.text}
            rows={7}
            maxLength={ACTIVITY_TEXT_MAX}
            error={fault === 'text' && draft.text.trim() === '' ? t('timeline.missing') : undefined}
            hint={ways?.takesAnswers ? t('timeline.takesAnswers') : undefined}
            onInput={(text) => change({ text })}
          />
        </>
      )}
      <div class={styles.foot}>
        {kind === 'note' && <span class={styles.quiet}>{t('timeline.onlyColleagues')}</span>}
        {error && (
          <span class={styles.error} role="alert">
            <Icon name="circle-alert" size="small" />
            {errorText(error)}
          </span>
        )}
        <Button type="submit" look="primary" isBusy={isBusy} {...(to !== null && { icon: 'send-horizontal' as const })}>
          {to === null ? t('timeline.save') : t('timeline.send')}
        </Button>
      </div>
    </form>
  );
}

function KindChoice({ kind, onChoose }: { kind: LoggedKind; onChoose: (kind: LoggedKind) => void }) {
  return (
    <fieldset class={styles.kinds}>
      <legend class="visually-hidden">{t('timeline.new')}</legend>
      {loggedKinds.map((one) => (
        <label key={one} class={styles.kind}>
          <input class={styles.radio} type="radio" name="timeline-kind" value={one} checked={one === kind} onChange={() => onChoose(one)} />
          <span class={styles.face}>
            <Icon name={kindIcons[one]} size="small" />
            {t(`timeline.new.${one}`)}
          </span>
        </label>
      ))}
    </fieldset>
  );
}

interface MailWayProps {
  ways: MailWays | null;
  addresses: readonly string[];
  to: string | null;
  onChange: (to: string | null) => void;
}

/** To which address, or that it is only written down; where nothing can be sent, why. */
function MailWay({ ways, addresses, to, onChange }: MailWayProps) {
  if (!ways) return null;
  if (!ways.canSend) return <p class={styles.quiet}>{t('timeline.cannotSend')}</p>;
  if (addresses.length === 0) return <p class={styles.quiet}>{t('timeline.noAddress')}</p>;
  return (
    <SelectField
      label={t('timeline.goesTo')}
      value={to ?? ''}
      options={[...addresses.map((value) => ({ value, label: value })), { value: '', label: t('timeline.logMail') }]}
      onChoose={(value) => onChange(value === '' ? null : value)}
    />
  );
}
