import type { ComponentChildren } from 'preact';
import type { Opportunity } from '../../shared/opportunity.ts';
import type { SearchReply } from '../../shared/search.ts';
import { type SearchKind, searchKinds } from '../../shared/search-kinds.ts';
import type { Ticket } from '../../shared/ticket.ts';
import type { ViewName } from '../conversations/list-views.ts';
import { t } from '../texts/texts.ts';
import { Icon } from '../ui/icon.tsx';
import styles from './palette.module.css';
import { type Place, placesFor } from './places.ts';
import { hitPath, searchPath } from './search-path.ts';
import { SearchRow } from './search-row.tsx';

interface PaletteOption {
  key: string;
  content: ComponentChildren;
  open?: string | (() => void);
  /** Goes into the field instead of opening anything. */
  query?: string;
}

export interface PaletteGroup {
  key: string;
  label: string;
  options: PaletteOption[];
  count?: number;
  hasMore?: boolean;
}

const PLACES_MAX = 6;

const labels = {
  conversation: 'search.conversations',
  message: 'search.messages',
  contact: 'search.customers',
} as const satisfies Record<SearchKind, string>;

interface Known {
  text: string;
  reply: SearchReply | null;
  tickets: readonly Ticket[];
  opportunities: readonly Opportunity[];
  places: readonly Place[];
  recent: readonly string[];
  agentId: string;
  view: ViewName;
}

export function paletteGroups({ text, reply, tickets, opportunities, places, recent, agentId, view }: Known): PaletteGroup[] {
  const fitting = placesFor(places, text);
  const groups: PaletteGroup[] = [
    {
      key: 'recent',
      label: t('search.recent'),
      options: text === '' ? recent.map((query) => ({ key: `recent-${query}`, query, content: <Line icon="clock" text={query} /> })) : [],
    },
    ...found(reply, agentId, view),
    {
      key: 'ticket',
      label: t('nav.tickets'),
      options: tickets.map(({ id, number, subject }) => ({
        key: `ticket-${id}`,
        open: `/console/tickets/${id}`,
        content: <Line icon="ticket" text={`#${number} ${subject}`} />,
      })),
    },
    {
      key: 'opportunity',
      label: t('nav.opportunities'),
      options: opportunities.map(({ id, name, contact }) => ({
        key: `opportunity-${id}`,
        open: `/console/opportunities/${id}`,
        content: <Line icon="columns-3" text={[name, contact.name].filter(Boolean).join(' · ')} />,
      })),
    },
    {
      key: 'places',
      label: t('search.places'),
      options: (text === '' ? fitting : fitting.slice(0, PLACES_MAX)).map(({ key, label, icon, keys, open }) => ({
        key,
        open,
        content: <Line icon={icon} text={label} keys={keys} />,
      })),
    },
    {
      key: 'page',
      label: t('search.title'),
      options:
        text === ''
          ? []
          : [{ key: 'all', open: searchPath({ q: text }), content: <Line icon="search" text={t('search.all', { query: text })} /> }],
    },
  ];
  return groups.filter(({ options }) => options.length > 0);
}

function found(reply: SearchReply | null, agentId: string, view: ViewName): PaletteGroup[] {
  if (!reply) return [];
  const words = new Set(reply.words);
  return searchKinds.map((kind) => {
    const hits = reply.items.filter((hit) => hit.kind === kind);
    return {
      key: kind,
      label: t(labels[kind]),
      count: hits.length,
      hasMore: reply.more.includes(kind),
      options: hits.map((hit) => {
        const path = hitPath(hit, view);
        return { key: `${kind}-${path}`, open: path, content: <SearchRow hit={hit} words={words} agentId={agentId} /> };
      }),
    };
  });
}

function Line({ icon, text, keys }: { icon: Place['icon']; text: string; keys?: readonly string[] | undefined }) {
  return (
    <>
      <span class={styles.icon}>
        <Icon name={icon} />
      </span>
      <bdi class={styles.label}>{text}</bdi>
      {keys && (
        <span class={styles.keys} dir="ltr">
          {keys.map((key) => (
            <kbd key={key}>{key}</kbd>
          ))}
        </span>
      )}
    </>
  );
}
