import { useState } from 'preact/hooks';
import type { FoundOpportunity, Opportunity, OpportunityPage, OpportunityStatus, Pipeline } from '../../shared/opportunity.ts';
import { contactName } from '../contacts/contact-name.ts';
import { shortDates } from '../hours/date-words.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { amountText } from '../ui/amount.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Excerpt } from '../ui/excerpt.tsx';
import { SelectField } from '../ui/field.tsx';
import { formatPercent } from '../ui/format.ts';
import { OneLine } from '../ui/one-line.tsx';
import { screenClock } from '../ui/screen-clock.ts';
import { Segmented } from '../ui/segmented.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { useRemotePages } from '../ui/use-remote.ts';
import styles from './opportunity-list.module.css';
import { isLate, opportunityName } from './opportunity-words.ts';
import type { SalesView } from './sales-bar.tsx';
import { SearchedFor } from './searched-for.tsx';

interface OpportunityListProps {
  http: Http;
  view: SalesView;
  pipeline: Pipeline;
  /** Another one whenever something has changed. */
  turn: number;
  nameOf: (agentId: string) => string | null;
  onOpen: (opportunity: Opportunity) => void;
}

/** Opportunities row by row, those that have ended too. */
export function OpportunityList({ http, view, pipeline, turn, nameOf, onOpen }: OpportunityListProps) {
  const [status, setStatus] = useState<OpportunityStatus>('open');
  const [order, setOrder] = useState<'created' | 'close'>('created');
  const { pipelineId, owner, q } = view;
  const [corrections, setCorrections] = useState<OpportunityPage['corrections']>();
  const pages = useRemotePages<FoundOpportunity>(
    async (cursor) => {
      const asked = { pipelineId, owner, q, status, order, limit: 50, cursor: cursor ?? undefined };
      const reply = await http.get<OpportunityPage>('/opportunities', asked);
      if (reply.ok && cursor === null) setCorrections(reply.data.corrections);
      return reply;
    },
    [pipelineId, owner, q, status, order, turn],
  );
  const isEmpty = pages.phase === 'idle' && !pages.error && pages.items.length === 0;
  const stageName = (stageId: string) => pipeline.stages.find(({ id }) => id === stageId)?.name ?? '';
  return (
    <div class={styles.list}>
      <div class={styles.filters}>
        <Segmented
          label={t('opportunities.status')}
          value={status}
          options={(['open', 'won', 'lost'] as const).map((value) => ({ value, label: t(`opportunities.${value}`) }))}
          onChoose={setStatus}
        />
        <SelectField
          label={t('opportunities.order')}
          isLabelHidden
          value={order}
          options={[
            { value: 'created', label: t('opportunities.newest') },
            { value: 'close', label: t('opportunities.closingFirst') },
          ]}
          onChoose={setOrder}
        />
      </div>
      <SearchedFor corrections={corrections} />
      {pages.error && (
        <EmptyState icon="circle-alert" tone="problem" title={errorText(pages.error)}>
          <Button onClick={pages.loadMore}>{t('action.retry')}</Button>
        </EmptyState>
      )}
      {pages.phase === 'loading' && pages.items.length === 0 && <Skeleton rows={4} label={t('state.loading')} />}
      {isEmpty && <EmptyState icon="columns-3" title={t('opportunities.noneFit')} />}
      {pages.items.length > 0 && (
        <ul class={styles.rows}>
          {pages.items.map((one) => (
            <li key={one.id}>
              <button type="button" class={styles.row} onClick={() => onOpen(one)}>
                <span class={styles.main}>
                  <OneLine class={styles.name} text={opportunityName(one)} />
                  <OneLine class={styles.soft} text={contactName(one.contact)} />
                  {one.excerpt && <Excerpt {...one.excerpt} />}
                </span>
                <span class={styles.stage}>
                  <Badge>
                    <bdi>{stageName(one.stageId)}</bdi>
                  </Badge>
                </span>
                <span class={styles.soft}>{one.ownerId === null ? '' : nameOf(one.ownerId)}</span>
                <span class={styles.soft} data-late={isLate(one, screenClock.value) || undefined}>
                  {one.expectedCloseOn !== null && shortDates(one.expectedCloseOn, one.expectedCloseOn)}
                </span>
                <span class={styles.amount}>
                  {amountText(one)}
                  {status === 'open' && <span class={styles.soft}>{formatPercent(one.probability / 100)}</span>}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {pages.hasMore && (
        <Button isBusy={pages.phase === 'loading'} onClick={pages.loadMore}>
          {t('action.more')}
        </Button>
      )}
    </div>
  );
}
