import { useRef, useState } from 'preact/hooks';
import { looksLikeEmail } from '../email-shape.ts';
import type { AsideProps } from './aside-props.ts';
import { FormActions, FormDone, useFirstFocus, useFormStyle } from './page-form.tsx';
import { useSpeech } from './speech.ts';

/** Where to send the conversation. */
export function TranscriptForm({ chat, onBack }: AsideProps) {
  const { t } = useSpeech();
  const form = useRef<HTMLFormElement>(null);
  useFormStyle(form);
  useFirstFocus(form);
  const [email, setEmail] = useState(chat.unsentDetails.value?.email ?? chat.visitor.value?.email ?? '');
  const [wrong, setWrong] = useState<'invalidEmail' | 'transcriptTooMany' | 'couldNot' | null>(null);
  const [isSent, setSent] = useState(false);
  const [isBusy, setBusy] = useState(false);

  const send = async (event: Event) => {
    event.preventDefault();
    if (isBusy) return;
    if (!looksLikeEmail(email.trim())) return setWrong('invalidEmail');
    setBusy(true);
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    const reply = await chat.ask('transcript:send', { conversationId: chat.conversation.value?.id, email: email.trim(), timeZone });
    setBusy(false);
    if (reply.ok) setSent(true);
    else setWrong(reply.error.field === 'email' ? 'invalidEmail' : reply.error.code === 'too-many' ? 'transcriptTooMany' : 'couldNot');
  };

  if (isSent) {
    return <FormDone title={t('transcript')} text={t('transcriptSent', { email: email.trim() })} onBack={onBack} />;
  }
  return (
    <form ref={form} class="page" noValidate onSubmit={send}>
      <h3>{t('transcript')}</h3>
      <label for="kesher-transcript-email">{t('email')}</label>
      <input
        id="kesher-transcript-email"
        type="email"
        autoComplete="email"
        dir="ltr"
        maxLength={254}
        value={email}
        aria-invalid={wrong === 'invalidEmail'}
        aria-describedby={wrong === null ? undefined : 'kesher-transcript-wrong'}
        onInput={(event) => {
          setWrong(null);
          setEmail(event.currentTarget.value);
        }}
      />
      {wrong !== null && (
        <p id="kesher-transcript-wrong" class="field-error" role="alert">
          {t(wrong)}
        </p>
      )}
      <FormActions submitLabel={t('send')} isBusy={isBusy} onCancel={onBack} />
    </form>
  );
}
