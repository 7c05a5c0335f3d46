import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import type { Desk } from './desk.ts';
import styles from './news-mark.module.css';

/** Stands in the heading, where it moves no row: how many wait to be let into the list that is held still. */
export function NewsMark({ desk }: { desk: Desk }) {
  const news = desk.list.held.value;
  if (!news) return null;
  return (
    <Button class={styles.news} size="small" onClick={news.letIn}>
      {t('list.new', { count: news.count })}
    </Button>
  );
}
