import { useState } from 'preact/hooks';
import type { TicketFile } from '../../shared/ticket.ts';
import { isTicketOver, type TicketStatus, ticketMoves } from '../../shared/ticket-moves.ts';
import { PriorityMark } from '../contacts/priority-mark.tsx';
import { SlaClock } from '../contacts/sla-clock.tsx';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { EditInPlace } from '../ui/edit-in-place.tsx';
import { formatMoment } from '../ui/format.ts';
import { Menu } from '../ui/menu.tsx';
import { showToast } from '../ui/toast.tsx';
import { MoveDialog } from './move-dialog.tsx';
import { StatusBadge } from './status-badge.tsx';
import type { TicketDesk } from './ticket-desk.ts';
import styles from './ticket-page.module.css';
import { ticketProblem } from './ticket-words.ts';
import type { TicketAtHand } from './use-ticket.ts';

interface TicketHeaderProps {
  desk: TicketDesk;
  file: TicketFile;
  mayEdit: boolean;
  change: TicketAtHand['change'];
}

/** Number, subject and how it stands, with the moves that the status allows. */
export function TicketHeader({ desk, file, mayEdit, change }: TicketHeaderProps) {
  const [moving, setMoving] = useState<{ to: TicketStatus | null } | null>(null);
  const { number, subject, status, priority, sla, erasedAt } = file;
  const isEditable = mayEdit && erasedAt === null;
  const mayTell = !file.isHidden && file.contact !== null;

  const move = async (to: TicketStatus) => {
    // What ends is asked about; everything else is one press.
    if (isTicketOver(to)) return setMoving({ to });
    const before = status;
    const reply = await change({ status: to });
    if (!reply.ok) return showToast({ text: ticketProblem(reply.error), tone: 'problem' });
    const undo = ticketMoves[to].includes(before)
      ? { action: { label: t('action.undo'), run: () => void change({ status: before, tell: false }) } }
      : {};
    showToast({ text: t('tickets.moveTo', { status: t(`tickets.status.${to}`) }), ...undo });
  };

  return (
    <header class={styles.header}>
      <div class={styles.line}>
        <span class={styles.number}>{t('tickets.number', { number })}</span>
        <StatusBadge status={status} />
        <PriorityMark priority={priority} />
        {sla && <SlaClock sla={sla} isSpelt />}
      </div>
      <h1 class={styles.subject}>
        {isEditable ? (
          <EditInPlace
            label={t('tickets.subject')}
            editLabel={t('tickets.subject')}
            value={subject}
            placeholder={t('tickets.subject')}
            maxLength={200}
            onSave={async (text) => {
              if (text === '') return t('tickets.problem.subject');
              const reply = await change({ subject: text });
              return reply.ok ? null : ticketProblem(reply.error);
            }}
          />
        ) : (
          <bdi>{subject || t('tickets.number', { number })}</bdi>
        )}
      </h1>
      {erasedAt !== null && <p role="note">{t('tickets.erased', { moment: formatMoment(erasedAt) })}</p>}
      {isEditable && (
        <div class={styles.line}>
          {!isTicketOver(status) && (
            <Button look="primary" icon="check" onClick={() => setMoving({ to: 'solved' })}>
              {t('tickets.solve')}
            </Button>
          )}
          <Menu
            label={t('tickets.move')}
            items={[
              ...ticketMoves[status].map((to) => ({ key: to, label: t(`tickets.status.${to}`), onSelect: () => void move(to) })),
              ...(mayTell
                ? [{ key: 'tell', label: t('tickets.tellUpdate'), hasLineBefore: true, onSelect: () => setMoving({ to: null }) }]
                : []),
            ]}
            trigger={({ ref, ...props }) => (
              <Button {...props} ref={ref} icon="chevron-down">
                {t('tickets.move')}
              </Button>
            )}
          />
        </div>
      )}
      {moving && (
        <MoveDialog
          desk={desk}
          file={file}
          to={moving.to}
          change={change}
          onClose={() => setMoving(null)}
          onMoved={() =>
            showToast({ text: moving.to ? t('tickets.moveTo', { status: t(`tickets.status.${moving.to}`) }) : t('tickets.told') })
          }
        />
      )}
    </header>
  );
}
