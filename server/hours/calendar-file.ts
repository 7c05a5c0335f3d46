/**
 * Reads an iCal file into dated exceptions: an event of whole days closes them, an event with times is what is open on its day. A file
 * comes from anywhere: what it asks for is bounded in number and in time.
 */
import { runInNewContext } from 'node:vm';
import ICAL from 'ical.js';
import type { HoursException, HoursSpan } from '../../shared/business-hours.ts';
import { AppError } from '../../shared/errors.ts';
import { DAY_MS, toDate, WallClock } from '../../shared/wall-clock.ts';

const DAYS_MAX = 1_000;
/** So far ahead is what repeats written out. */
const AHEAD_DAYS = 3 * 366;
const OCCURRENCES_MAX = 20_000;
const READING_MAX_MS = 1_500;
const NAME_MAX = 80;
const DAY_MINUTES = 24 * 60;

export interface CalendarReading {
  days: HoursException[];
  skipped: number;
}

/** `to` is not included. Days of the calendar, and minutes of the wall clock. */
interface Occurrence {
  name: string;
  isWholeDay: boolean;
  from: { day: number; minute: number };
  to: { day: number; minute: number };
}

export function readCalendar(text: string, timeZone: string, now: number): CalendarReading {
  const wall = new WallClock(timeZone);
  const today = wall.dayAt(now);
  const read = () => {
    const events = parseEvents(text);
    let left = OCCURRENCES_MAX;
    const occurrences: Occurrence[] = [];
    let skipped = 0;
    for (const event of events) {
      const found = expand(event, { wall, today, take: () => left-- > 0 });
      if (found.length === 0) skipped += 1;
      occurrences.push(...found);
    }
    return { days: toExceptions(occurrences), skipped };
  };
  try {
    // A rule of repetition that never comes true would be looked for for ever.
    return runInNewContext('read()', { read }, { timeout: READING_MAX_MS });
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError('invalid', 'text: this is not a calendar file that can be read', { field: 'text', cause: error });
  }
}

function parseEvents(text: string): ICAL.Event[] {
  const calendars = [ICAL.parse(text)].flat(1);
  const roots = (Array.isArray(calendars[0]) ? calendars : [calendars]).map((part) => new ICAL.Component(part as never));
  const found = roots.filter(({ name }) => name === 'vcalendar');
  if (found.length === 0) throw new AppError('invalid', 'text: there is no calendar in this file', { field: 'text' });
  return found.flatMap((calendar) => {
    for (const zone of calendar.getAllSubcomponents('vtimezone')) ICAL.TimezoneService.register(zone);
    try {
      return relate(calendar.getAllSubcomponents('vevent'));
    } finally {
      ICAL.TimezoneService.reset();
    }
  });
}

/** What was moved out of a series goes to its series. */
function relate(components: ICAL.Component[]): ICAL.Event[] {
  const all = components.filter(
    (component) => component.getFirstPropertyValue('status') !== 'CANCELLED' || component.hasProperty('recurrence-id'),
  );
  const moved = all.filter((component) => component.hasProperty('recurrence-id'));
  const series = all.filter((component) => !component.hasProperty('recurrence-id'));
  const uids = new Set(series.map((component) => component.getFirstPropertyValue('uid')));
  const events = series.map((component) => {
    const uid = component.getFirstPropertyValue('uid');
    return new ICAL.Event(component, { exceptions: moved.filter((exception) => exception.getFirstPropertyValue('uid') === uid) as never });
  });
  const alone = moved.filter((component) => !uids.has(component.getFirstPropertyValue('uid')));
  return [...events, ...alone.map((component) => new ICAL.Event(component))];
}

/** What of it is not over; nothing for an event that says no day. */
function expand(event: ICAL.Event, { wall, today, take }: { wall: WallClock; today: number; take: () => boolean }): Occurrence[] {
  if (!event.startDate) return [];
  const isComing = ({ to }: Occurrence) => to.day > today || (to.day === today && to.minute > 0);
  if (!event.isRecurring()) return [toOccurrence(event, event, wall)].filter(isComing);
  const found: Occurrence[] = [];
  const iterator = event.iterator();
  while (take()) {
    const next = iterator.next();
    if (!next) break;
    const { item, startDate, endDate } = event.getOccurrenceDetails(next);
    if (item.component.getFirstPropertyValue('status') === 'CANCELLED') continue;
    const occurrence = toOccurrence({ startDate, endDate, summary: item.summary }, event, wall);
    if (occurrence.from.day > today + AHEAD_DAYS) break;
    if (isComing(occurrence)) found.push(occurrence);
    if (found.length >= DAYS_MAX) break;
  }
  return found;
}

function toOccurrence(
  { startDate, endDate, summary }: Pick<ICAL.Event, 'startDate' | 'endDate' | 'summary'>,
  series: ICAL.Event,
  wall: WallClock,
): Occurrence {
  const zoneId = series.component.getFirstProperty('dtstart')?.getFirstParameter('tzid') ?? '';
  return {
    name: toName(summary),
    isWholeDay: startDate.isDate,
    from: toWall(startDate, zoneId, wall),
    to: toWall(endDate, zoneId, wall),
  };
}

/** By the zone's own name where this machine knows it, else by what the file says of the zone; without a zone it is ours. */
function toWall(time: ICAL.Time, zoneId: string, wall: WallClock): { day: number; minute: number } {
  const day = Math.round(Date.UTC(time.year, time.month - 1, time.day) / DAY_MS);
  if (time.isDate) return { day, minute: 0 };
  const minute = time.hour * 60 + time.minute;
  const isFloating = time.zone === ICAL.Timezone.localTimezone;
  if (isFloating && zoneId === '') return { day, minute };
  const zone = time.zone === ICAL.Timezone.utcTimezone ? null : findZone(zoneId);
  const at = zone ? zone.momentOf(day, minute) : time.toUnixTime() * 1_000;
  const shown = at + wall.offsetAt(at);
  const shownDay = Math.floor(shown / DAY_MS);
  return { day: shownDay, minute: Math.floor((shown - shownDay * DAY_MS) / 60_000) };
}

function findZone(id: string): WallClock | null {
  try {
    return new WallClock(id);
  } catch {
    return null;
  }
}

/** One line, as long as names may be. */
function toName(summary: string | null): string {
  const line = (summary ?? '')
    .replace(/\p{Cc}+/gu, ' ')
    .replace(/\p{Cs}/gu, '\uFFFD')
    .trim();
  return (
    [...line]
      .slice(0, NAME_MAX / 2)
      .join('')
      .trim() || '—'
  );
}

/** Times before whole days, because what is said of a day more closely wins. */
function toExceptions(occurrences: readonly Occurrence[]): HoursException[] {
  const closed = occurrences.filter((one) => one.isWholeDay || lastsOverADay(one)).map(toClosedDays);
  const opened = new Map<number, Occurrence[]>();
  for (const one of occurrences) {
    if (!one.isWholeDay && !lastsOverADay(one)) opened.set(one.from.day, [...(opened.get(one.from.day) ?? []), one]);
  }
  const days = [
    ...[...opened].map(([day, ones]) => ({ name: ones[0]?.name ?? '—', from: toDate(day), to: toDate(day), spans: toSpans(day, ones) })),
    ...closed,
  ];
  return days
    .toSorted((one, other) => (one.from < other.from ? -1 : one.from > other.from ? 1 : 0))
    .slice(0, DAYS_MAX)
    .map((day, at) => ({ id: String(at + 1), ...day }));
}

function lastsOverADay({ from, to }: Occurrence): boolean {
  return (to.day - from.day) * DAY_MINUTES + to.minute - from.minute > DAY_MINUTES;
}

function toClosedDays({ name, from, to }: Occurrence): Omit<HoursException, 'id'> {
  const last = to.minute === 0 ? to.day - 1 : to.day;
  return { name, from: toDate(from.day), to: toDate(Math.max(from.day, last)), spans: [] };
}

/** In order and apart, as many as a day may have. */
function toSpans(day: number, occurrences: readonly Occurrence[]): HoursSpan[] {
  const spans: HoursSpan[] = [];
  const inOrder = occurrences
    .map(({ from, to }) => ({ from: from.minute, to: (to.day - day) * DAY_MINUTES + to.minute }))
    .filter(({ from, to }) => from < to)
    .toSorted((one, other) => one.from - other.from);
  for (const { from, to } of inOrder) {
    const last = spans.at(-1);
    if (last && from <= last.to) last.to = Math.min(Math.max(last.to, to), last.from + DAY_MINUTES);
    else spans.push({ from, to });
  }
  return spans.slice(0, 8);
}
