/** Hours day by day, saved or not, and what makes a day another than usual. */
import type { HoursPreview, HoursPreviewDay, HoursPreviewRequest } from '../../shared/business-hours.ts';
import { stateAt } from '../../shared/hours-clock.ts';
import type { ByLanguage } from '../../shared/language.ts';
import { clockOfDays, joinSpans, spansOfDay, type TimeSpan } from '../../shared/opening-times.ts';
import { DAY_MS, toDate, toDay, WallClock, weekdayOf } from '../../shared/wall-clock.ts';
import { type PlanOfDay, planDays } from './day-plans.ts';
import { requireKnownPlaces } from './known-places.ts';

type Mark = HoursPreviewDay['marks'][number];

export async function previewHours({ hours, from, days }: HoursPreviewRequest, now: number): Promise<HoursPreview> {
  await requireKnownPlaces(hours);
  const wall = new WallClock(hours.timeZone);
  const planOf = await planDays(hours);
  const first = from === undefined ? wall.dayAt(now) : toDay(from);
  return {
    days: Array.from({ length: days }, (_, at) => previewDay(wall, planOf, first + at)),
    now: stateAt(clockOfDays(wall, planOf), now),
  };
}

function previewDay(wall: WallClock, planOf: PlanOfDay, day: number): HoursPreviewDay {
  const whole: TimeSpan = { from: wall.momentOf(day, 0), to: wall.momentOf(day + 1, 0) };
  const plan = planOf(day);
  // Yesterday's hours may go on today once Shabbat is over.
  const spans = [day - 1, day].flatMap((of) => spansOfDay(wall, of, planOf(of)));
  const marks = [...plan.marks, ...markShabbat(wall, { day, whole, planOf }), ...markClock(wall, day)];
  return {
    date: toDate(day),
    spans: joinSpans(spans.filter((span) => span.from >= whole.from && span.from < whole.to)),
    marks: marks.toSorted((one, other) => Number(other.isDeciding) - Number(one.isDeciding)),
  };
}

/** When it begins and ends, on the days on which it does. */
function markShabbat(wall: WallClock, { day, whole, planOf }: { day: number; whole: TimeSpan; planOf: PlanOfDay }): Mark[] {
  const { spans, cuts } = planOf(day);
  const isDeciding = !isSame(spansOfDay(wall, day, { spans, cuts: [] }), spansOfDay(wall, day, { spans, cuts }));
  return joinSpans(cuts).flatMap(({ from, to }): Mark[] => {
    const isIn = (at: number) => at >= whole.from && at < whole.to;
    if (isIn(from)) {
      const time = timeAt(wall, from);
      const name = isSaturday(day + 1)
        ? { he: `כניסת השבת ב־${time}`, en: `Shabbat begins at ${time}` }
        : { he: `כניסת החג ב־${time}`, en: `The festival begins at ${time}` };
      return [{ kind: 'shabbat', name, isDeciding }];
    }
    if (isIn(to)) {
      const time = timeAt(wall, to);
      const name = isSaturday(day)
        ? { he: `צאת השבת ב־${time}`, en: `Shabbat ends at ${time}` }
        : { he: `צאת החג ב־${time}`, en: `The festival ends at ${time}` };
      return [{ kind: 'shabbat', name, isDeciding }];
    }
    const isWithin = from < whole.from && to > whole.to;
    return isWithin ? [{ kind: 'shabbat', name: { he: 'שבת או חג', en: 'Shabbat or festival' }, isDeciding }] : [];
  });
}

function isSaturday(day: number): boolean {
  return weekdayOf(day) === 6;
}

function markClock(wall: WallClock, day: number): Mark[] {
  const minutes = (wall.momentOf(day + 1, 0) - wall.momentOf(day, 0) - DAY_MS) / 60_000;
  if (minutes === 0) return [];
  const name: ByLanguage =
    minutes < 0
      ? { he: `השעון זז קדימה ב־${-minutes} דקות`, en: `Clocks go forward by ${-minutes} minutes` }
      : { he: `השעון זז אחורה ב־${minutes} דקות`, en: `Clocks go back by ${minutes} minutes` };
  return [{ kind: 'clock-change', name, isDeciding: false }];
}

function timeAt(wall: WallClock, at: number): string {
  return new Date(at + wall.offsetAt(at)).toISOString().slice(11, 16);
}

function isSame(one: readonly TimeSpan[], other: readonly TimeSpan[]): boolean {
  return one.length === other.length && one.every(({ from, to }, at) => from === other[at]?.from && to === other[at]?.to);
}
