import { useState } from 'preact/hooks';
import type { ErrorReply } from '../../shared/errors.ts';
import type { TicketFile } from '../../shared/ticket.ts';
import { isTicketOver, type TicketStatus } from '../../shared/ticket-moves.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { CheckField } from '../ui/check-field.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { SelectField, TextAreaField } from '../ui/field.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { useChoices } from './choice-shelf.ts';
import type { TicketDesk } from './ticket-desk.ts';
import styles from './ticket-form.module.css';
import { ticketProblem } from './ticket-words.ts';
import { useBegun } from './use-begun.ts';
import type { TicketAtHand } from './use-ticket.ts';

interface MoveDialogProps {
  desk: TicketDesk;
  file: TicketFile;
  /** Null: the status stays, and the customer is written to. */
  to: TicketStatus | null;
  change: TicketAtHand['change'];
  onClose: () => void;
  onMoved: () => void;
}

/** A ticket that ends: why, what becomes of those under it, and what its customer is told. */
export function MoveDialog({ desk, file, to, change, onClose, onMoved }: MoveDialogProps) {
  const { categories, reasons } = useChoices(desk.http);
  const key = `update ${file.id}`;
  const [update, write, forget] = useBegun(key);
  const [reasonId, setReasonId] = useState(file.reasonId ?? '');
  const [children, setChildren] = useState<'keep' | 'follow'>('follow');
  const tellsByItself = categories.find(({ id }) => id === file.categoryId)?.tellsCustomer ?? false;
  const [told, setTold] = useState<boolean | null>(null);
  const [error, setError] = useState<ErrorReply | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const isEnd = to !== null && isTicketOver(to);
  const open = file.children.filter(({ status }) => !isTicketOver(status));
  const choosable = reasons.filter(({ id, archivedAt }) => archivedAt === null || id === file.reasonId);
  const mayTell = !file.isHidden && file.contact !== null;
  const tells = told ?? (tellsByItself || update.trim() !== '');

  const submit = async (event: Event) => {
    event.preventDefault();
    if (isBusy || (to === null && update.trim() === '')) return;
    if (to === 'closed' && reasonId === '' && choosable.length > 0) return setError({ code: 'invalid', field: 'reasonId', message: '' });
    setIsBusy(true);
    const reply = await change({
      ...(to && { status: to }),
      ...(isEnd && { reasonId: reasonId || null }),
      ...(isEnd && open.length > 0 && { children }),
      ...(mayTell && { tell: to === null ? true : tells }),
      ...(mayTell && update.trim() !== '' && { update }),
    });
    setIsBusy(false);
    if (!reply.ok) return setError(reply.error);
    forget();
    onMoved();
    onClose();
  };

  return (
    <Dialog
      title={to === null ? t('tickets.tellUpdate') : t('tickets.moveTo', { status: t(`tickets.status.${to}`) })}
      closeLabel={t('action.close')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button look="primary" type="submit" form="move-ticket" isBusy={isBusy}>
            {to === null ? t('tickets.updateSend') : t(`tickets.status.${to}`)}
          </Button>
        </>
      }
    >
      <form id="move-ticket" class={styles.form} noValidate onSubmit={submit}>
        {isEnd && choosable.length > 0 && (
          <SelectField
            label={t('tickets.reason')}
            value={reasonId}
            options={[
              { value: '', label: t(to === 'closed' ? 'tickets.reasonWhich' : 'tickets.reasonNone') },
              ...choosable.map(({ id, name }) => ({ value: id, label: name })),
            ]}
            onChoose={(id) => {
              setReasonId(id);
              setError(null);
            }}
          />
        )}
        {isEnd && open.length > 0 && (
          <div class={styles.form}>
            <p>{t('tickets.childrenOpen', { count: open.length })}</p>
            <Segmented
              label={t('tickets.children')}
              value={children}
              options={[
                { value: 'follow', label: t('tickets.childrenFollow') },
                { value: 'keep', label: t('tickets.childrenKeep') },
              ]}
              onChoose={setChildren}
            />
          </div>
        )}
        {mayTell && (
          <TextAreaField
            label={t(to === null ? 'tickets.updateText' : 'tickets.update')}
            hint={t('tickets.updateHint')}
            rows={3}
            maxLength={2_000}
            value={update}
            onInput={write}
          />
        )}
        {mayTell && to !== null && file.conversations.length > 0 && (
          <CheckField label={t('tickets.tell')} isChecked={tells} onChange={setTold} />
        )}
        {error && (
          <p class={styles.error} role="alert">
            {ticketProblem(error)}
          </p>
        )}
      </form>
    </Dialog>
  );
}
