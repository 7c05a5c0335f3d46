import { useEffect, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import type { SearchHit } from '../../shared/search.ts';
import { type SearchKind, searchKinds } from '../../shared/search-kinds.ts';
import type { Desk } from '../conversations/desk.ts';
import type { ViewName } from '../conversations/list-views.ts';
import type { Http } from '../http.ts';
import { correctionText } from '../texts/correction-text.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { TextField } from '../ui/field.tsx';
import { formatDate } from '../ui/format.ts';
import { PageFrame } from '../ui/page-frame.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { keepRecent } from './recent-searches.ts';
import { type Filters, hasFilters, SearchFilters, toAsked } from './search-filters.tsx';
import styles from './search-page.module.css';
import { hitPath, searchPath } from './search-path.ts';
import { SearchRow } from './search-row.tsx';
import { useSearch } from './use-search.ts';

const labels = {
  conversation: 'search.conversations',
  message: 'search.messages',
  contact: 'search.customers',
} as const satisfies Record<SearchKind, string>;

interface SearchPageProps {
  http: Http;
  desk: Desk;
  view: ViewName;
}

/** Everything that was found, with filters. What is asked stands in the address: a search can be kept, sent and come back to. */
export function SearchPage({ http, desk, view }: SearchPageProps) {
  const { query, route } = useLocation();
  const [typed, setTyped] = useState(query.q ?? '');
  const filters: Filters = query;
  const kind = searchKinds.find((one) => one === query.kind);
  const text = (query.q ?? '').trim();
  const search = useSearch(
    http,
    text === '' && !hasFilters(filters) ? null : { ...toAsked(filters), q: text, kind, limit: kind ? 30 : 10 },
  );
  const ask = (change: Filters) => route(searchPath({ ...query, ...change }), true);

  useEffect(() => setTyped(query.q ?? ''), [query.q]);
  useEffect(() => {
    const timer = setTimeout(() => {
      if (typed !== (query.q ?? '')) ask({ q: typed });
    }, 200);
    return () => clearTimeout(timer);
  }, [typed]);
  useEffect(() => {
    if (search.reply && search.reply.items.length > 0) keepRecent(desk.agentId, text);
  }, [search.reply]);

  return (
    <PageFrame title={t('search.title')} width="table">
      <search class={styles.search}>
        <TextField
          label={t('search.label')}
          isLabelHidden
          type="search"
          placeholder={t('search.placeholder')}
          maxLength={400}
          value={typed}
          onInput={setTyped}
        />
        <SearchFilters http={http} desk={desk} filters={filters} onChange={ask} />
      </search>
      <Found
        search={search}
        isAsked={text !== '' || hasFilters(filters)}
        kind={kind}
        onKind={(one) => ask({ kind: one })}
        agentId={desk.agentId}
        view={view}
      />
    </PageFrame>
  );
}

interface FoundProps {
  search: ReturnType<typeof useSearch>;
  isAsked: boolean;
  kind: SearchKind | undefined;
  onKind: (kind: SearchKind) => void;
  agentId: string;
  view: ViewName;
}

function Found({ search, isAsked, kind, onKind, agentId, view }: FoundProps) {
  const { reply, error, isLoading } = search;
  if (!isAsked) return <EmptyState icon="search" title={t('search.begin')} text={t('search.beginHint')} />;
  if (error) {
    return (
      <EmptyState
        icon={error.code === 'unavailable' ? 'wifi-off' : 'circle-alert'}
        tone="problem"
        title={error.code === 'unavailable' ? t('search.offline') : errorText(error)}
      >
        <Button onClick={search.retry}>{t('action.retry')}</Button>
      </EmptyState>
    );
  }
  if (!reply) return <Skeleton rows={6} hasAvatar label={t('state.loading')} />;
  const words = new Set(reply.words);
  return (
    <div class={styles.found} aria-busy={isLoading}>
      <p class="visually-hidden" role="status">
        {isLoading ? '' : t('search.found', { count: reply.items.length })}
      </p>
      {reply.indexedSince !== null && <p class={styles.note}>{t('search.indexing', { date: formatDate(reply.indexedSince) })}</p>}
      {reply.corrections.map((one) => (
        <p key={one.typed} class={styles.note}>
          {correctionText(one)}
        </p>
      ))}
      {reply.items.length === 0 && !isLoading && reply.next === null && (
        <EmptyState icon="search" title={t('search.nothing')} text={t('search.nothingHint')} />
      )}
      {searchKinds.map((one) => {
        const hits = reply.items.filter((hit) => hit.kind === one);
        if (hits.length === 0) return null;
        return (
          <section key={one} aria-label={t(labels[one])}>
            <h2 class={styles.heading}>{t(labels[one])}</h2>
            <ul class={styles.list}>
              {hits.map((hit) => (
                <Hit key={hitPath(hit, view)} hit={hit} words={words} agentId={agentId} view={view} />
              ))}
            </ul>
            {!kind && reply.more.includes(one) && (
              <Button look="quiet" size="small" onClick={() => onKind(one)}>
                {t('search.allOfKind')}
              </Button>
            )}
          </section>
        );
      })}
      {reply.next !== null && (
        <div class={styles.more}>
          <Button isBusy={isLoading} onClick={search.loadMore}>
            {t('action.more')}
          </Button>
        </div>
      )}
    </div>
  );
}

function Hit({ hit, words, agentId, view }: { hit: SearchHit; words: ReadonlySet<string>; agentId: string; view: ViewName }) {
  return (
    <li>
      <a class={styles.row} href={hitPath(hit, view)}>
        <SearchRow hit={hit} words={words} agentId={agentId} />
      </a>
    </li>
  );
}
