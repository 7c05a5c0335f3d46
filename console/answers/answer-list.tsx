import { useEffect } from 'preact/hooks';
import { useLocation } from 'preact-iso';
import type { Answer } from '../../shared/automatic-answer.ts';
import type { AnswerNews } from '../canned/answer-news.ts';
import type { TagShelf } from '../canned/tag-shelf.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { showToast } from '../ui/toast.tsx';
import { type RemotePages, useRemotePages } from '../ui/use-remote.ts';
import { type AnswerFilter, AnswerFilters, isNarrowed } from './answer-filters.tsx';
import styles from './answer-list.module.css';
import { libraryPath } from './answer-path.ts';
import { AnswerRow } from './answer-row.tsx';
import type { AnswerShelf } from './answer-shelf.ts';
import { AnswerTools } from './answer-tools.tsx';
import type { NamedInbox } from './answer-words.ts';
import { BegunAnswers } from './begun-answers.tsx';
import { PagesEnd } from './pages-end.tsx';
import { useAnswerNews } from './use-answer-news.ts';
import { useSettled } from './use-settled.ts';

interface AnswerListProps {
  http: Http;
  shelf: AnswerShelf;
  inboxes: readonly NamedInbox[];
  tags: TagShelf;
  filter: AnswerFilter;
  /** Another one after something was changed elsewhere. */
  stamp: unknown;
  news: AnswerNews | undefined;
  onFilter: (filter: AnswerFilter) => void;
  onBegin: () => void;
  onImport: () => void;
  onChanged: () => void;
}

const PAGE = 50;

/** All automatic answers, found by word, inbox, tag and state. */
export function AnswerList(props: AnswerListProps) {
  const { http, shelf, inboxes, tags, filter, stamp, news, onFilter, onBegin, onImport, onChanged } = props;
  const { route } = useLocation();
  const words = useSettled(filter.words.trim());
  const { inboxId, tag, isOn } = filter;
  const pages = useRemotePages<Answer>(
    (cursor) => http.get('/answers', { cursor: cursor ?? undefined, limit: PAGE, words, inboxId, tag, isOn }),
    [words, inboxId, tag, isOn, stamp],
  );
  const { items, phase, error } = pages;
  const isEmpty = phase === 'idle' && !error && items.length === 0;
  useEffect(() => shelf.dropEmpty(), [shelf]);
  const begun = shelf.all.value.filter(({ saved }) => saved.value === null);
  const isBare = isEmpty && !isNarrowed(filter) && begun.length === 0;
  useAnswerNews(news, (ids) => {
    if (ids === null) pages.reload();
    else for (const id of ids) void meet(http, id, pages, isNarrowed(filter));
    onChanged();
  });
  const turn = async (answer: Answer, next: boolean) => {
    const put = (fresh: Answer) => pages.patch((held) => held.map((one) => (one.id === fresh.id ? fresh : one)));
    put({ ...answer, isOn: next });
    const reply = await http.patch<Answer>(`/answers/${answer.id}`, { isOn: next });
    put(reply.ok ? reply.data : answer);
    if (!reply.ok)
      return showToast({ tone: 'problem', text: reply.error.code === 'invalid' ? t('answers.error.blank') : errorText(reply.error) });
    if (shelf.find(answer.id)) shelf.opened(reply.data);
    onChanged();
  };
  return (
    <Card title={t('settings.answers')} text={t('answers.hint')} action={<AnswerTools http={http} onBegin={onBegin} onImport={onImport} />}>
      {!isBare && <AnswerFilters filter={filter} inboxes={inboxes} tags={tags} onChange={onFilter} />}
      {isBare && (
        <EmptyState icon="message-square-text" title={t('answers.none')} text={t('answers.noneHint')}>
          <div class={styles.both}>
            {' '}
            <Button look="primary" icon="list-checks" onClick={() => route(libraryPath)}>
              {t('answers.openLibrary')}
            </Button>
            <Button onClick={onBegin}>{t('answers.writeOwn')}</Button>
          </div>{' '}
        </EmptyState>
      )}
      <BegunAnswers begun={begun} />
      {isEmpty && !isBare && <p class={styles.soft}>{t('answers.nothing')}</p>}
      <ul class={styles.rows} aria-label={t('settings.answers')} aria-busy={phase === 'loading'}>
        {items.map((answer) => (
          <AnswerRow
            key={answer.id}
            answer={answer}
            inboxes={inboxes}
            tags={tags}
            hasUnsaved={(shelf.find(answer.id)?.changed.value.length ?? 0) > 0}
            onTurn={(next) => void turn(answer, next)}
          />
        ))}
      </ul>
      {phase === 'loading' && items.length === 0 && <Skeleton rows={5} label={t('state.loading')} />}
      <PagesEnd pages={pages} />
    </Card>
  );
}

/** One that a colleague has made, changed or removed. */
async function meet(http: Http, id: string, pages: RemotePages<Answer>, isFiltered: boolean): Promise<void> {
  const reply = await http.get<Answer>(`/answers/${id}`);
  const isHere = pages.items.some((one) => one.id === id);
  if (!reply.ok && reply.error.code !== 'not-found') return;
  // Whether it belongs to what is looked for, the server knows.
  if (!isHere && reply.ok && isFiltered) return pages.reload();
  pages.patch((held, isWhole) => {
    if (!reply.ok) return held.filter((one) => one.id !== id);
    if (held.some((one) => one.id === id)) return held.map((one) => (one.id === id ? reply.data : one));
    return isWhole ? [...held, reply.data] : held;
  });
}
