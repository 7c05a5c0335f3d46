import { useRef, useState } from 'preact/hooks';
import { PROPOSALS_AT_ONCE_MAX, type Proposal, type ProposalPage, type ProposalStatus, proposalStatuses } from '../../shared/proposal.ts';
import type { Http } from '../http.ts';
import { t } from '../texts/texts.ts';
import { BackLink } from '../ui/back-link.tsx';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Segmented } from '../ui/segmented.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { useRemotePages } from '../ui/use-remote.ts';
import { answerPath } from './answer-path.ts';
import { PagesEnd } from './pages-end.tsx';
import { useDeciding } from './proposal-deciding.ts';
import { ProposalRow } from './proposal-row.tsx';
import styles from './proposals.module.css';

const PAGE = 50;

/** What agents' replies suggest: further phrasings, and new answers. Nothing of it is learnt before somebody here says so. */
export function ProposalsPage({ http }: { http: Http }) {
  const [status, setStatus] = useState<ProposalStatus>('open');
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const listRef = useRef<HTMLUListElement>(null);
  const pages = useRemotePages<Proposal>(
    (cursor) => http.get<ProposalPage>('/proposals', { status, cursor: cursor ?? undefined, limit: PAGE }),
    [status],
  );
  const { items, phase, error } = pages;
  const deciding = useDeciding(http, {
    take: (ids) => {
      const at = items.findIndex(({ id }) => ids.includes(id));
      pages.patch((held) => held.filter(({ id }) => !ids.includes(id)));
      setChosen((held) => new Set([...held].filter((id) => !ids.includes(id))));
      focusRow(listRef.current, at);
    },
    putBack: (some) => pages.patch((held) => [...some, ...held].sort((one, other) => other.lastAt - one.lastAt)),
  });
  const selectable = status === 'open' ? items.filter(({ answer }) => answer !== null).slice(0, PROPOSALS_AT_ONCE_MAX) : [];
  const marked = selectable.filter(({ id }) => chosen.has(id));
  const isAll = selectable.length > 0 && marked.length === selectable.length;
  const choose = (id: string, isChosen: boolean) =>
    setChosen((held) => new Set(isChosen ? [...held, id] : [...held].filter((other) => other !== id)));

  return (
    <>
      <BackLink href={answerPath()}>{t('proposals.back')}</BackLink>
      <Card title={t('proposals.title')} text={t('proposals.hint')}>
        <div class={styles.bar}>
          <Segmented<ProposalStatus>
            label={t('proposals.which')}
            value={status}
            options={proposalStatuses.map((value) => ({ value, label: t(`proposals.status.${value}`) }))}
            onChoose={(next) => {
              setChosen(new Set());
              setStatus(next);
            }}
          />
          {selectable.length > 0 && (
            <label class={styles.all}>
              <input type="checkbox" checked={isAll} onChange={() => setChosen(new Set(isAll ? [] : selectable.map(({ id }) => id)))} />
              {t('proposals.all')}
            </label>
          )}
          {marked.length > 0 && (
            <span class={styles.many}>
              <Button look="primary" icon="check" onClick={() => void deciding.decide(marked, 'approve')}>
                {t('proposals.approveMany', { count: marked.length })}
              </Button>
              <Button onClick={() => void deciding.decide(marked, 'refuse')}>{t('proposals.refuseMany', { count: marked.length })}</Button>
            </span>
          )}
        </div>
        {phase === 'loading' && items.length === 0 && <Skeleton rows={4} label={t('state.loading')} />}
        {phase === 'idle' && !error && items.length === 0 && (
          <EmptyState
            icon="lightbulb"
            title={t(`proposals.none.${status}`)}
            {...(status === 'open' && { text: t('proposals.noneHint') })}
          />
        )}
        <ul ref={listRef} class={styles.rows} aria-label={t('proposals.title')} aria-busy={phase === 'loading'}>
          {items.map((proposal) => (
            <ProposalRow
              key={proposal.id}
              proposal={proposal}
              isChosen={proposal.answer && status === 'open' ? chosen.has(proposal.id) : null}
              onChoose={(isChosen) => choose(proposal.id, isChosen)}
              deciding={deciding}
            />
          ))}
        </ul>
        <PagesEnd pages={pages} />
      </Card>
    </>
  );
}

/** Whoever decides one after the other stays in the list: the next row's first button has the focus. */
function focusRow(list: HTMLUListElement | null, at: number): void {
  if (!list?.contains(document.activeElement)) return;
  requestAnimationFrame(() => {
    const row = list.children[Math.min(at, list.children.length - 1)];
    const target = row?.querySelector<HTMLElement>('[data-first]') ?? document.querySelector<HTMLElement>('main h2');
    target?.focus();
  });
}
