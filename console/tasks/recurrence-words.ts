/** How often something comes again, in a sentence. */
import type { Recurrence } from '../../shared/recurrence.ts';
import { t } from '../texts/texts.ts';
import { locale } from '../ui/format.ts';

/** A Monday. */
const MONDAY_MS = Date.UTC(2024, 0, 1, 12);
const DAY_MS = 86_400_000;

/** 1 Monday to 7 Sunday. */
export function weekdayName(day: number, width: 'long' | 'short'): string {
  return new Intl.DateTimeFormat(locale.value, { weekday: width, timeZone: 'UTC' }).format(MONDAY_MS + (day - 1) * DAY_MS);
}

export function recurrenceWords(rule: Recurrence): string {
  const { unit, every, weekdays, weekStartsOn, isMonthEnd, until, count, isOnWorkingDays } = rule;
  const days = (weekdays ?? []).toSorted((one, other) => ((one - weekStartsOn + 7) % 7) - ((other - weekStartsOn + 7) % 7));
  const parts = [t(`todo.every.${unit}`, { count: every })];
  if (days.length > 0) {
    parts[0] = t('todo.onDays', { often: parts[0] ?? '', days: listOf(days.map((day) => weekdayName(day, 'long'))) });
  }
  if (isMonthEnd) parts.push(t('todo.onMonthEnd'));
  if (isOnWorkingDays) parts.push(t('todo.onWorkingDays'));
  if (typeof until === 'number') {
    parts.push(t('todo.until', { day: new Intl.DateTimeFormat(locale.value, { dateStyle: 'medium' }).format(until) }));
  }
  if (typeof count === 'number') parts.push(t('todo.times', { count }));
  return parts.join(t('todo.comma'));
}

function listOf(words: readonly string[]): string {
  return new Intl.ListFormat(locale.value, { type: 'conjunction' }).format(words);
}
