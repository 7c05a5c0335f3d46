/** Days of the week and times of the day in the language of the screen. Times run from left to right in every language. */
import type { HoursSpan } from '../../shared/business-hours.ts';
import { language } from '../texts/texts.ts';

const DAY_MINUTES = 24 * 60;
const FIRST_SUNDAY = Date.UTC(2023, 0, 1);
const DAY_MS = 86_400_000;

/** "09:30" */
export function clockTime(minutes: number): string {
  const ofDay = minutes > DAY_MINUTES ? minutes - DAY_MINUTES : minutes;
  return `${String(Math.floor(ofDay / 60)).padStart(2, '0')}:${String(ofDay % 60).padStart(2, '0')}`;
}

/** "9–13, 16–20"; in Hebrew, unless it has to be `tight`, "9:00–13:00, 16:00–20:00". */
export function briefSpans(spans: readonly HoursSpan[], isTight = language.value === 'en'): string {
  return spans.map(({ from, to }) => `\u2066${briefTime(from, isTight)}–${briefTime(to, isTight)}\u2069`).join(', ');
}

function briefTime(minutes: number, isTight: boolean): string {
  const [hours, rest] = clockTime(minutes).split(':');
  return isTight && rest === '00' ? String(Number(hours)) : `${Number(hours)}:${rest}`;
}

/** Minutes since midnight that the clock shows there. */
export function clockMinutes(at: number, timeZone: string): number {
  const shown = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone }).format(at);
  const [hours, minutes] = shown.split(':').map(Number);
  return (hours ?? 0) * 60 + (minutes ?? 0);
}

/** `day` counts from Sunday, 0. */
export function weekdayName(day: number, style: 'long' | 'short' | 'narrow' = 'long'): string {
  return new Intl.DateTimeFormat(language.value, { weekday: style, timeZone: 'UTC' }).format(FIRST_SUNDAY + day * DAY_MS);
}

/** A name that leaves room for hours beside it: "Sunday", in Hebrew the letter that everybody says. */
export function summaryDayName(day: number): string {
  return weekdayName(day, language.value === 'he' ? 'narrow' : 'long');
}

/** The days of a week, Sunday 0, in the order of the reader's country. */
export function weekOrder(tags: readonly string[] = navigator.languages): number[] {
  const tag = tags.find((one) => one.startsWith(language.value)) ?? language.value;
  const first = firstDayOf(tag) % 7;
  return Array.from({ length: 7 }, (_, place) => (first + place) % 7);
}

/** 1 is Monday, 7 Sunday. */
function firstDayOf(tag: string): number {
  const locale = new Intl.Locale(tag) as Intl.Locale & { getWeekInfo?: () => { firstDay: number }; weekInfo?: { firstDay: number } };
  return (locale.getWeekInfo?.() ?? locale.weekInfo)?.firstDay ?? 7;
}

/** "2026-10-25", as it is there. */
export function localDate(at: number, timeZone: string): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(at);
}
