import { useState } from 'preact/hooks';
import type { Business } from '../../shared/business.ts';
import type { ErrorReply } from '../../shared/errors.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { TextField } from '../ui/field.tsx';
import styles from '../ui/rows.module.css';
import { showToast } from '../ui/toast.tsx';

/** The business as visitors and agents read it. */
export function BusinessSettings({ http, name: known, onChanged }: { http: Http; name: string; onChanged: (name: string) => void }) {
  const [name, setName] = useState(known);
  const [error, setError] = useState<ErrorReply | null>(null);
  const save = async (event: Event) => {
    event.preventDefault();
    const reply = await http.patch<Business>('/business', { name });
    setError(reply.ok ? null : reply.error);
    if (!reply.ok) return;
    onChanged(reply.data.name);
    showToast({ text: t('business.saved') });
  };
  return (
    <Card title={t('settings.business')} text={t('business.hint')}>
      <form class={styles.form} onSubmit={save}>
        <TextField
          label={t('setup.business')}
          isRequired
          maxLength={120}
          autoComplete="organization"
          value={name}
          error={error ? (error.field === 'name' ? t('field.nameInvalid') : errorText(error)) : undefined}
          onInput={setName}
        />
        <div>
          <Button type="submit" look="primary">
            {t('action.save')}
          </Button>
        </div>
      </form>
    </Card>
  );
}
