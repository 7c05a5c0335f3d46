import { nanoid } from 'nanoid';
import { useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import type { Ticket, TicketPage } from '../../shared/ticket.ts';
import { t } from '../texts/texts.ts';
import { Icon } from '../ui/icon.tsx';
import { Menu } from '../ui/menu.tsx';
import { showToast } from '../ui/toast.tsx';
import { useRemote } from '../ui/use-remote.ts';
import styles from './chat-tickets.module.css';
import { FindTicketDialog } from './find-ticket-dialog.tsx';
import { OpenTicketDialog } from './open-ticket-dialog.tsx';
import type { TicketDesk } from './ticket-desk.ts';
import { ticketName, ticketPath, ticketProblem } from './ticket-words.ts';
import { useTicketNews } from './use-ticket-news.ts';

interface ChatTicketsProps {
  desk: TicketDesk;
  conversationId: string;
  contactId: string;
  mayEdit: boolean;
}

/** The tickets about this chat, and a new one with one press: the customer's first words become its subject. */
export function ChatTickets({ desk, conversationId, contactId, mayEdit }: ChatTicketsProps) {
  const { http, agentId } = desk;
  const { route } = useLocation();
  const [dialog, setDialog] = useState<'open' | 'link' | null>(null);
  const { value, reload } = useRemote(() => http.get<TicketPage>('/tickets', { conversationId, limit: 20 }), [http, conversationId]);
  const tickets = value?.items ?? [];
  useTicketNews(http, ({ ticket, goneId }) => {
    const isShown = tickets.some(({ id }) => id === (ticket?.id ?? goneId));
    // Whether a ticket of this customer's is about this chat, too, only the server knows.
    if (isShown || (!ticket && goneId === undefined) || ticket?.contact?.id === contactId) reload();
  });

  const opened = (ticket: Ticket) => {
    reload();
    showToast({
      text: t('tickets.opened', { number: ticket.number }),
      action: { label: t('tickets.show'), run: () => route(ticketPath(ticket)) },
    });
  };
  const openAtOnce = async () => {
    const reply = await http.post<Ticket>('/tickets', { id: nanoid(), conversationId, assigneeId: agentId });
    if (reply.ok) return opened(reply.data);
    // Nothing was said in words: somebody has to say what it is about.
    if (reply.error.field === 'subject') return setDialog('open');
    showToast({ text: ticketProblem(reply.error), tone: 'problem' });
  };
  const link = async (ticket: Ticket) => {
    const reply = await http.post(`/tickets/${ticket.id}/conversations`, { conversationId });
    if (!reply.ok) return ticketProblem(reply.error);
    reload();
    showToast({ text: t('tickets.linked', { number: ticket.number }) });
    return null;
  };

  return (
    // biome-ignore lint/a11y/useSemanticElements: a landmark in each of several chats side by side would be too many
    <div class={styles.tickets} role="group" aria-label={t('tickets.ofChat')}>
      {tickets.map((ticket) => (
        <a key={ticket.id} class={styles.ticket} data-status={ticket.status} href={ticketPath(ticket)} title={ticketName(ticket)}>
          <Icon name="ticket" size="small" />
          <bdi>#{ticket.number}</bdi>
          <span>{t(`tickets.status.${ticket.status}`)}</span>
        </a>
      ))}
      {mayEdit && (
        <Menu
          label={t('tickets.open')}
          items={[
            { key: 'open', label: t('tickets.open'), icon: 'ticket', hint: 'O', onSelect: () => void openAtOnce() },
            { key: 'details', label: t('tickets.openDetails'), icon: 'pencil', onSelect: () => setDialog('open') },
            { key: 'link', label: t('tickets.link'), icon: 'paperclip', onSelect: () => setDialog('link') },
          ]}
          trigger={({ ref, ...props }) => (
            <button {...props} ref={ref} type="button" class={styles.add} aria-label={t('tickets.open')} title={t('tickets.open')}>
              <Icon name="ticket" size="small" />
              <Icon name="plus" size="small" />
            </button>
          )}
        />
      )}
      {mayEdit && <button type="button" hidden data-open-ticket onClick={openAtOnce} />}
      {dialog === 'open' && (
        <OpenTicketDialog desk={desk} conversationId={conversationId} onClose={() => setDialog(null)} onOpened={opened} />
      )}
      {dialog === 'link' && (
        <FindTicketDialog
          http={http}
          title={t('tickets.linkTitle')}
          contactId={contactId}
          exceptIds={tickets.map(({ id }) => id)}
          onChoose={link}
          onClose={() => setDialog(null)}
        />
      )}
    </div>
  );
}
