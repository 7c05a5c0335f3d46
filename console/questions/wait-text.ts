import { t } from '../texts/texts.ts';
import { formatAgo, formatWait } from '../ui/format.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

/** "within a minute", "after 3h". */
export function answeredAfter(ms: number): string {
  return ms < MINUTE_MS ? t('questions.withinMinute') : t('questions.after', { wait: formatWait(ms) });
}

/** "Updated just now", "Updated 5m ago", "Updated 14:05". */
export function updatedText(at: number, now: number): string {
  if (now - at < MINUTE_MS) return t('questions.updatedNow');
  return now - at < HOUR_MS
    ? t('questions.updatedAgo', { wait: formatWait(now - at) })
    : t('questions.updated', { when: formatAgo(at, now) });
}
