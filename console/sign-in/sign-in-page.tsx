import { useState } from 'preact/hooks';
import type { SessionState } from '../session-state.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { Icon } from '../ui/icon.tsx';
import styles from './entrance-frame.module.css';
import { EntranceFrame } from './entrance-frame.tsx';

export function SignInPage({ session }: { session: SessionState }) {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);

  const submit = async (event: Event) => {
    event.preventDefault();
    setIsBusy(true);
    setProblem(null);
    const reply = await session.signIn({ email: email.trim(), password });
    setIsBusy(false);
    if (reply.ok) return;
    const { code } = reply.error;
    setProblem(
      code === 'unauthenticated' || code === 'invalid'
        ? t('signIn.wrong')
        : code === 'too-many'
          ? t('signIn.tooMany')
          : errorText(reply.error),
    );
  };

  return (
    <EntranceFrame title={t('signIn.title')} text={t('signIn.text')}>
      <form class={styles.form} onSubmit={submit}>
        {session.wasEnded.value && !problem && (
          <p class={styles.notice} role="status">
            <Icon name="lock" size="small" />
            {t('signIn.ended')}
          </p>
        )}
        <TextField
          label={t('signIn.email')}
          type="email"
          name="email"
          autoComplete="username"
          dir="ltr"
          isRequired
          value={email}
          onInput={setEmail}
        />
        <TextField
          label={t('signIn.password')}
          type="password"
          name="password"
          autoComplete="current-password"
          dir="ltr"
          isRequired
          value={password}
          onInput={setPassword}
        />
        {problem && (
          <p class={styles.problem} role="alert">
            <Icon name="circle-alert" size="small" />
            {problem}
          </p>
        )}
        <Button type="submit" look="primary" size="wide" isBusy={isBusy}>
          {t('signIn.submit')}
        </Button>
      </form>
    </EntranceFrame>
  );
}
