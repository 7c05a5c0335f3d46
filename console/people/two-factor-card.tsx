import { useState } from 'preact/hooks';
import type { ErrorReply } from '../../shared/errors.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { TextField } from '../ui/field.tsx';
import styles from '../ui/rows.module.css';
import { RecoveryCodes } from './recovery-codes.tsx';
import { TwoFactorSetup } from './two-factor-setup.tsx';

interface TwoFactorCardProps {
  http: Http;
  hasTwoFactor: boolean;
  onChanged: () => void;
}

export function TwoFactorCard({ http, hasTwoFactor, onChanged }: TwoFactorCardProps) {
  const [isSettingUp, setIsSettingUp] = useState(false);
  const [asking, setAsking] = useState<'end' | 'recovery-codes' | null>(null);
  const [password, setPassword] = useState('');
  const [codes, setCodes] = useState<readonly string[] | null>(null);
  const [error, setError] = useState<ErrorReply | null>(null);
  const prove = async (event: Event) => {
    event.preventDefault();
    const reply = await http.post<{ recoveryCodes: string[] } | undefined>(`/two-factor/${asking}`, { password });
    setError(reply.ok ? null : reply.error);
    if (!reply.ok) return;
    setPassword('');
    setAsking(null);
    if (reply.data) setCodes(reply.data.recoveryCodes);
    else onChanged();
  };
  const done = () => {
    setIsSettingUp(false);
    setCodes(null);
    onChanged();
  };
  return (
    <Card
      title={t('twoFactor.title')}
      text={t('twoFactor.hint')}
      action={hasTwoFactor ? <Badge tone="green">{t('twoFactor.on')}</Badge> : <Badge>{t('twoFactor.off')}</Badge>}
    >
      {isSettingUp && <TwoFactorSetup http={http} onDone={done} />}
      {codes && <RecoveryCodes codes={codes} onKept={done} />}
      {!isSettingUp && !hasTwoFactor && (
        <div>
          <Button icon="shield-check" onClick={() => setIsSettingUp(true)}>
            {t('twoFactor.start')}
          </Button>
        </div>
      )}
      {!isSettingUp && hasTwoFactor && !codes && !asking && (
        <div class={styles.actions}>
          <Button onClick={() => setAsking('recovery-codes')}>{t('twoFactor.renew')}</Button>
          <Button look="danger" onClick={() => setAsking('end')}>
            {t('twoFactor.end')}
          </Button>
        </div>
      )}
      {asking && (
        <form class={styles.form} onSubmit={prove}>
          <TextField
            label={t('password.current')}
            hint={t('twoFactor.prove')}
            type="password"
            dir="ltr"
            autoComplete="current-password"
            isRequired
            value={password}
            error={error ? (error.field === 'password' ? t('password.wrong') : errorText(error)) : undefined}
            onInput={setPassword}
          />
          <div class={styles.actions}>
            <Button onClick={() => setAsking(null)}>{t('action.cancel')}</Button>
            <Button type="submit" look={asking === 'end' ? 'danger' : 'primary'}>
              {t(asking === 'end' ? 'twoFactor.end' : 'twoFactor.renew')}
            </Button>
          </div>
        </form>
      )}
    </Card>
  );
}
