import { useState } from 'preact/hooks';
import type { Company } from '../../shared/company.ts';
import type { ErrorReply } from '../../shared/errors.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import rows from '../ui/rows.module.css';

/** Its people stay; how many there are is said first. */
export function DeleteCompany({ http, company, onDeleted }: { http: Http; company: Company; onDeleted: () => void }) {
  const [isOpen, setIsOpen] = useState(false);
  const [error, setError] = useState<ErrorReply | null>(null);
  const close = () => {
    setIsOpen(false);
    setError(null);
  };
  const remove = async () => {
    const reply = await http.delete(`/companies/${company.id}?detach=1`);
    if (reply.ok) onDeleted();
    else setError(reply.error);
  };
  return (
    <div>
      <Button look="danger" size="small" icon="trash-2" onClick={() => setIsOpen(true)}>
        {t('company.delete')}
      </Button>
      {isOpen && (
        <Dialog
          title={`${t('company.delete')}: ${company.name}`}
          closeLabel={t('action.close')}
          onClose={close}
          actions={
            <>
              <Button onClick={close}>{t('action.cancel')}</Button>
              <Button look="danger" onClick={() => void remove()}>
                {t('company.delete')}
              </Button>
            </>
          }
        >
          <p>{t('company.deleteText', { count: company.peopleCount })}</p>
          {error && (
            <p class={rows.error} role="alert">
              {errorText(error)}
            </p>
          )}
        </Dialog>
      )}
    </div>
  );
}
