import { useEffect, useMemo, useState } from 'preact/hooks';
import type { Inbox } from '../../shared/inbox.ts';
import type { QuestionGroup, QuestionPage } from '../../shared/question.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { PageFrame } from '../ui/page-frame.tsx';
import { screenClock } from '../ui/screen-clock.ts';
import { Skeleton } from '../ui/skeleton.tsx';
import { useRemote, useRemotePages } from '../ui/use-remote.ts';
import { createGroupActions } from './group-actions.ts';
import { QuestionDetails } from './question-details.tsx';
import { firstFilter, periodOf } from './question-filter.ts';
import { QuestionFilters } from './question-filters.tsx';
import { QuestionRow } from './question-row.tsx';
import styles from './questions-page.module.css';
import { SingleQuestions } from './single-questions.tsx';
import { useRowFocus } from './use-row-focus.ts';
import { updatedText } from './wait-text.ts';

const LOOK_AGAIN_MS = 30_000;
const PAGE = 50;

interface QuestionsPageProps {
  http: Http;
  agentId: string;
  /** Decide about groups, and make answers of them. */
  mayChange: boolean;
}

/** What visitors keep asking, without anybody reading it all: the most frequent first, those without an automatic answer before the others. */
export function QuestionsPage({ http, agentId, mayChange }: QuestionsPageProps) {
  const [filter, setFilter] = useState(() => firstFilter(Date.now()));
  const [stamp, setStamp] = useState(0);
  const [facts, setFacts] = useState<Omit<QuestionPage, 'items' | 'next'> | null>(null);
  const [openId, setOpenId] = useState<string | null>(null);
  const [chosen, setChosen] = useState<ReadonlySet<string>>(new Set());
  const inboxes = useRemote(() => http.get<{ items: Pick<Inbox, 'id' | 'name'>[] }>('/views/inboxes'), []).value?.items ?? [];
  const actions = useMemo(() => createGroupActions(http, () => setStamp((turn) => turn + 1)), [http]);
  const asked = { inboxId: filter.inboxId || undefined, language: filter.language || undefined };
  const { from, to } = periodOf(filter, Date.now());
  const isWrong = !(from < to);
  const pages = useRemotePages<QuestionGroup>(
    async (cursor) => {
      const query = { ...asked, from, to, sort: filter.sort, show: filter.show, limit: PAGE, cursor: cursor ?? undefined };
      const reply = await http.get<QuestionPage>('/questions', query);
      if (reply.ok) setFacts(reply.data);
      return reply;
    },
    [from, to, filter.inboxId, filter.language, filter.sort, filter.show, stamp, isWrong],
  );
  const isShort = pages.items.length <= PAGE;
  // What is looked at further down does not move away under the eyes.
  useEffect(() => {
    if (!isShort || chosen.size > 0) return;
    const timer = setInterval(() => document.visibilityState === 'visible' && setStamp((turn) => turn + 1), LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [isShort, chosen.size]);

  const most = Math.max(1, ...pages.items.map(({ count }) => count));
  const merging = pages.items.filter(({ id }) => chosen.has(id));
  const isEmpty = pages.phase === 'idle' && !pages.error && pages.items.length === 0;
  const choose = (id: string, isChosen: boolean) => {
    const next = new Set(chosen);
    if (isChosen) next.add(id);
    else next.delete(id);
    setChosen(next);
  };
  const rows = useRowFocus();
  return (
    <PageFrame title={t('questions.title')} width="wide">
      {facts && <p class={styles.state}>{stateText(facts)}</p>}
      <QuestionFilters filter={filter} inboxes={inboxes} onFilter={setFilter} />
      {pages.error && (
        <EmptyState icon="circle-alert" tone="problem" title={errorText(pages.error)}>
          <Button onClick={pages.loadMore}>{t('action.retry')}</Button>
        </EmptyState>
      )}
      {pages.phase === 'loading' && pages.items.length === 0 && <Skeleton rows={6} label={t('state.loading')} />}
      {isEmpty && <Nothing isIgnored={filter.show === 'ignored'} single={facts?.single ?? 0} isReading={facts?.isReading ?? false} />}
      <ul ref={rows.list} class={styles.list} aria-label={t('questions.title')} onClickCapture={(event) => rows.acted(event.target)}>
        {pages.items.map((group) => (
          <QuestionRow
            key={group.id}
            group={group}
            most={most}
            isOpen={openId === group.id}
            onToggle={() => setOpenId(openId === group.id ? null : group.id)}
            isChosen={mayChange ? chosen.has(group.id) : null}
            onChoose={(isChosen) => choose(group.id, isChosen)}
          >
            {facts && (
              <QuestionDetails
                {...{ http, agentId, group, actions, mayChange }}
                asked={asked}
                firstDay={facts.firstDay}
                lastDay={facts.lastDay}
              />
            )}
          </QuestionRow>
        ))}
      </ul>
      {pages.hasMore && (
        <div class={styles.more}>
          <Button isBusy={pages.phase === 'loading'} onClick={pages.loadMore}>
            {t('action.more')}
          </Button>
        </div>
      )}
      {facts && facts.single > 0 && filter.show === 'open' && (
        <SingleQuestions http={http} count={facts.single} from={from} to={to} asked={asked} />
      )}
      {facts && (
        <footer class={styles.foot}>
          {filter.show === 'ignored' ? (
            <Button size="small" look="quiet" icon="arrow-left" onClick={() => setFilter({ ...filter, show: 'open' })}>
              {t('questions.showOpen')}
            </Button>
          ) : (
            facts.ignored > 0 && (
              <Button size="small" look="quiet" icon="eye-off" onClick={() => setFilter({ ...filter, show: 'ignored' })}>
                {t('questions.showIgnored', { count: facts.ignored })}
              </Button>
            )
          )}
        </footer>
      )}
      {merging.length > 1 && (
        <section class={styles.bulk} aria-label={t('questions.chosen', { count: merging.length })}>
          <span>{t('questions.chosen', { count: merging.length })}</span>
          <Button
            look="primary"
            onClick={() => {
              void actions.merge(merging);
              rows.acted(rowOf(merging));
              setChosen(new Set());
            }}
          >
            {t('questions.merge')}
          </Button>
          <Button
            onClick={() => {
              rows.acted(rowOf(merging));
              setChosen(new Set());
            }}
          >
            {t('action.cancel')}
          </Button>
        </section>
      )}
    </PageFrame>
  );
}

function rowOf([first]: readonly QuestionGroup[]): Element | null {
  return document.querySelector(`[data-group="${first?.id}"]`);
}

/** "Updated 3 minutes ago · 1,204 questions in 3,100 conversations" */
function stateText({ updatedAt, questions, conversations, isReading }: Omit<QuestionPage, 'items' | 'next'>): string {
  const parts = [t('questions.total', { count: questions }), t('questions.conversations', { count: conversations })];
  if (updatedAt !== null) parts.unshift(updatedText(updatedAt, screenClock.value));
  if (isReading) parts.push(t('questions.reading'));
  return parts.join(' · ');
}

function Nothing({ isIgnored, single, isReading }: { isIgnored: boolean; single: number; isReading: boolean }) {
  if (isIgnored) return <EmptyState icon="eye-off" title={t('questions.nothingIgnored')} />;
  if (isReading) return <EmptyState icon="clock" title={t('questions.reading')} text={t('questions.readingText')} />;
  return (
    <EmptyState
      icon="circle-question-mark"
      title={t('questions.empty')}
      text={single > 0 ? t('questions.emptySingle', { count: single }) : t('questions.emptyText')}
    />
  );
}
