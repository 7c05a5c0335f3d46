import { useComputed, useSignalEffect } from '@preact/signals';
import { useCallback, useEffect, useMemo, useRef, useState } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import type { TimelineItem } from '../../shared/timeline.ts';
import type { FileSectionProps } from '../contacts/file-section.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { useInSight } from '../ui/use-in-sight.ts';
import { ActivityComposer } from './activity-composer.tsx';
import { timelineNews } from './file-news.ts';
import { LatestItems } from './latest-items.tsx';
import { TimelineFilters } from './timeline-filters.tsx';
import { TimelineList } from './timeline-list.tsx';
import styles from './timeline-section.module.css';
import { TimelineState } from './timeline-state.ts';

/** Everything that happened with a person: on its page all of it, beside a chat the latest. */
export function TimelineSection(props: FileSectionProps) {
  return props.isPage ? <WholeTimeline {...props} /> : <LatestItems {...props} />;
}

function WholeTimeline({ http, contact, may, agentId = '' }: FileSectionProps) {
  const { query, route } = useLocation();
  const asked = query.item ?? null;
  const [state] = useState(() => new TimelineState(http, contact.id));
  const [answering, setAnswering] = useState<{ to: string; subject: string; answersId: string } | null>(null);
  const mayWrite = may('contacts:edit') && contact.erasedAt === undefined;

  useEffect(() => {
    if (asked) void state.openAt(asked);
    else void state.open();
  }, [state, asked]);
  const isFirst = useRef(true);
  useSignalEffect(() => {
    const { contactId } = timelineNews.value;
    if (isFirst.current) isFirst.current = false;
    else if (contactId === null || contactId === contact.id) void state.refresh();
  });

  const leaveLink = useCallback(() => {
    if (asked) route(`/console/contacts/${contact.id}`, true);
  }, [asked, route, contact.id]);
  const address = contact.isMasked ? undefined : contact.identities.find(({ kind }) => kind === 'email')?.value;
  const actions = useMemo(
    () => ({
      http,
      contactId: contact.id,
      onChanged: (item: TimelineItem) => state.put(item),
      onRemoved: (item: TimelineItem) => state.drop(item),
      onAnswer:
        mayWrite && address !== undefined
          ? ({ id, title, facts }: TimelineItem) =>
              setAnswering({
                to: typeof facts.from === 'string' && contact.identities.some(({ value }) => value === facts.from) ? facts.from : address,
                subject: title === null || /^(?:re|השב|תשובה):/i.test(title) ? (title ?? '') : `Re: ${title}`,
                answersId: id,
              })
          : null,
    }),
    [http, contact.id, state, mayWrite, address],
  );
  return (
    <section class={styles.section}>
      <h2 class={styles.title}>{t('timeline.title')}</h2>
      {mayWrite && (
        <ActivityComposer
          http={http}
          contact={contact}
          agentId={agentId}
          isShort={false}
          answering={answering}
          onAdded={(activity) => {
            state.put(activity);
            setAnswering(null);
          }}
        />
      )}
      <TimelineFilters
        filter={state.filter.value}
        may={may}
        onChange={(change) => {
          leaveLink();
          void state.open({ ...state.filter.value, ...change });
        }}
      />
      <Items state={state} actions={actions} asked={asked} onFresh={leaveLink} />
    </section>
  );
}

interface ItemsProps {
  state: TimelineState;
  actions: Parameters<typeof TimelineList>[0]['actions'];
  asked: string | null;
  onFresh: () => void;
}

function Items({ state, actions, asked, onFresh }: ItemsProps) {
  const [items, error, phase] = [state.items.value, state.error.value, state.phase.value];
  const isFiltered = useComputed(() => state.filter.value.kinds.length > 0 || state.filter.value.q !== '');
  const { ref, isInSight } = useInSight<HTMLDivElement>();
  const hasMore = state.hasMore.value;
  useEffect(() => {
    if (isInSight && hasMore && phase === 'idle' && !error) void state.loadMore();
  }, [isInSight, hasMore, phase, error, state]);
  const isLost = error?.code === 'not-found' && asked !== null;
  return (
    <>
      <p class="visually-hidden" role="status">
        {state.hasNews.value ? t('timeline.added') : ''}
      </p>
      {state.isMidway.value && (
        <Button size="small" icon="chevrons-up" onClick={onFresh}>
          {t('timeline.fresh')}
        </Button>
      )}
      {error && (
        <EmptyState icon="circle-alert" tone="problem" title={isLost ? t('timeline.linkGone') : errorText(error)}>
          <Button onClick={isLost ? onFresh : () => void (items.length > 0 ? state.loadMore() : state.open())}>
            {isLost ? t('timeline.fresh') : t('action.retry')}
          </Button>
        </EmptyState>
      )}
      {phase === 'loading' && items.length === 0 && <Skeleton rows={4} hasAvatar label={t('state.loading')} />}
      {phase === 'idle' && !error && items.length === 0 && (
        <EmptyState
          icon="activity"
          title={isFiltered.value ? t('timeline.noneFound') : t('timeline.empty')}
          text={isFiltered.value ? t('timeline.noneFoundHint') : t('timeline.emptyHint')}
        />
      )}
      {items.length > 0 && <TimelineList label={t('timeline.title')} items={items} actions={actions} markedKey={asked} />}
      <div ref={ref} class={styles.end}>
        {hasMore && (
          <Button size="small" isBusy={phase === 'loading'} onClick={() => void state.loadMore()}>
            {t('action.more')}
          </Button>
        )}
      </div>
    </>
  );
}
