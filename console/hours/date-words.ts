/** Days of the calendar (2026-09-12) in the language of the screen. */
import { language } from '../texts/texts.ts';

/** A day without a time zone, as if it were UTC's. */
export const utcOf = (date: string): number => Date.parse(`${date}T00:00:00Z`);

/** "12 September 2026", "12–14 September 2026" */
export function dateRange(from: string, to: string): string {
  const format = dateFormat({ dateStyle: 'medium' });
  return from === to ? format.format(utcOf(from)) : format.formatRange(utcOf(from), utcOf(to));
}

/** "Saturday, 12 September" */
export function wholeDate(date: string): string {
  return dateFormat({ weekday: 'long', day: 'numeric', month: 'long' }).format(utcOf(date));
}

/** "12 Sep", "12–14 Sep" */
export function shortDates(from: string, to: string): string {
  const format = dateFormat({ day: 'numeric', month: 'short' });
  return from === to ? format.format(utcOf(from)) : format.formatRange(utcOf(from), utcOf(to));
}

/** "September 2026" */
export function monthName(date: string): string {
  return dateFormat({ month: 'long', year: 'numeric' }).format(utcOf(date));
}

function dateFormat(options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return new Intl.DateTimeFormat(language.value, { ...options, timeZone: 'UTC' });
}
