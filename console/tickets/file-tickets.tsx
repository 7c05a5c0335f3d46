import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import type { TicketPage } from '../../shared/ticket.ts';
import type { FileSectionProps } from '../contacts/file-section.ts';
import { SectionHead } from '../contacts/section-head.tsx';
import { SlaClock } from '../contacts/sla-clock.tsx';
import { t } from '../texts/texts.ts';
import { useRemote } from '../ui/use-remote.ts';
import styles from './file-tickets.module.css';
import { OpenTicketDialog } from './open-ticket-dialog.tsx';
import { StatusBadge } from './status-badge.tsx';
import type { TicketDesk } from './ticket-desk.ts';
import { ticketName, ticketPath } from './ticket-words.ts';
import { useTicketNews } from './use-ticket-news.ts';

const LATEST = 5;

/** The tickets of a person: in the panel the latest few that go on, on the page of the file all of them. */
export function FileTickets({ http, contact, may, isPage, desk }: FileSectionProps & { desk: TicketDesk }) {
  const { route } = useLocation();
  const [isOpening, setIsOpening] = useState(false);
  const query = { contactId: contact.id, limit: isPage ? 50 : LATEST, status: isPage ? undefined : 'unsolved' };
  const { value, reload } = useRemote(() => http.get<TicketPage>('/tickets', query), [http, contact.id, isPage]);
  useTicketNews(http, ({ ticket, goneId }) => {
    const isShown = value?.items.some(({ id }) => id === (ticket?.id ?? goneId)) ?? false;
    if (isShown || (!ticket && goneId === undefined) || ticket?.contact?.id === contact.id) reload();
  });
  const tickets = value?.items ?? [];
  const mayOpen = may('tickets:edit') && contact.erasedAt === undefined;
  if (tickets.length === 0 && !mayOpen) return null;
  return (
    <section class={styles.section}>
      <SectionHead
        title={t('tickets.title')}
        add={mayOpen ? { label: t('tickets.open'), onClick: () => setIsOpening(true) } : null}
        isPage={isPage}
      />
      {tickets.length > 0 && (
        <ul class={styles.tickets}>
          {tickets.map((ticket) => (
            <li key={ticket.id} class={styles.ticket}>
              <a href={ticketPath(ticket)}>
                <bdi>{ticketName(ticket)}</bdi>
              </a>
              <span class={styles.marks}>
                <StatusBadge status={ticket.status} />
                {ticket.sla && <SlaClock sla={ticket.sla} />}
              </span>
            </li>
          ))}
        </ul>
      )}
      {isOpening && (
        <OpenTicketDialog
          desk={desk}
          contactId={contact.id}
          onClose={() => setIsOpening(false)}
          onOpened={(ticket) => route(ticketPath(ticket))}
        />
      )}
    </section>
  );
}
