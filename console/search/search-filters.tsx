import type { Inbox } from '../../shared/inbox.ts';
import { searchKinds } from '../../shared/search-kinds.ts';
import type { Desk } from '../conversations/desk.ts';
import type { Http } from '../http.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { SelectField, TextField } from '../ui/field.tsx';
import { useRemote } from '../ui/use-remote.ts';
import styles from './search-filters.module.css';

/** As they stand in the address. `from` and `to` are days (2026-03-12), both included. */
export type Filters = Partial<Record<string, string>>;

const names = ['status', 'assigneeId', 'tag', 'inboxId', 'from', 'to'] as const;
const statuses = ['open', 'pending', 'snoozed', 'resolved'] as const;
const DAY = /^\d{4}-\d{2}-\d{2}$/;

export function hasFilters(filters: Filters): boolean {
  return names.some((name) => filters[name]);
}

/** Only what the server takes: an address that somebody spoilt asks for less, and still finds. */
export function toAsked(filters: Filters): Record<string, string | number | undefined> {
  const { status, assigneeId, tag, inboxId } = filters;
  return {
    status: statuses.find((one) => one === status),
    assigneeId: assigneeId && /^([\w-]{21}|none)$/.test(assigneeId) ? assigneeId : undefined,
    inboxId: inboxId && /^[\w-]{21}$/.test(inboxId) ? inboxId : undefined,
    tag: tag?.slice(0, 50),
    from: dayStart(filters.from, 0),
    to: dayStart(filters.to, 1),
  };
}

/** The start of the day in this browser's time zone, `later` days on. */
function dayStart(day: string | undefined, later: number): number | undefined {
  if (!day || !DAY.test(day)) return undefined;
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const at = new Date(year, month - 1, date + later).getTime();
  return Number.isNaN(at) || at < 0 ? undefined : at;
}

interface SearchFiltersProps {
  http: Http;
  desk: Desk;
  filters: Filters;
  onChange: (change: Filters) => void;
}

export function SearchFilters({ http, desk, filters, onChange }: SearchFiltersProps) {
  const inboxes = useRemote(() => http.get<{ items: Pick<Inbox, 'id' | 'name'>[] }>('/inboxes'), []).value?.items ?? [];
  const anything = { value: '', label: t('search.any') };
  const kinds = { conversation: t('search.conversations'), message: t('search.messages'), contact: t('search.customers') };
  const agents = [...desk.colleagues.agents.value.values()];
  return (
    <div class={styles.filters}>
      <SelectField
        label={t('search.kind')}
        value={filters.kind ?? ''}
        options={[anything, ...searchKinds.map((kind) => ({ value: kind as string, label: kinds[kind] }))]}
        onChoose={(kind) => onChange({ kind })}
      />
      <SelectField
        label={t('search.status')}
        value={filters.status ?? ''}
        options={[anything, ...statuses.map((status) => ({ value: status as string, label: t(`status.${status}`) }))]}
        onChoose={(status) => onChange({ status })}
      />
      <SelectField
        label={t('conversation.assignee')}
        value={filters.assigneeId ?? ''}
        options={[anything, { value: 'none', label: t('assign.nobody') }, ...agents.map(({ id, name }) => ({ value: id, label: name }))]}
        onChoose={(assigneeId) => onChange({ assigneeId })}
      />
      {inboxes.length > 1 && (
        <SelectField
          label={t('search.inbox')}
          value={filters.inboxId ?? ''}
          options={[anything, ...inboxes.map(({ id, name }) => ({ value: id, label: name }))]}
          onChoose={(inboxId) => onChange({ inboxId })}
        />
      )}
      <TextField label={t('search.tag')} value={filters.tag ?? ''} maxLength={50} onInput={(tag) => onChange({ tag })} />
      <TextField label={t('search.from')} type="date" value={filters.from ?? ''} onInput={(from) => onChange({ from })} />
      <TextField label={t('search.to')} type="date" value={filters.to ?? ''} onInput={(to) => onChange({ to })} />
      {(hasFilters(filters) || filters.kind) && (
        <Button look="quiet" icon="x" onClick={() => onChange({ kind: '', ...Object.fromEntries(names.map((name) => [name, ''])) })}>
          {t('search.clearFilters')}
        </Button>
      )}
    </div>
  );
}
