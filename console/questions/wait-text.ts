import { t } from '../texts/texts.ts';
import { formatWait } from '../ui/format.ts';

const MINUTE_MS = 60_000;

/** "within a minute", "after 3h". */
export function answeredAfter(ms: number): string {
  return ms < MINUTE_MS ? t('questions.withinMinute') : t('questions.after', { wait: formatWait(ms) });
}
