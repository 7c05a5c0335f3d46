import { useRef, useState } from 'preact/hooks';
import type { AsideProps } from './aside-props.ts';
import { useSpeech } from './speech.ts';
import css from './transcript-form.css?inline';
import { useStyle } from './use-style.ts';

/** Where to send the conversation. */
export function TranscriptForm({ chat, onBack }: AsideProps) {
  const { t } = useSpeech();
  const form = useRef<HTMLFormElement>(null);
  useStyle(form, css);
  const [email, setEmail] = useState(chat.unsentDetails.value?.email ?? chat.visitor.value?.email ?? '');
  const [wrong, setWrong] = useState<'invalidEmail' | 'transcriptTooMany' | 'couldNot' | null>(null);
  const [isSent, setSent] = useState(false);
  const [isBusy, setBusy] = useState(false);

  const send = async (event: Event) => {
    event.preventDefault();
    if (isBusy) return;
    if (!/^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/.test(email.trim())) return setWrong('invalidEmail');
    setBusy(true);
    const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
    const reply = await chat.ask('transcript:send', { conversationId: chat.conversation.value?.id, email: email.trim(), timeZone });
    setBusy(false);
    if (reply.ok) setSent(true);
    else setWrong(reply.error.field === 'email' ? 'invalidEmail' : reply.error.code === 'too-many' ? 'transcriptTooMany' : 'couldNot');
  };

  if (isSent) {
    return (
      <form ref={form} class="page" onSubmit={onBack}>
        <h3>{t('transcript')}</h3>
        <p role="status">{t('transcriptSent', { email: email.trim() })}</p>
        <div class="actions">
          <button type="submit" class="primary">
            {t('backToChat')}
          </button>
        </div>
      </form>
    );
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
      <div class="actions">
        <button type="submit" class="primary" aria-busy={isBusy || undefined}>
          {t('send')}
        </button>
        <button type="button" class="secondary" onClick={onBack}>
          {t('cancel')}
        </button>
      </div>
    </form>
  );
}
