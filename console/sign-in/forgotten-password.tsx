import { useState } from 'preact/hooks';
import type { ErrorReply } from '../../shared/errors.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import styles from './entrance-frame.module.css';
import { EntranceFrame } from './entrance-frame.tsx';

/** Says the same whether there is such an account or not. */
export function ForgottenPassword({ http, email: known, onBack }: { http: Http; email: string; onBack: () => void }) {
  const [email, setEmail] = useState(known);
  const [answer, setAnswer] = useState<string | null>(null);
  const [error, setError] = useState<ErrorReply | null>(null);
  const submit = async (event: Event) => {
    event.preventDefault();
    const reply = await http.post<{ canMail: boolean }>('/password-resets', { email: email.trim() });
    setError(reply.ok ? null : reply.error);
    if (reply.ok) setAnswer(reply.data.canMail ? t('forgotten.sent') : t('forgotten.noMail'));
  };
  return (
    <EntranceFrame title={t('forgotten.title')} text={t('forgotten.text')}>
      {answer ? (
        <p class={styles.notice} role="status">
          {answer}
        </p>
      ) : (
        <form class={styles.form} onSubmit={submit}>
          <TextField
            label={t('signIn.email')}
            type="email"
            autoComplete="username"
            dir="ltr"
            isRequired
            value={email}
            error={error ? (error.field === 'email' ? t('contact.invalidEmail') : errorText(error)) : undefined}
            onInput={setEmail}
          />
          <Button type="submit" look="primary" size="wide">
            {t('forgotten.submit')}
          </Button>
        </form>
      )}
      <Button look="quiet" onClick={onBack}>
        {t('link.toSignIn')}
      </Button>
    </EntranceFrame>
  );
}
