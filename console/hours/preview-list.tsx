import { useState } from 'preact/hooks';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { wholeDate } from './date-words.ts';
import styles from './hours-preview.module.css';
import type { ShownDay } from './preview-days.ts';

const FIRST_DAYS = 14;

/** The same days one below the other, where there is no room for a month. */
export function PreviewList({ days }: { days: readonly ShownDay[] }) {
  const [isWhole, setIsWhole] = useState(false);
  return (
    <>
      <ul class={styles.list}>
        {(isWhole ? days : days.slice(0, FIRST_DAYS)).map(({ date, hours, level, marks }) => (
          <li key={date} data-level={level} data-date={date}>
            <span class={styles.name}>{wholeDate(date)}</span>
            <span>{hours}</span>
            {marks.length > 0 && (
              <span class={styles.soft}>
                <bdi>{marks.map(({ name }) => name).join(', ')}</bdi>
              </span>
            )}
          </li>
        ))}
      </ul>
      {!isWhole && days.length > FIRST_DAYS && (
        <Button onClick={() => setIsWhole(true)}>{t('hours.allDays', { count: days.length })}</Button>
      )}
    </>
  );
}
