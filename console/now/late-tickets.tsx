import type { NowBoard } from '../../shared/now-board.ts';
import type { Desk } from '../conversations/desk.ts';
import { t } from '../texts/texts.ts';
import { categoryName, useChoices } from '../tickets/choice-shelf.ts';
import { TicketRow } from '../tickets/ticket-row.tsx';
import { Badge } from '../ui/badge.tsx';
import styles from './waiting-table.module.css';

/** Tickets whose promise was broken or soon will be, the first to run out first; nothing where all is kept. */
export function LateTickets({ desk, tickets: { breached, soon, rows } }: { desk: Desk; tickets: NowBoard['tickets'] }) {
  const { agents, teams } = desk.colleagues;
  const { categories } = useChoices(desk.http);
  if (breached + soon === 0) return null;
  const rest = breached + soon - rows.length;
  return (
    <section aria-labelledby="now-late-tickets">
      <header class={styles.header}>
        <h2 id="now-late-tickets">{t('tickets.lateOrSoon')}</h2>
        <span class={styles.badges}>
          {breached > 0 && <Badge tone="red">{t('tickets.countLate', { count: breached })}</Badge>}
          {soon > 0 && <Badge tone="amber">{t('tickets.countSoon', { count: soon })}</Badge>}
        </span>
      </header>
      <ul class={styles.rows}>
        {rows.map((ticket) => (
          <TicketRow
            key={ticket.id}
            ticket={ticket}
            owner={agents.value.get(ticket.assigneeId ?? '')?.name ?? teams.value.find(({ id }) => id === ticket.teamId)?.name ?? null}
            category={ticket.categoryId && categoryName(categories, ticket.categoryId)}
          />
        ))}
      </ul>
      {rest > 0 && (
        <a class={styles.all} href="/console/tickets?view=breaching">
          {t('tickets.andMore', { count: rest })}
        </a>
      )}
    </section>
  );
}
