import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Http } from '../http.ts';
import type { SessionState } from '../session-state.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { Icon } from '../ui/icon.tsx';
import styles from './entrance-frame.module.css';
import { EntranceFrame } from './entrance-frame.tsx';
import { ForgottenPassword } from './forgotten-password.tsx';

export function SignInPage({ http, session }: { http: Http; session: SessionState }) {
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  /** Null until the server asks for it: the account has a second factor. */
  const [secondCode, setSecondCode] = useState<string | null>(null);
  const [isForgotten, setIsForgotten] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setIsBusy] = useState(false);

  const submit = async (event: Event) => {
    event.preventDefault();
    setIsBusy(true);
    setProblem(null);
    const reply = await session.signIn({ email: email.trim(), password, ...(secondCode !== null && { code: secondCode }) });
    setIsBusy(false);
    if (reply.ok) return;
    const { code, field } = reply.error;
    if (field === 'code') {
      setProblem(secondCode === null ? null : t('twoFactor.wrong'));
      return setSecondCode('');
    }
    setProblem(
      code === 'unauthenticated' || code === 'invalid'
        ? t('signIn.wrong')
        : code === 'too-many'
          ? t('signIn.tooMany')
          : errorText(reply.error),
    );
  };

  if (isForgotten) return <ForgottenPassword http={http} email={email} onBack={() => setIsForgotten(false)} />;
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
        {secondCode !== null && <SecondCode value={secondCode} onInput={setSecondCode} />}
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
      <Button look="quiet" onClick={() => setIsForgotten(true)}>
        {t('forgotten.link')}
      </Button>
    </EntranceFrame>
  );
}

/** Appears when it is asked for, with the focus in it. */
function SecondCode({ value, onInput }: { value: string; onInput: (code: string) => void }) {
  const ref = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => ref.current?.querySelector('input')?.focus(), []);
  return (
    <div ref={ref}>
      <TextField
        label={t('twoFactor.code')}
        hint={t('twoFactor.codeHint')}
        autoComplete="one-time-code"
        dir="ltr"
        isRequired
        maxLength={20}
        value={value}
        onInput={onInput}
      />
    </div>
  );
}
