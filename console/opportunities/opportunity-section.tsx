import { useSignalEffect } from '@preact/signals';
import { useRef, useState } from 'preact/hooks';
import type { Agent } from '../../shared/agent.ts';
import type { LostReasonList, Opportunity, OpportunityPage } from '../../shared/opportunity.ts';
import type { FileSectionProps } from '../contacts/file-section.ts';
import { SectionHead } from '../contacts/section-head.tsx';
import { shortDates } from '../hours/date-words.ts';
import rowStyles from '../purchases/purchase-section.module.css';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { timelineNews } from '../timeline/file-news.ts';
import { amountText } from '../ui/amount.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { OneLine } from '../ui/one-line.tsx';
import { screenClock } from '../ui/screen-clock.ts';
import { useRemote, useRemotePages } from '../ui/use-remote.ts';
import { knownPipelines } from './known-pipelines.ts';
import { OpportunityDialog } from './opportunity-dialog.tsx';
import { isLate, opportunityName } from './opportunity-words.ts';

const nothing = { ok: true as const, data: { items: [] } };

/** What may be sold to a person, and what was or was not. */
export function OpportunitySection({ http, contact, isPage, may }: FileSectionProps) {
  const [turn, setTurn] = useState(0);
  const [open, setOpen] = useState<'new' | Opportunity | null>(null);
  const pages = useRemotePages<Opportunity>(
    (cursor) => http.get<OpportunityPage>('/opportunities', { contactId: contact.id, limit: isPage ? 20 : 5, cursor: cursor ?? undefined }),
    [contact.id, turn],
  );
  const pipelines = useRemote(() => knownPipelines(http), []);
  const isFirst = useRef(true);
  useSignalEffect(() => {
    const { contactId, room } = timelineNews.value;
    if (isFirst.current) isFirst.current = false;
    else if (contactId === null || (contactId === contact.id && room === 'opportunity')) setTurn((held) => held + 1);
  });
  // Only who opens one needs these.
  const isOpen = open !== null;
  const agents = useRemote(async () => (isOpen ? http.get<{ items: Agent[] }>('/agents') : nothing), [isOpen]);
  const reasons = useRemote(async () => (isOpen ? http.get<Pick<LostReasonList, 'items'>>('/lost-reasons') : nothing), [isOpen]);
  const used = (pipelines.value?.items ?? []).filter(({ archivedAt }) => archivedAt === null);
  const mayEdit = may('opportunities:edit') && contact.erasedAt === undefined;
  // A business that sells without pipelines is not told of them in every file.
  if (used.length === 0 && pages.items.length === 0 && !pages.error) return null;
  const stageName = (stageId: string) => used.flatMap(({ stages }) => stages).find(({ id }) => id === stageId)?.name ?? '';
  return (
    <section class={[rowStyles.section, !isPage && rowStyles.beside].filter(Boolean).join(' ')} aria-label={t('opportunities.title')}>
      <SectionHead
        title={t('opportunities.title')}
        add={mayEdit && used.length > 0 ? { label: t('opportunities.add'), onClick: () => setOpen('new') } : null}
        isPage={isPage}
      />
      {pages.error && (
        <p class={rowStyles.problem} role="alert">
          {errorText(pages.error)}{' '}
          <Button size="small" onClick={pages.loadMore}>
            {t('action.retry')}
          </Button>
        </p>
      )}
      {pages.phase === 'idle' && pages.items.length === 0 && !pages.error && <p class={rowStyles.soft}>{t('opportunities.noneOf')}</p>}
      {pages.items.length > 0 && (
        <ul class={rowStyles.rows}>
          {pages.items.map((one) => (
            <li key={one.id}>
              <button type="button" class={rowStyles.row} onClick={() => setOpen(one)}>
                <span class={rowStyles.main}>
                  <OneLine class={rowStyles.name} text={opportunityName(one)} />
                  <span class={rowStyles.facts}>
                    {one.status === 'open' && <bdi>{stageName(one.stageId)}</bdi>}
                    {one.status === 'open' && one.expectedCloseOn !== null && (
                      <span data-late={isLate(one, screenClock.value) || undefined}>
                        {shortDates(one.expectedCloseOn, one.expectedCloseOn)}
                      </span>
                    )}
                  </span>
                </span>
                <span class={rowStyles.side}>
                  <span class={rowStyles.amount}>{amountText(one)}</span>
                  {one.status !== 'open' && (
                    <Badge tone={one.status === 'won' ? 'green' : 'neutral'}>{t(`opportunities.${one.status}`)}</Badge>
                  )}
                </span>
              </button>
            </li>
          ))}
        </ul>
      )}
      {pages.hasMore && (
        <Button size="small" look="quiet" isBusy={pages.phase === 'loading'} onClick={pages.loadMore}>
          {t('action.more')}
        </Button>
      )}
      {open && agents.value && reasons.value && (
        <OpportunityDialog
          key={open === 'new' ? 'new' : open.id}
          http={http}
          pipelines={used}
          sellers={agents.value.items}
          opportunity={open === 'new' ? null : open}
          begun={{ contact: { id: contact.id, name: contact.name } }}
          reasons={reasons.value.items}
          mayEdit={mayEdit}
          maySeeDocuments
          onChanged={() => setTurn((held) => held + 1)}
          onClose={() => setOpen(null)}
        />
      )}
    </section>
  );
}
