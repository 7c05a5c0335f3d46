/** Days of a preview as they are read: hours on the clock of the business, months, and days that are named. */
import type { HoursPreviewDay, HoursSpan } from '../../shared/business-hours.ts';
import { language, t } from '../texts/texts.ts';
import { briefSpans, clockMinutes } from './clock-words.ts';
import { utcOf } from './date-words.ts';

const HOUR_MS = 3_600_000;
const DAY_MINUTES = 24 * 60;

export interface ShownDay {
  date: string;
  /** "9–13, 16–20", "Closed" */
  hours: string;
  /** One a line, as short as it goes. */
  lines: string[];
  /** 0 is closed, 3 a long day. */
  level: 0 | 1 | 2 | 3;
  /** What makes it another day than others, the deciding one first. */
  marks: { name: string; isShabbat: boolean; isDeciding: boolean }[];
}

export function shownDays(days: readonly HoursPreviewDay[], timeZone: string): ShownDay[] {
  return days.map(({ date, spans, marks }) => {
    const onClock = spans.map((span) => spanOnClock(span, timeZone));
    const openHours = spans.reduce((total, { from, to }) => total + to - from, 0) / HOUR_MS;
    return {
      date,
      hours: onClock.length === 0 ? t('hours.closed') : onClock.map(fullSpan).join(', '),
      lines: onClock.length === 0 ? ['–'] : onClock.map((span) => (isAllDay(span) ? t('hours.allDayBrief') : briefSpans([span], true))),
      level: openHours === 0 ? 0 : openHours < 6 ? 1 : openHours < 12 ? 2 : 3,
      marks: marks.map(({ kind, name, isDeciding }) => ({
        name: name[language.value] ?? name.en ?? Object.values(name)[0] ?? '',
        isShabbat: kind === 'shabbat',
        isDeciding,
      })),
    };
  });
}

/** Hours of a day that is 23 or 25 long are those that the clock on the wall shows. */
function spanOnClock({ from, to }: { from: number; to: number }, timeZone: string): HoursSpan {
  const start = clockMinutes(from, timeZone);
  const end = clockMinutes(to, timeZone);
  return { from: start, to: end > start ? end : end + DAY_MINUTES };
}

const isAllDay = ({ from, to }: HoursSpan): boolean => from === 0 && to === DAY_MINUTES;
const fullSpan = (span: HoursSpan): string => (isAllDay(span) ? t('hours.allDay') : briefSpans([span]));

export interface ShownMonth {
  /** Its first day that is shown. */
  date: string;
  days: ShownDay[];
  /** Rows of seven, in the order of `week`; null where another month's day is. */
  weeks: (ShownDay | null)[][];
  named: NamedDays[];
}

export function monthsOf(days: readonly ShownDay[], week: readonly number[]): ShownMonth[] {
  const months = new Map<string, ShownDay[]>();
  for (const day of days) months.set(day.date.slice(0, 7), [...(months.get(day.date.slice(0, 7)) ?? []), day]);
  return [...months.values()].map((inside) => ({
    date: inside[0]?.date ?? '',
    days: inside,
    weeks: weeksOf(inside, week),
    named: namedDays(inside),
  }));
}

function weeksOf(days: readonly ShownDay[], week: readonly number[]): (ShownDay | null)[][] {
  const rows: (ShownDay | null)[][] = [];
  for (const day of days) {
    const place = week.indexOf(new Date(utcOf(day.date)).getUTCDay());
    if (rows.length === 0 || place === 0) rows.push(Array.from({ length: 7 }, () => null));
    (rows.at(-1) as (ShownDay | null)[])[place] = day;
  }
  return rows;
}

export interface NamedDays {
  from: string;
  to: string;
  name: string;
  hours: string;
  isDeciding: boolean;
}

/** Days that have a name other than Shabbat, which is every week; one that lasts several is said once. */
function namedDays(days: readonly ShownDay[]): NamedDays[] {
  const named: NamedDays[] = [];
  for (const { date, hours, marks } of days) {
    const own = marks.filter(({ isShabbat }) => !isShabbat);
    if (own.length === 0) continue;
    const name = [...new Set(own.map((mark) => mark.name))].join(', ');
    const last = named.at(-1);
    const isDeciding = own.some((mark) => mark.isDeciding);
    const isNext = last && utcOf(date) - utcOf(last.to) === 24 * HOUR_MS;
    const isAlike = isNext && last.name === name && last.isDeciding === isDeciding && (!isDeciding || last.hours === hours);
    if (isAlike) last.to = date;
    else named.push({ from: date, to: date, name, hours, isDeciding });
  }
  return named;
}
