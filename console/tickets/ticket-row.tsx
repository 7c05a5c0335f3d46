import type { FoundTicket } from '../../shared/ticket.ts';
import { contactName } from '../contacts/contact-name.ts';
import { PriorityMark } from '../contacts/priority-mark.tsx';
import { SlaClock } from '../contacts/sla-clock.tsx';
import { t } from '../texts/texts.ts';
import { Excerpt } from '../ui/excerpt.tsx';
import { OneLine } from '../ui/one-line.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import { StatusBadge } from './status-badge.tsx';
import styles from './ticket-row.module.css';
import { ticketPath } from './ticket-words.ts';

interface TicketRowProps {
  ticket: FoundTicket;
  /** Of the agent, else of the team; null: of nobody. */
  owner: string | null;
  category: string | null;
}

/** One ticket in a list: the whole row is its link. */
export function TicketRow({ ticket, owner, category }: TicketRowProps) {
  const { number, subject, status, priority, contact, sla, updatedAt, excerpt } = ticket;
  return (
    <li class={styles.row}>
      <span class={styles.number} dir="ltr">
        #{number}
      </span>
      <span class={styles.about}>
        <a class={styles.subject} href={ticketPath(ticket)} data-ticket-row>
          <OneLine text={subject || t('tickets.number', { number })} />
        </a>
        <span class={styles.soft}>
          {contact && <bdi>{contactName(contact)}</bdi>}
          {contact && category && ' · '}
          {category && <bdi>{category}</bdi>}
        </span>
        {excerpt && <Excerpt {...excerpt} />}
      </span>
      <span class={styles.marks}>
        <StatusBadge status={status} />
        <PriorityMark priority={priority} />
        {sla && <SlaClock sla={sla} />}
      </span>
      <span class={styles.owner}>{owner === null ? <span class={styles.soft}>{t('tickets.nobody')}</span> : <bdi>{owner}</bdi>}</span>
      <RelativeTime class={styles.time} at={updatedAt} />
    </li>
  );
}
