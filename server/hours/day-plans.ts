/** What the rules say of each day, and why: the hours' clock and the preview both read it here. Each day is thought through once. */
import {
  type DayRule,
  firstDayRules,
  type HoursException,
  type HoursPreviewDay,
  type HoursRules,
  type HoursSpan,
  type JewishCalendar,
} from '../../shared/business-hours.ts';
import type { ByLanguage } from '../../shared/language.ts';
import type { DayHours } from '../../shared/opening-times.ts';
import { toDate, toDay, weekdayOf } from '../../shared/wall-clock.ts';
import { jewishDayNames, jewishDaysOn } from './jewish-days.ts';
import { openHolidays } from './public-holidays.ts';
import { shabbatAround } from './shabbat-times.ts';

type DayMark = HoursPreviewDay['marks'][number];

export interface DayPlan extends DayHours {
  /** The deciding one first; of Shabbat and of the clock the preview speaks itself. */
  marks: DayMark[];
}

export type PlanOfDay = (day: number) => DayPlan;

type HolidaysOf = (day: number) => ByLanguage[];

/** Without what is loaded only if the rules need it. */
export async function planDays(rules: HoursRules): Promise<PlanOfDay> {
  const holidaysOf = await readHolidays(rules);
  const imported = rules.calendars.flatMap(({ days }) => days);
  const plans = new Map<number, DayPlan>();
  return (day) => {
    const plan = plans.get(day) ?? planDay(rules, day, { holidaysOf, imported });
    plans.set(day, plan);
    return plan;
  };
}

async function readHolidays({ holidays }: HoursRules): Promise<HolidaysOf> {
  if (holidays.length === 0) return () => [];
  const { book } = await openHolidays();
  return (day) => {
    const date = toDate(day);
    const year = Number(date.slice(0, 4));
    return holidays.flatMap((place) =>
      // What begins in December may last into January.
      [...(date.slice(5) < '01-15' ? book(place, year - 1) : []), ...book(place, year)]
        .filter(({ id, from, to }) => from <= date && date <= to && !place.off.includes(id))
        .map(({ name }) => name),
    );
  };
}

/** From the least special to the most: each layer says what it makes of the hours below it. */
function planDay(
  rules: HoursRules,
  day: number,
  { holidaysOf, imported }: { holidaysOf: HolidaysOf; imported: readonly HoursException[] },
): DayPlan {
  const date = toDate(day);
  const exception = findException(rules.exceptions, date);
  const calendarDay = findException(imported, date);
  const marks: DayMark[] = [];
  let spans: readonly HoursSpan[] = rules.week[weekdayOf(day)] ?? [];
  const lay = (kind: DayMark['kind'], names: readonly ByLanguage[], next: readonly HoursSpan[]) => {
    if (names.length === 0) return;
    const isDeciding = !areSame(spans, next);
    // What a more special one has changed again was not decided below it.
    if (isDeciding) for (const mark of marks) mark.isDeciding = false;
    marks.unshift(...names.map((name) => ({ kind, name, isDeciding })));
    spans = next;
  };
  lay('holiday', holidaysOf(day), []);
  for (const { name, rule } of readJewish(rules.jewish, day)) lay('jewish', [name], byRule(rule, spans, rules.jewish?.shortUntil ?? 0));
  if (calendarDay) lay('calendar', [inAny(calendarDay.name)], calendarDay.spans);
  if (exception) lay('exception', [inAny(exception.name)], exception.spans);
  return {
    spans,
    cuts: exception || !rules.jewish?.shabbat ? [] : shabbatAround(rules.jewish, day),
    marks: marks.toSorted((one, other) => Number(other.isDeciding) - Number(one.isDeciding)),
  };
}

/** The shortest that covers the day, of equals the first. */
function findException(exceptions: readonly HoursException[], date: string): HoursException | undefined {
  const covering = exceptions.filter(({ from, to }) => from <= date && date <= to);
  if (covering.length < 2) return covering[0];
  const length = ({ from, to }: HoursException) => toDay(to) - toDay(from);
  return covering.reduce((best, next) => (length(next) < length(best) ? next : best));
}

/** `usual` says nothing: the strictest comes last and wins. */
function readJewish(jewish: JewishCalendar | null, day: number): { name: ByLanguage; rule: DayRule }[] {
  if (!jewish) return [];
  return jewishDaysOn(day, jewish.isDiaspora)
    .map((name) => ({ name: jewishDayNames[name], rule: jewish.days[name] ?? firstDayRules[name] }))
    .toSorted((one, other) => strictness[one.rule] - strictness[other.rule]);
}

const strictness: Record<DayRule, number> = { usual: 0, short: 1, closed: 2 };

function byRule(rule: DayRule, spans: readonly HoursSpan[], shortUntil: number): readonly HoursSpan[] {
  if (rule === 'usual') return spans;
  if (rule === 'closed') return [];
  return spans.flatMap(({ from, to }) => (from < shortUntil ? [{ from, to: Math.min(to, shortUntil) }] : []));
}

function areSame(one: readonly HoursSpan[], other: readonly HoursSpan[]): boolean {
  return one.length === other.length && one.every(({ from, to }, at) => from === other[at]?.from && to === other[at]?.to);
}

/** People write names in a language of their own: it stands under each that our texts have. */
function inAny(name: string): ByLanguage {
  return { he: name, en: name };
}
