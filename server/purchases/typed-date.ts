import { DAY_MS, toDay, type WallClock } from '../../shared/wall-clock.ts';

const ISO = /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[T ](\d{1,2}):(\d{2})(?::\d{2}(?:\.\d+)?)?\s*(Z|[+-]\d{2}:?\d{2})?)?$/;
/** The day first, as here and in most of the world. */
const DAY_FIRST = /^(\d{1,2})[./-](\d{1,2})[./-](\d{4}|\d{2})(?:[ ,]+(\d{1,2}):(\d{2})(?::\d{2})?)?$/;

/** Of a date as files write it, by the business's clock unless it names its own. A day alone begins at midnight, and as an end lasts to its last moment. */
export function readMoment(text: string, clock: WallClock, isEnd: boolean): number | null {
  const iso = ISO.exec(text.trim());
  if (iso?.[6]) {
    const moment = Date.parse(text.trim().replace(' ', 'T'));
    return Number.isNaN(moment) || moment < 0 ? null : moment;
  }
  const dayFirst = iso ? null : DAY_FIRST.exec(text.trim());
  const [year, month, day] = iso ? iso.slice(1, 4).map(Number) : (dayFirst?.slice(1, 4).map(Number).toReversed() ?? []);
  if (year === undefined || month === undefined || day === undefined) return null;
  const [hour, minute] = (iso ?? dayFirst ?? []).slice(4, 6);
  return toMoment(
    { year: year < 100 ? 2_000 + year : year, month, day },
    { clock, isEnd, time: hour === undefined ? null : [Number(hour), Number(minute)] },
  );
}

function toMoment(
  { year, month, day }: { year: number; month: number; day: number },
  { clock, isEnd, time }: { clock: WallClock; isEnd: boolean; time: [number, number] | null },
): number | null {
  const date = new Date(Date.UTC(year, month - 1, day));
  // The 31st of February would be a day in March.
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day || year < 1970) return null;
  const number = toDay(date.toISOString().slice(0, 10));
  if (time && (time[0] > 23 || time[1] > 59)) return null;
  if (time) return clock.momentOf(number, time[0] * 60 + time[1]);
  return isEnd ? clock.momentOf(number, DAY_MS / 60_000) - 1 : clock.momentOf(number, 0);
}
