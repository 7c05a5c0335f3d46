import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import type { ErrorReply } from '../../shared/errors.ts';
import type { TicketFile } from '../../shared/ticket.ts';
import type { Http } from '../http.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import rows from '../ui/rows.module.css';
import { showToast } from '../ui/toast.tsx';
import { ticketName, ticketProblem } from './ticket-words.ts';

/** For what should never have been a ticket: nothing brings it back, so it is asked for by name, with what goes along. */
export function DeleteTicket({ http, file }: { http: Http; file: TicketFile }) {
  const { route } = useLocation();
  const [isOpen, setIsOpen] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  const [error, setError] = useState<ErrorReply | null>(null);
  const { id, number, children } = file;
  const close = () => {
    setIsOpen(false);
    setError(null);
  };
  const remove = async () => {
    if (isBusy) return;
    setIsBusy(true);
    const reply = await http.delete(`/tickets/${id}`);
    setIsBusy(false);
    // A colleague was quicker: it is gone all the same.
    if (!reply.ok && reply.error.code !== 'not-found') return setError(reply.error);
    showToast({ text: t('tickets.deleted', { number }) });
    route('/console/tickets', true);
  };
  return (
    <div>
      <Button look="danger" size="small" icon="trash-2" onClick={() => setIsOpen(true)}>
        {t('tickets.delete')}
      </Button>
      {isOpen && (
        <Dialog
          title={t('tickets.deleteTitle', { number })}
          closeLabel={t('action.close')}
          onClose={close}
          actions={
            <>
              <Button onClick={close}>{t('action.cancel')}</Button>
              <Button look="danger" isBusy={isBusy} onClick={() => void remove()}>
                {t('tickets.delete')}
              </Button>
            </>
          }
        >
          <p>
            <bdi>{ticketName(file)}</bdi>
          </p>
          <p>{t('tickets.deleteText')}</p>
          {children.length > 0 && <p>{t('tickets.deleteChildren', { count: children.length })}</p>}
          {error && (
            <p class={rows.error} role="alert">
              {ticketProblem(error)}
            </p>
          )}
        </Dialog>
      )}
    </div>
  );
}
