import { useState } from 'preact/hooks';
import type { Company } from '../../shared/company.ts';
import type { ErrorReply } from '../../shared/errors.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { TextField } from '../ui/field.tsx';
import rows from '../ui/rows.module.css';

interface NewCompanyDialogProps {
  http: Http;
  /** Made once, so that a second try after a lost answer finds the first company. */
  id: string;
  name: string;
  onMade: (company: Company) => void;
  onClose: () => void;
}

/** A name is enough to begin with; the rest is written on its page. */
export function NewCompanyDialog({ http, id, name: begun, onMade, onClose }: NewCompanyDialogProps) {
  const [name, setName] = useState(begun);
  const [domain, setDomain] = useState('');
  const [error, setError] = useState<ErrorReply | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const save = async (event: Event) => {
    event.preventDefault();
    if (isBusy) return;
    setIsBusy(true);
    const reply = await http.post<Company>('/companies', { id, name, ...(domain.trim() && { domain: domain.trim() }) });
    setIsBusy(false);
    setError(reply.ok ? null : reply.error);
    if (reply.ok) onMade(reply.data);
  };
  return (
    <Dialog
      title={t('company.add')}
      closeLabel={t('action.close')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button type="submit" form="company" look="primary" isBusy={isBusy}>
            {t('action.save')}
          </Button>
        </>
      }
    >
      <form id="company" class={rows.form} onSubmit={save}>
        <TextField
          label={t('fields.name')}
          isRequired
          maxLength={120}
          autoComplete="off"
          value={name}
          error={error?.field === 'name' ? t('contact.invalidName') : undefined}
          onInput={setName}
        />
        <TextField
          label={t('company.domain')}
          placeholder="example.com"
          dir="ltr"
          maxLength={253}
          autoComplete="off"
          value={domain}
          error={error?.field === 'domain' ? t('company.invalidDomain') : undefined}
          onInput={setDomain}
        />
        {error && error.field === undefined && (
          <p class={rows.error} role="alert">
            {errorText(error)}
          </p>
        )}
      </form>
    </Dialog>
  );
}
