import type { CustomField } from '../../shared/custom-fields.ts';
import { priorities } from '../../shared/routing.ts';
import type { TicketChange, TicketFile } from '../../shared/ticket.ts';
import { ticketStatuses } from '../../shared/ticket-moves.ts';
import { useKnown } from '../contacts/use-known.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import { useRemotePages } from '../ui/use-remote.ts';
import { categoryName, useChoices } from './choice-shelf.ts';
import type { TicketDesk } from './ticket-desk.ts';
import styles from './ticket-page.module.css';

const told = ['created', 'description', 'contactId', 'companyId', 'parentId', 'conversation', 'related'] as const;
const compared = ['subject', 'status', 'priority', 'categoryId', 'assigneeId', 'teamId', 'reasonId', 'externalId', 'isHidden'] as const;

/** What became of the ticket, newest first. */
export function ChangeList({ desk, file }: { desk: TicketDesk; file: TicketFile }) {
  const { http, colleagues } = desk;
  const { categories, reasons } = useChoices(http);
  const fields = useKnown<{ items: CustomField[] }>(http, '/fields?entity=ticket')?.items ?? [];
  const route = `/tickets/${file.id}/changes`;
  const pages = useRemotePages<TicketChange>(
    (cursor) => http.get(route, { limit: 20, cursor: cursor ?? undefined }),
    [http, route, file.updatedAt],
  );

  const nameOf = (field: (typeof compared)[number], value: string | null): string => {
    if (value === null || value === '') return t('tickets.none');
    if (field === 'status') return t(`tickets.status.${ticketStatuses.find((one) => one === value) ?? 'open'}`);
    if (field === 'priority') return t(`priority.${priorities[Number(value)] ?? 'normal'}`);
    if (field === 'categoryId') return categoryName(categories, value);
    if (field === 'reasonId') return reasons.find(({ id }) => id === value)?.name ?? t('tickets.none');
    if (field === 'assigneeId') return colleagues.agents.value.get(value)?.name ?? t('tickets.nobody');
    if (field === 'teamId') return colleagues.teams.value.find(({ id }) => id === value)?.name ?? t('tickets.noTeam');
    return field === 'isHidden' ? t(value === '1' ? 'tickets.yes' : 'tickets.no') : value;
  };
  const sentence = ({ field, before, after }: TicketChange): string => {
    if (field === 'update') return t('tickets.change.update', { text: after ?? '' });
    const known = compared.find((one) => one === field);
    if (known)
      return t('tickets.change.from', { field: t(`tickets.change.${known}`), before: nameOf(known, before), after: nameOf(known, after) });
    const own = fields.find(({ key }) => field === `values.${key}`);
    if (own || field.startsWith('values.')) return t('tickets.change.field', { name: own?.name ?? '–' });
    return t(`tickets.change.${told.find((one) => one === field) ?? 'related'}`);
  };

  return (
    <section class={styles.section}>
      <h2 class={styles.title}>{t('tickets.changes')}</h2>
      <ol class={styles.changes}>
        {pages.items.map((change) => (
          <li key={change.id} class={styles.change}>
            <span class={styles.changeText}>{sentence(change)}</span>
            <span class={styles.soft}>
              {change.agent && <bdi>{change.agent.name}</bdi>}
              {change.agent && ' · '}
              <RelativeTime at={change.at} />
            </span>
          </li>
        ))}
      </ol>
      {pages.hasMore && (
        <Button class={styles.quiet} size="small" isBusy={pages.phase === 'loading'} onClick={pages.loadMore}>
          {t('action.more')}
        </Button>
      )}
    </section>
  );
}
