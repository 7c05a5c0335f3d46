import { signal } from '@preact/signals';

/** BCP 47 tag that every format here follows. Set by whoever owns the language of the interface. */
export const locale = signal('en');

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

const formats = new Map<string, Intl.DateTimeFormat | Intl.NumberFormat | Intl.RelativeTimeFormat>();

/** Making an Intl format costs a hundred times more than using one. */
function kept<Format extends Intl.DateTimeFormat | Intl.NumberFormat | Intl.RelativeTimeFormat>(
  key: string,
  make: (tag: string) => Format,
): Format {
  const tag = locale.value;
  const held = formats.get(tag + key) ?? make(tag);
  formats.set(tag + key, held);
  return held as Format;
}

export function formatNumber(value: number): string {
  return kept('number', (tag) => new Intl.NumberFormat(tag)).format(value);
}

/** "14:05" */
export function formatTime(at: number): string {
  return kept('time', (tag) => new Intl.DateTimeFormat(tag, { hour: 'numeric', minute: '2-digit' })).format(at);
}

/** The whole moment, for a tooltip. */
export function formatMoment(at: number): string {
  return kept('moment', (tag) => new Intl.DateTimeFormat(tag, { dateStyle: 'full', timeStyle: 'short' })).format(at);
}

/** "12 March 2026" */
export function formatDate(at: number): string {
  return kept('date', (tag) => new Intl.DateTimeFormat(tag, { dateStyle: 'medium' })).format(at);
}

/** "Today", "Yesterday", "Monday", "12 March", "12 March 2024". */
export function formatDay(at: number, now: number): string {
  const days = daysBetween(at, now);
  if (days === 0 || days === 1)
    return capitalized(kept('days', (tag) => new Intl.RelativeTimeFormat(tag, { numeric: 'auto' })).format(-days, 'day'));
  if (days > 1 && days < 7) return kept('weekday', (tag) => new Intl.DateTimeFormat(tag, { weekday: 'long' })).format(at);
  if (isSameYear(at, now)) return kept('day', (tag) => new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'long' })).format(at);
  return kept('year', (tag) => new Intl.DateTimeFormat(tag, { dateStyle: 'long' })).format(at);
}

/** As short as a list row allows: "now", "5m", "14:05", "Tue", "12 Mar", "12/3/24". */
export function formatAgo(at: number, now: number): string {
  const passedMs = now - at;
  if (passedMs < HOUR_MS) return formatWait(Math.max(0, passedMs));
  const days = daysBetween(at, now);
  if (days <= 0) return formatTime(at);
  if (days < 7) return kept('short-weekday', (tag) => new Intl.DateTimeFormat(tag, { weekday: 'short' })).format(at);
  if (isSameYear(at, now)) return kept('short-day', (tag) => new Intl.DateTimeFormat(tag, { day: 'numeric', month: 'short' })).format(at);
  return kept('short-date', (tag) => new Intl.DateTimeFormat(tag, { dateStyle: 'short' })).format(at);
}

/** A moment to come, as short as what matters of it: "14:05", "Tue 09:00", "12 Mar, 09:00". */
export function formatSoon(at: number, now: number): string {
  const days = -daysBetween(at, now);
  if (days <= 0) return formatTime(at);
  const day: Intl.DateTimeFormatOptions = days < 7 ? { weekday: 'short' } : { day: 'numeric', month: 'short' };
  const name = days < 7 ? 'soon-weekday' : 'soon-day';
  return kept(name, (tag) => new Intl.DateTimeFormat(tag, { ...day, hour: 'numeric', minute: '2-digit' })).format(at);
}

/** A length of time in its largest whole unit: "now", "5m", "3h", "2d". */
export function formatWait(ms: number): string {
  if (ms < MINUTE_MS) return kept('now', (tag) => new Intl.RelativeTimeFormat(tag, { numeric: 'auto' })).format(0, 'second');
  if (ms < HOUR_MS) return unit(Math.floor(ms / MINUTE_MS), 'minute');
  if (ms < DAY_MS) return unit(Math.floor(ms / HOUR_MS), 'hour');
  return unit(Math.floor(ms / DAY_MS), 'day');
}

/** A length of time in words, in the largest unit that it fills exactly: "30 seconds", "3 minutes", "3 days". */
export function formatSpan(ms: number): string {
  const seconds = Math.round(ms / 1_000);
  const fits = (size: number) => seconds >= size && seconds % size === 0;
  if (fits(86_400)) return span(seconds / 86_400, 'day');
  if (fits(3_600)) return span(seconds / 3_600, 'hour');
  return fits(60) ? span(seconds / 60, 'minute') : span(seconds, 'second');
}

function span(value: number, unit: 'day' | 'hour' | 'minute' | 'second'): string {
  return kept(`long-${unit}`, (tag) => new Intl.NumberFormat(tag, { style: 'unit', unit, unitDisplay: 'long' })).format(value);
}

/** "80%" of a share from 0 to 1. */
export function formatPercent(share: number): string {
  return kept('percent', (tag) => new Intl.NumberFormat(tag, { style: 'percent' })).format(share);
}

/** A length of time as a running clock: "0:07", "12:30", "1:02:30". Reads from left to right in every language. */
export function formatClock(ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60];
  const two = (value: number) => String(value).padStart(2, '0');
  return hours > 0 ? `${hours}:${two(minutes)}:${two(seconds % 60)}` : `${minutes}:${two(seconds % 60)}`;
}

/** A country by its two letters, in the language of the screen. */
export function formatCountry(code: string): string {
  return nameOf('region', code) ?? code;
}

/** A language by its tag, in the language of the screen. */
export function formatLanguage(tag: string): string {
  return nameOf('language', tag) ?? tag;
}

function nameOf(type: 'region' | 'language', code: string): string | undefined {
  try {
    return new Intl.DisplayNames(locale.value, { type }).of(code);
  } catch {
    // What a browser calls its language is not always one.
    return undefined;
  }
}

function unit(value: number, name: 'minute' | 'hour' | 'day'): string {
  return kept(name, (tag) => new Intl.NumberFormat(tag, { style: 'unit', unit: name, unitDisplay: 'narrow' })).format(value);
}

/** Calendar days, in the browser's time zone, by which `at` lies before `now`. */
export function daysBetween(at: number, now: number): number {
  return Math.round((startOfDay(now) - startOfDay(at)) / DAY_MS);
}

function startOfDay(at: number): number {
  return new Date(at).setHours(0, 0, 0, 0);
}

function capitalized(text: string): string {
  return text.charAt(0).toLocaleUpperCase(locale.value) + text.slice(1);
}

function isSameYear(a: number, b: number): boolean {
  return new Date(a).getFullYear() === new Date(b).getFullYear();
}
