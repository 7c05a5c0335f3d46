import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { screenClock } from '../ui/screen-clock.ts';
import { Skeleton } from '../ui/skeleton.tsx';
import { useMedia } from '../ui/use-media.ts';
import { weekOrder } from './clock-words.ts';
import { type HoursDraft, rulesOf, tidyDraft } from './hours-draft.ts';
import { useHoursForm } from './hours-form.ts';
import styles from './hours-preview.module.css';
import { rulesSentence, stateWords } from './hours-summary.ts';
import { monthsOf, shownDays } from './preview-days.ts';
import { PreviewList } from './preview-list.tsx';
import { PreviewMonth } from './preview-month.tsx';
import { useHoursPreview } from './use-hours-preview.ts';

/** What the draft means: in a sentence, and day by day. */
export function HoursPreviewPanel({ draft }: { draft: HoursDraft }) {
  const { http } = useHoursForm();
  const rules = rulesOf(tidyDraft(draft));
  const { value, error, isOld, retry } = useHoursPreview(http, rules);
  const isNarrow = useMedia('(max-width: 640px)');
  const now = screenClock.value;
  const days = value ? shownDays(value.days, rules.timeZone) : [];
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: beside the form it scrolls by itself, by keyboard, too
    <section class={styles.preview} aria-labelledby="hours-preview" aria-busy={isOld || undefined} tabIndex={0}>
      <h2 id="hours-preview">{t('hours.preview')}</h2>
      <div class={styles.words} aria-live="polite">
        <p>{rulesSentence(rules, now)}</p>
        {value && !error && <p class={styles.soft}>{stateWords(value.now, rules.timeZone, now)}</p>}
      </div>
      {error && (
        <p class={styles.problem} role="alert">
          {error.code === 'invalid' ? t('hours.previewWaits') : errorText(error)}{' '}
          {error.code !== 'invalid' && (
            <Button size="small" onClick={retry}>
              {t('action.retry')}
            </Button>
          )}
        </p>
      )}
      {!value && !error && <Skeleton rows={6} label={t('state.loading')} />}
      {value && isNarrow && <PreviewList days={days} />}
      {value && !isNarrow && monthsOf(days, weekOrder()).map((month) => <PreviewMonth key={month.date} month={month} week={weekOrder()} />)}
    </section>
  );
}
