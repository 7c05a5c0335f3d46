/**
 * Reads an iCal file into dated exceptions: an event of whole days closes them, an event with times is what is open on its day. A file
 * comes from anywhere: it is read by a thread of its own, and what it asks for is bounded in number and in time.
 */
import { Worker } from 'node:worker_threads';
import type { CalendarReading, HoursException, HoursSpan } from '../../shared/business-hours.ts';
import { AppError } from '../../shared/errors.ts';
import { DAY_MS, toDate, toDay, WallClock } from '../../shared/wall-clock.ts';
import type { ReadFile, Reading, Occurrence as ReadOccurrence, Stamp } from './calendar-reader.js';

const DAYS_MAX = 1_000;
/** So far ahead is what repeats written out. */
const AHEAD_DAYS = 3 * 366;
const OCCURRENCES_MAX = 20_000;
const READING_MAX_MS = 3_000;
const MEMORY_MAX_MB = 128;
const NAME_MAX = 80;
const DAY_MINUTES = 24 * 60;

interface WallTime {
  day: number;
  minute: number;
}

/** `to` is not included. Days of the calendar, and minutes of the business' wall clock. */
interface Occurrence {
  name: string;
  isWholeDay: boolean;
  from: WallTime;
  to: WallTime;
}

export async function readCalendar(text: string, timeZone: string, now: number): Promise<CalendarReading> {
  const wall = new WallClock(timeZone);
  const today = wall.dayAt(now);
  const read = await readApart({ text, since: now - 2 * DAY_MS, until: now + AHEAD_DAYS * DAY_MS, occurrencesMax: OCCURRENCES_MAX });
  if ('refusal' in read) throw refusal(read.refusal);
  const isComing = ({ to }: Occurrence) => to.day > today || (to.day === today && to.minute > 0);
  const events = read.events.map((occurrences) => occurrences.map((one) => toOccurrence(one, wall)).filter(isComing));
  const days = joinRuns(toExceptions(events.flat()));
  return {
    days: days.slice(0, DAYS_MAX).map((day, at) => ({ id: String(at + 1), ...day })),
    skipped: events.filter((event) => event.length === 0).length,
    cut: Math.max(0, days.length - DAYS_MAX),
  };
}

/** Whoever takes too long, or too much, is ended, and nobody else has waited. */
async function readApart(reading: Reading): Promise<ReadFile> {
  const worker = new Worker(new URL('./calendar-reader.js', import.meta.url), {
    workerData: reading,
    resourceLimits: { maxOldGenerationSizeMb: MEMORY_MAX_MB },
  });
  const giveUp = setTimeout(() => void worker.terminate(), READING_MAX_MS);
  const endless: ReadFile = { refusal: 'what repeats in this file cannot be written out' };
  try {
    return await new Promise((resolve) => {
      worker.once('message', resolve);
      worker.once('error', () => resolve(endless));
      worker.once('exit', () => resolve(endless));
    });
  } finally {
    clearTimeout(giveUp);
    void worker.terminate();
  }
}

function refusal(sentence: string): AppError {
  return new AppError('invalid', `text: ${sentence}`, { field: 'text' });
}

function toOccurrence({ name, zone, from, to }: ReadOccurrence, wall: WallClock): Occurrence {
  const known = from.at === null ? null : findZone(zone);
  return { name: toName(name), isWholeDay: from.isDate, from: toWall(from, known, wall), to: toWall(to, known, wall) };
}

/** By the zone's own name where this machine knows it, else by what the file says of the zone; without a zone it is ours. */
function toWall({ year, month, day: date, hour, minute, at }: Stamp, zone: WallClock | null, wall: WallClock): WallTime {
  const day = Math.round(Date.UTC(year, month - 1, date) / DAY_MS);
  if (at === null) return { day, minute: hour * 60 + minute };
  const moment = zone ? zone.momentOf(day, hour * 60 + minute) : at;
  const shown = moment + wall.offsetAt(moment);
  const shownDay = Math.floor(shown / DAY_MS);
  return { day: shownDay, minute: Math.floor((shown - shownDay * DAY_MS) / 60_000) };
}

function findZone(id: string): WallClock | null {
  if (id === '') return null;
  try {
    return new WallClock(id);
  } catch {
    return null;
  }
}

/** One line, as long as names may be. */
function toName(summary: string): string {
  const line = summary
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

type Days = Omit<HoursException, 'id'>;

/** Of days that follow each other and say the same, one. Where several speak of a day they stay apart: the shortest wins there. */
function joinRuns(days: readonly Days[]): Days[] {
  const joined: Days[] = [];
  let known = '';
  let isAlone = false;
  for (const [at, day] of days.entries()) {
    const last = joined.at(-1);
    const next = days[at + 1];
    const isDayAlone = day.from > known && (!next || next.from > day.to);
    const follows = last && isAlone && isDayAlone && toDay(day.from) === toDay(last.to) + 1;
    if (follows && last.name === day.name && JSON.stringify(last.spans) === JSON.stringify(day.spans)) last.to = day.to;
    else joined.push({ ...day });
    known = day.to > known ? day.to : known;
    isAlone = isDayAlone;
  }
  return joined;
}

/** Times before whole days, because what is said of a day more closely wins. */
function toExceptions(occurrences: readonly Occurrence[]): Days[] {
  const closed = occurrences.filter((one) => one.isWholeDay || lastsOverADay(one)).map(toClosedDays);
  const opened = new Map<number, Occurrence[]>();
  for (const one of occurrences) {
    if (!one.isWholeDay && !lastsOverADay(one)) opened.set(one.from.day, [...(opened.get(one.from.day) ?? []), one]);
  }
  const days = [
    ...[...opened].map(([day, ones]) => ({ name: ones[0]?.name ?? '—', from: toDate(day), to: toDate(day), spans: toSpans(day, ones) })),
    ...closed,
  ];
  return days.toSorted((one, other) => (one.from < other.from ? -1 : one.from > other.from ? 1 : 0));
}

function lastsOverADay({ from, to }: Occurrence): boolean {
  return (to.day - from.day) * DAY_MINUTES + to.minute - from.minute > DAY_MINUTES;
}

function toClosedDays({ name, from, to }: Occurrence): Days {
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
