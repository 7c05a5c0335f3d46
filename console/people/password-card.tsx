import { useState } from 'preact/hooks';
import type { ErrorReply } from '../../shared/errors.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { TextField } from '../ui/field.tsx';
import { NewPasswordField } from '../ui/new-password-field.tsx';
import styles from '../ui/rows.module.css';
import { showToast } from '../ui/toast.tsx';

const empty = { current: '', password: '' };

export function PasswordCard({ http, onChanged }: { http: Http; onChanged: () => void }) {
  const [fields, setFields] = useState(empty);
  const [error, setError] = useState<ErrorReply | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const save = async (event: Event) => {
    event.preventDefault();
    setIsBusy(true);
    const reply = await http.post('/password', fields);
    setIsBusy(false);
    setError(reply.ok ? null : reply.error);
    if (!reply.ok) return;
    setFields(empty);
    showToast({ text: t('password.changed') });
    onChanged();
  };
  return (
    <Card title={t('password.title')} text={t('password.changeHint')}>
      <form class={styles.form} onSubmit={save}>
        <TextField
          label={t('password.current')}
          type="password"
          dir="ltr"
          autoComplete="current-password"
          isRequired
          value={fields.current}
          error={error?.field === 'current' ? t('password.wrong') : undefined}
          onInput={(current) => setFields((held) => ({ ...held, current }))}
        />
        <NewPasswordField
          label={t('password.new')}
          hint={t('password.hint')}
          value={fields.password}
          onInput={(password) => setFields((held) => ({ ...held, password }))}
        />
        {error && error.field !== 'current' && (
          <p class={styles.error} role="alert">
            {errorText(error)}
          </p>
        )}
        <div>
          <Button type="submit" isBusy={isBusy}>
            {t('password.change')}
          </Button>
        </div>
      </form>
    </Card>
  );
}
