import { type Signal, signal } from '@preact/signals-core';
import { useEffect, useRef } from 'preact/hooks';
import type { VisitorTicket } from '../../shared/ticket.ts';
import type { Chat } from '../chat-state.ts';
import type { AsideProps } from './aside-props.ts';
import { useSpeech } from './speech.ts';
import css from './ticket-list.css?inline';
import { useStyle } from './use-style.ts';
import { useValue } from './use-value.ts';

const statusTexts = {
  new: 'ticketNew',
  open: 'ticketOpen',
  'waiting-for-customer': 'ticketWaiting',
  'on-hold': 'ticketOnHold',
  solved: 'ticketSolved',
  closed: 'ticketClosed',
} as const;

const known = new WeakMap<Chat, Signal<readonly VisitorTicket[] | null>>();

/** What was told last; kept up to date from the first look on. */
function ticketsOf(chat: Chat): Signal<readonly VisitorTicket[] | null> {
  const held = known.get(chat);
  if (held) return held;
  const tickets = signal<readonly VisitorTicket[] | null>(null);
  known.set(chat, tickets);
  chat.hear('ticket:changed', ({ ticketId, ticket }) => {
    if (!tickets.value) return;
    const isNew = !tickets.value.some(({ id }) => id === ticketId);
    if (ticket && isNew) tickets.value = [ticket, ...tickets.value];
    else tickets.value = tickets.value.flatMap((one) => (one.id === ticketId ? (ticket ?? []) : one));
  });
  return tickets;
}

/** How the visitor's requests stand. Only one whom the site vouches for has any. */
export function TicketList({ chat, onBack }: AsideProps) {
  const { t, times } = useSpeech();
  const page = useRef<HTMLDivElement>(null);
  useStyle(page, css);
  const held = ticketsOf(chat);
  const tickets = useValue(held);
  const status = useValue(chat.status);
  const visitor = useValue(chat.visitor);
  useEffect(() => page.current?.querySelector('button')?.focus(), []);
  useEffect(() => {
    // Somebody else may have signed in to the site meanwhile.
    held.value = null;
  }, [visitor?.id]);
  useEffect(() => {
    if (status !== 'live') return;
    void chat.ask<{ tickets: VisitorTicket[] }>('ticket:list', {}).then((reply) => {
      if (reply.ok) held.value = reply.data.tickets;
    });
  }, [status, visitor?.id]);
  return (
    <div ref={page} class="page" aria-busy={tickets === null || undefined}>
      <h3>{t('myTickets')}</h3>
      {tickets?.length === 0 && <p class="none">{t('noTickets')}</p>}
      <ul class="tickets">
        {tickets?.map((ticket) => (
          <li key={ticket.id} class="ticket">
            <p class="head">
              <bdi>#{ticket.number}</bdi>
              <b class="state" data-over={/solved|closed/.test(ticket.status) || undefined}>
                {t(statusTexts[ticket.status])}
              </b>
              <time>{times.short(ticket.updatedAt)}</time>
            </p>
            <p class="subject" dir="auto">
              {ticket.subject}
            </p>
            {ticket.update && (
              <p class="update" dir="auto">
                {ticket.update.text}
              </p>
            )}
          </li>
        ))}
      </ul>
      <button type="button" class="leave" onClick={onBack}>
        {t('backToChat')}
      </button>
    </div>
  );
}
