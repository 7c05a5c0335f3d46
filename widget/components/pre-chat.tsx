import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { PreChat as Demands } from '../../shared/inbox.ts';
import type { Language } from '../../shared/language.ts';
import type { Chat } from '../chat-state.ts';
import { type AskedField, fieldsToAsk, mistakeIn, toDetails } from '../pre-chat-fields.ts';
import { MessageText } from './message-text.tsx';
import { PreChatField } from './pre-chat-field.tsx';
import { useSpeech } from './speech.ts';
import { useLazy } from './use-lazy.ts';
import { useValue } from './use-value.ts';

/** The world's dial codes come only where a phone is asked for. */
const loadPhones = () => import('./phone-field.tsx');

interface PreChatProps {
  chat: Chat;
  preChat: Demands;
  /** In which administrators' words are shown, the best first. */
  languages: readonly Language[];
}

/**
 * Stands before the first message of a visitor of whom the inbox wants to know something: shows the message, asks for what
 * is not known, and lets both go. Where nothing is missing it is never seen.
 */
export function PreChat({ chat, preChat, languages }: PreChatProps) {
  const { t } = useSpeech();
  const form = useRef<HTMLFormElement>(null);
  const held = useValue(chat.held);
  const visitor = useValue(chat.visitor);
  const unsent = useValue(chat.unsentDetails);
  const refusal = useValue(chat.detailsRefusal);
  const [checked, setChecked] = useState<readonly string[]>([]);
  const [corrected, setCorrected] = useState<readonly string[]>([]);
  const { text = '', values = {}, asked = [] } = held;

  // A form in which somebody writes already does not change under the hands.
  const shown = useRef<readonly AskedField[] | null>(null);
  if (!shown.current || Object.keys(values).length === 0) {
    shown.current = fieldsToAsk(preChat, { visitor, unsent, asked }, languages);
  }
  const fields = shown.current;
  const isComplete = fields.length === 0;
  const hasPhone = fields.some(({ kind }) => kind === 'phone');
  const phones = useLazy(hasPhone, loadPhones);
  const phoneRules = phones?.phoneRules ?? null;

  const letGo = () => {
    const said = fields.map((field) => (field.kind === 'consent' ? { ...field, label: field.label || t('agree') } : field));
    const details = toDetails(said, values, phoneRules);
    const hasDetails = Object.keys(details).length > 0;
    const nowAsked = [...new Set([...asked, ...fields.map(({ key }) => key)])];
    chat.saveDetails(details);
    const { questionId, invitationId } = held;
    const isTaken = chat.send(text, {
      ...(questionId && { questionId }),
      ...(invitationId && { invitationId }),
      ...(hasDetails && { isAfterDetails: true }),
    });
    if (!isTaken) chat.write(text);
    chat.hold(hasDetails && isTaken ? { ...held, asked: nowAsked, isSent: true } : { asked: nowAsked });
  };
  useLayoutEffect(() => {
    if (isComplete && held.text !== undefined) letGo();
  }, [isComplete, held.text]);
  useEffect(() => {
    // A form that stands as it stood on the page before takes no focus from that page.
    if (navigator.userActivation?.hasBeenActive === false) return;
    // After the panel has set the focus where a view begins.
    requestAnimationFrame(() => {
      const find = (selector: string) => form.current?.querySelector<HTMLElement>(selector);
      (find('[aria-invalid=true]') ?? find('.asked input, .asked select'))?.focus();
    });
  }, [phones]);
  if (isComplete || (hasPhone && !phones)) return null;

  const refusedField = refusal && !corrected.includes(refusal.field ?? '') ? (refusal.field ?? '') : null;
  const mistakeOf = (field: AskedField) => {
    const mistake = checked.includes(field.key) ? mistakeIn(field, values, phoneRules) : null;
    if (mistake || refusedField !== field.key) return mistake;
    return field.kind === 'phone' ? 'invalidPhone' : field.kind === 'email' ? 'invalidEmail' : 'detailsRefused';
  };
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    setChecked(fields.map(({ key }) => key));
    const wrong = fields.findIndex((field) => mistakeIn(field, values, phoneRules) !== null);
    if (wrong < 0) letGo();
    else form.current?.querySelector<HTMLElement>(`#kesher-asked-${wrong}`)?.focus();
  };

  return (
    <form ref={form} class="page asking" noValidate onSubmit={submit}>
      <h3>{t('beforeChat')}</h3>
      <p class="your-message">{t('yourMessage')}</p>
      <p class="waiting" dir="auto">
        <MessageText text={text} />
      </p>
      {refusedField !== null && !fields.some(({ key }) => key === refusedField) && (
        <p class="mistake" role="alert">
          {t('detailsRefused')}
        </p>
      )}
      {fields.map((field, index) => (
        <PreChatField
          key={field.key}
          field={field}
          id={`kesher-asked-${index}`}
          values={values}
          mistake={mistakeOf(field)}
          PhoneField={phones?.PhoneField}
          onInput={(said) => {
            setCorrected([...corrected, field.key]);
            chat.hold({ ...held, values: { ...values, ...said } });
          }}
          onLeave={() => setChecked([...checked, field.key])}
        />
      ))}
      <button type="submit" class="go">
        {t('sendMessage')}
      </button>
    </form>
  );
}
