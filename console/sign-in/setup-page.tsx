import { useState } from 'preact/hooks';
import type { SetupRequest } from '../../shared/agent.ts';
import type { ErrorReply } from '../../shared/errors.ts';
import type { SessionState } from '../session-state.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { TextField } from '../ui/field.tsx';
import { Icon } from '../ui/icon.tsx';
import { NewPasswordField } from '../ui/new-password-field.tsx';
import styles from './entrance-frame.module.css';
import { EntranceFrame } from './entrance-frame.tsx';

/** Opened by the link that the first start prints: makes the first administrator, once. */
export function SetupPage({ session, code }: { session: SessionState; code: string }) {
  const [fields, setFields] = useState<SetupRequest>({ code, business: '', name: '', email: '', password: '' });
  const [error, setError] = useState<ErrorReply | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const set = (key: keyof SetupRequest) => (value: string) => setFields((held) => ({ ...held, [key]: value }));

  const submit = async (event: Event) => {
    event.preventDefault();
    setIsBusy(true);
    setError(null);
    const reply = await session.setUp(fields);
    setIsBusy(false);
    if (!reply.ok) setError(reply.error);
  };
  const errorOf = (key: keyof SetupRequest) => (error?.field === key ? t(fieldTexts[key]) : undefined);
  const hasOwnPlace = error?.field !== undefined && error.field in fieldTexts && error.field !== 'code';

  return (
    <EntranceFrame title={t('setup.title')} text={t('setup.text')}>
      <form class={styles.form} onSubmit={submit}>
        {!code && (
          <TextField
            label={t('setup.code')}
            hint={t('setup.codeHint')}
            dir="ltr"
            autoComplete="off"
            isRequired
            value={fields.code}
            onInput={set('code')}
          />
        )}
        <TextField
          label={t('setup.business')}
          hint={t('setup.businessHint')}
          autoComplete="organization"
          maxLength={120}
          isRequired
          value={fields.business}
          error={errorOf('business')}
          onInput={set('business')}
        />
        <TextField
          label={t('setup.name')}
          autoComplete="name"
          maxLength={120}
          isRequired
          value={fields.name}
          error={errorOf('name')}
          onInput={set('name')}
        />
        <TextField
          label={t('signIn.email')}
          type="email"
          autoComplete="username"
          dir="ltr"
          isRequired
          value={fields.email}
          error={errorOf('email')}
          onInput={set('email')}
        />
        <NewPasswordField
          label={t('signIn.password')}
          hint={t('password.hint')}
          value={fields.password}
          error={errorOf('password')}
          onInput={set('password')}
        />
        {error && !hasOwnPlace && (
          <p class={styles.problem} role="alert">
            <Icon name="circle-alert" size="small" />
            {refusalText(error)}
          </p>
        )}
        <Button type="submit" look="primary" size="wide" isBusy={isBusy}>
          {t('setup.submit')}
        </Button>
      </form>
    </EntranceFrame>
  );
}

const fieldTexts = {
  code: 'setup.wrongCode',
  business: 'field.nameInvalid',
  name: 'field.nameInvalid',
  email: 'contact.invalidEmail',
  password: 'password.hint',
} as const;

function refusalText(error: ErrorReply): string {
  if (error.code === 'forbidden' || error.field === 'code') return t('setup.wrongCode');
  return error.code === 'conflict' || error.code === 'not-found' ? t('setup.done') : errorText(error);
}
