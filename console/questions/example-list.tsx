import type { QuestionExample } from '../../shared/question.ts';
import { contactName } from '../contacts/contact-name.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import type { useRemotePages } from '../ui/use-remote.ts';
import styles from './question-details.module.css';
import { answeredAfter } from './wait-text.ts';

interface ExampleListProps {
  title: string;
  pages: ReturnType<typeof useRemotePages<QuestionExample>>;
  /** Null where nothing can be taken out. */
  chosen: ReadonlySet<string> | null;
  onChoose: (chosen: ReadonlySet<string>) => void;
  onSplit: () => void;
}

/** Who asked it in which words; each leads to its conversation. */
export function ExampleList({ title, pages, chosen, onChoose, onSplit }: ExampleListProps) {
  const toggle = (id: string) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    onChoose(next);
  };
  return (
    <section class={styles.examples} aria-label={title}>
      <header class={styles.examplesHead}>
        <h2>{title}</h2>
        {chosen && chosen.size > 0 && (
          <Button size="small" onClick={onSplit}>
            {t('questions.split', { count: chosen.size })}
          </Button>
        )}
      </header>
      {pages.error && (
        <EmptyState icon="circle-alert" tone="problem" title={errorText(pages.error)}>
          <Button onClick={pages.loadMore}>{t('action.retry')}</Button>
        </EmptyState>
      )}
      {pages.phase === 'loading' && pages.items.length === 0 && <Skeleton rows={3} label={t('state.loading')} />}
      {pages.phase === 'idle' && !pages.error && pages.items.length === 0 && <p class={styles.soft}>{t('questions.noExamples')}</p>}
      <ul class={styles.list}>
        {pages.items.map((example) => (
          <li key={example.id} class={styles.example}>
            {chosen && (
              <label class={styles.choice}>
                <input type="checkbox" checked={chosen.has(example.id)} onChange={() => toggle(example.id)} />
                <span class="visually-hidden">{t('questions.chooseExample', { text: example.text })}</span>
              </label>
            )}
            <a class={styles.said} href={`/console/conversations/${example.conversationId}?message=${example.seq}`}>
              <span class={styles.text}>
                <bdi>{example.text}</bdi>
              </span>
              <span class={styles.soft}>
                <bdi>{contactName(example.contact)}</bdi> · <RelativeTime at={example.askedAt} /> · {outcomeOf(example)}
              </span>
            </a>
          </li>
        ))}
      </ul>
      {pages.hasMore && (
        <Button size="small" isBusy={pages.phase === 'loading'} onClick={pages.loadMore}>
          {t('action.more')}
        </Button>
      )}
    </section>
  );
}

function outcomeOf({ answeredBy, waitMs }: QuestionExample): string {
  if (answeredBy === null) return t('questions.notAnswered');
  const after = answeredAfter(waitMs ?? 0);
  return answeredBy.kind === 'bot'
    ? t('questions.botAfter', { after })
    : t('questions.agentAfter', { name: answeredBy.name ?? t('questions.someone'), after });
}
