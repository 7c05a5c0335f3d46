import { useState } from 'preact/hooks';
import type { QuestionExample } from '../../shared/question.ts';
import type { Http } from '../http.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { useRemotePages } from '../ui/use-remote.ts';
import { ExampleList } from './example-list.tsx';
import styles from './question-details.module.css';

interface SingleQuestionsProps {
  http: Http;
  count: number;
  from: number;
  to: number;
  asked: { inboxId?: string | undefined; language?: string | undefined };
}

/** What nobody else has asked, the latest first: it stands at the end, and opens to its conversations like everything that is counted. */
export function SingleQuestions({ count, ...wanted }: SingleQuestionsProps) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <section class={styles.single} aria-label={t('questions.single', { count })}>
      <Button
        size="small"
        look="quiet"
        icon={isOpen ? 'chevron-up' : 'chevron-down'}
        aria-expanded={isOpen}
        onClick={() => setIsOpen(!isOpen)}
      >
        {t('questions.single', { count })}
      </Button>
      {isOpen && <List {...wanted} />}
    </section>
  );
}

function List({ http, from, to, asked }: Omit<SingleQuestionsProps, 'count'>) {
  const pages = useRemotePages<QuestionExample>(
    (cursor) => http.get('/questions/single/examples', { ...asked, from, to, limit: 20, cursor: cursor ?? undefined }),
    [from, to, asked.inboxId, asked.language],
  );
  return <ExampleList title={t('questions.examples')} pages={pages} chosen={null} onChoose={() => undefined} onSplit={() => undefined} />;
}
