import { useEffect, useRef, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import { priorities } from '../../shared/routing.ts';
import type { FoundTicket, Ticket, TicketPage as TicketPages } from '../../shared/ticket.ts';
import { ticketViews } from '../../shared/ticket-moves.ts';
import { correctionText } from '../texts/correction-text.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import { PageFrame } from '../ui/page-frame.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { useRemotePages } from '../ui/use-remote.ts';
import { categoryName, categoryOptions, useChoices } from './choice-shelf.ts';
import { OpenTicketDialog } from './open-ticket-dialog.tsx';
import type { TicketDesk, TicketRights } from './ticket-desk.ts';
import { filterPath, filterQuery, fitsFilter, readFilter, statusFilters, type TicketFilter } from './ticket-filter.ts';
import { TicketPage } from './ticket-page.tsx';
import { TicketRow } from './ticket-row.tsx';
import styles from './tickets-page.module.css';
import { useSettledText } from './use-settled-text.ts';
import { useTicketNews } from './use-ticket-news.ts';

interface TicketsPageProps extends TicketRights {
  desk: TicketDesk;
  /** Of one ticket: its page. */
  ticketId: string | null;
}

export function TicketsPage({ ticketId, ...props }: TicketsPageProps) {
  if (ticketId !== null) return <TicketPage key={ticketId} {...props} id={ticketId} />;
  return <TicketList {...props} />;
}

/** The list of service calls: whose, how they stand, what about. */
function TicketList({ desk, mayEdit }: Pick<TicketsPageProps, 'desk' | 'mayEdit'>) {
  const { http, agentId, colleagues } = desk;
  const { query, route } = useLocation();
  const filter = readFilter(query);
  const choices = useChoices(http);
  const [isOpening, setIsOpening] = useState(false);
  const [typed, setTyped] = useState(filter.q);
  const change = (next: Partial<TicketFilter>) => route(filterPath({ ...filter, ...next }), true);
  useSettledText(typed, (q) => q.trim() !== filter.q && change({ q: q.trim() }));
  const asked = JSON.stringify(filter);
  const [corrections, setCorrections] = useState<NonNullable<TicketPages['corrections']>>([]);
  const pages = useRemotePages<FoundTicket>(
    async (cursor) => {
      const reply = await http.get<TicketPages>('/tickets', { ...filterQuery(filter), limit: 50, cursor: cursor ?? undefined });
      if (reply.ok && cursor === null) setCorrections(reply.data.corrections ?? []);
      return reply;
    },
    [asked],
  );
  const views = useRef<HTMLElement>(null);
  // On a phone not all of them fit: the one that is shown is in sight.
  useEffect(() => views.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' }), [filter.view]);
  useTicketNews(http, ({ ticket, goneId }) => {
    if (goneId !== undefined) return pages.patch((items) => items.filter(({ id }) => id !== goneId));
    if (!ticket) return pages.reload();
    const fits = fitsFilter(ticket, filter, agentId);
    pages.patch((items) => {
      const isShown = items.some(({ id }) => id === ticket.id);
      if (fits === false) return items.filter(({ id }) => id !== ticket.id);
      if (isShown) return items.map((one) => (one.id === ticket.id ? changed(one, ticket) : one));
      return fits ? [ticket, ...items] : items;
    });
  });
  const ownerOf = ({ assigneeId, teamId }: Ticket) =>
    colleagues.agents.value.get(assigneeId ?? '')?.name ?? colleagues.teams.value.find(({ id }) => id === teamId)?.name ?? null;
  const isEmpty = pages.phase === 'idle' && !pages.error && pages.items.length === 0;
  const isPlain = filter.q === '' && filter.priority === '' && filter.categoryId === '' && filter.status === 'unsolved';

  return (
    <PageFrame
      title={t('tickets.title')}
      width="table"
      actions={
        mayEdit && (
          <Button look="primary" icon="plus" onClick={() => setIsOpening(true)}>
            {t('tickets.open')}
          </Button>
        )
      }
    >
      <nav ref={views} class={styles.views} aria-label={t('tickets.view')}>
        {ticketViews.map((view) => (
          <a key={view} class={styles.view} href={filterPath({ ...filter, view })} aria-current={view === filter.view ? 'page' : undefined}>
            {t(view === 'team' ? 'tickets.teams' : `tickets.${view}`)}
          </a>
        ))}
      </nav>
      <search class={styles.filters} aria-label={t('tickets.filter')}>
        <TextField
          label={t('tickets.find')}
          isLabelHidden
          type="search"
          value={typed}
          placeholder={t('tickets.findHint')}
          onInput={setTyped}
        />
        <SelectField
          label={t('tickets.status')}
          isLabelHidden
          value={filter.status}
          options={statusFilters.map((value) => ({ value, label: t(`tickets.status.${value}`) }))}
          onChoose={(status) => change({ status })}
        />
        <SelectField
          label={t('tickets.priority')}
          isLabelHidden
          value={filter.priority}
          options={[
            { value: '', label: t('tickets.toAnyPriority') },
            ...priorities.toReversed().map((value) => ({ value, label: t(`priority.${value}`) })),
          ]}
          onChoose={(priority) => change({ priority })}
        />
        {choices.categories.length > 0 && (
          <SelectField
            label={t('tickets.category')}
            isLabelHidden
            value={filter.categoryId}
            options={[{ value: '', label: t('tickets.toAnyCategory') }, ...categoryOptions(choices.categories, filter.categoryId)]}
            onChoose={(categoryId) => change({ categoryId })}
          />
        )}
      </search>
      {pages.error && (
        <EmptyState icon="circle-alert" tone="problem" title={errorText(pages.error)}>
          <Button onClick={pages.loadMore}>{t('action.retry')}</Button>
        </EmptyState>
      )}
      {pages.phase === 'loading' && pages.items.length === 0 && <Skeleton rows={4} label={t('state.loading')} />}
      {isEmpty && (
        <EmptyState
          icon="ticket"
          title={t(isPlain ? 'tickets.empty' : 'tickets.noneFit')}
          {...(isPlain && { text: t('tickets.emptyHint') })}
        />
      )}
      {corrections.length > 0 && (
        <p class={styles.searched} role="status">
          {corrections.map(correctionText).join(' ')}
        </p>
      )}
      <ul class={styles.list} onKeyDown={walkRows}>
        {pages.items.map((ticket) => (
          <TicketRow
            key={ticket.id}
            ticket={ticket}
            owner={ownerOf(ticket)}
            category={ticket.categoryId && categoryName(choices.categories, ticket.categoryId)}
          />
        ))}
      </ul>
      {pages.hasMore && (
        <Button isBusy={pages.phase === 'loading'} onClick={pages.loadMore}>
          {t('action.more')}
        </Button>
      )}
      {isOpening && (
        <OpenTicketDialog desk={desk} onClose={() => setIsOpening(false)} onOpened={(ticket) => route(`/console/tickets/${ticket.id}`)} />
      )}
    </PageFrame>
  );
}

/** Why it was found is still why, unless all of it is forgotten. */
function changed({ excerpt }: FoundTicket, ticket: Ticket): FoundTicket {
  return ticket.erasedAt === null ? { ...ticket, excerpt } : ticket;
}

/** Up and down between rows, first and last. */
function walkRows(event: KeyboardEvent): void {
  const rows = [...((event.currentTarget as HTMLElement | null)?.querySelectorAll<HTMLElement>('[data-ticket-row]') ?? [])];
  const at = rows.indexOf(document.activeElement as HTMLElement);
  if (at < 0) return;
  const steps: Partial<Record<string, HTMLElement | undefined>> = {
    ArrowDown: rows[at + 1],
    ArrowUp: rows[at - 1],
    Home: rows[0],
    End: rows.at(-1),
  };
  const next = steps[event.key];
  if (!next) return;
  event.preventDefault();
  next.focus();
}
