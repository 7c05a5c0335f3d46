import { useEffect, useState } from 'preact/hooks';
import type { TwoFactorStart } from '../../shared/account-link.ts';
import type { ErrorReply } from '../../shared/errors.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { CopyButton } from '../ui/copy-button.tsx';
import { TextField } from '../ui/field.tsx';
import { QrCode } from '../ui/qr-code.tsx';
import styles from '../ui/rows.module.css';
import { RecoveryCodes } from './recovery-codes.tsx';

/** Scan, type the first code, keep the recovery codes. */
export function TwoFactorSetup({ http, onDone }: { http: Http; onDone: () => void }) {
  const [start, setStart] = useState<TwoFactorStart | null>(null);
  const [code, setCode] = useState('');
  const [recoveryCodes, setRecoveryCodes] = useState<readonly string[] | null>(null);
  const [error, setError] = useState<ErrorReply | null>(null);
  useEffect(() => {
    void http.post<TwoFactorStart>('/two-factor', undefined).then((reply) => (reply.ok ? setStart(reply.data) : setError(reply.error)));
  }, [http]);
  const confirm = async (event: Event) => {
    event.preventDefault();
    const reply = await http.post<{ recoveryCodes: string[] }>('/two-factor/confirm', { code });
    setError(reply.ok ? null : reply.error);
    if (reply.ok) setRecoveryCodes(reply.data.recoveryCodes);
  };
  if (recoveryCodes) return <RecoveryCodes codes={recoveryCodes} onKept={onDone} />;
  return (
    <form class={styles.form} onSubmit={confirm}>
      <p>{t('twoFactor.scan')}</p>
      {start && (
        <>
          <QrCode text={start.uri} label={t('twoFactor.qr')} />
          <p class={styles.secretLine}>
            <span>{t('twoFactor.secret')}</span>
            <code dir="ltr">{start.secret.replace(/.{4}(?=.)/g, '$& ')}</code>
            <CopyButton text={start.secret} label={t('action.copy')} copiedLabel={t('action.copied')} />
          </p>
        </>
      )}
      <TextField
        label={t('twoFactor.code')}
        dir="ltr"
        autoComplete="one-time-code"
        isRequired
        maxLength={20}
        value={code}
        error={error?.field === 'code' ? t('twoFactor.wrong') : undefined}
        onInput={setCode}
      />
      {error && error.field !== 'code' && (
        <p class={styles.error} role="alert">
          {errorText(error)}
        </p>
      )}
      <div>
        <Button type="submit" look="primary">
          {t('twoFactor.confirm')}
        </Button>
      </div>
    </form>
  );
}
