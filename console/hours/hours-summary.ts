/** Business hours in plain words: "Sunday–Thursday 9–18, Friday 9–13, closed on holidays; now closed, opens Sunday 09:00". */
import type { HoursRules, HoursSpan, HoursState } from '../../shared/business-hours.ts';
import { firstDayRules, jewishDays } from '../../shared/business-hours.ts';
import { language, t } from '../texts/texts.ts';
import { formatCountry } from '../ui/format.ts';
import { briefSpans, clockTime, localDate, summaryDayName, weekOrder } from './clock-words.ts';
import { tidySpans } from './typed-time.ts';

const DAY_MINUTES = 24 * 60;
const DAY_MS = 86_400_000;

/** All of it as one sentence. */
export function hoursSentence(rules: HoursRules, state: HoursState, now: number): string {
  return `${rulesSentence(rules, now)}; ${stateWords(state, rules.timeZone, now)}`;
}

/** What the rules say of the days to come. */
export function rulesSentence(rules: HoursRules, now: number): string {
  return [weekWords(rules.week), ...closedWords(rules, localDate(now, rules.timeZone))].join(', ');
}

export function weekWords(week: readonly (readonly HoursSpan[])[]): string {
  const days = weekOrder().map((day) => ({ day, spans: tidySpans(week[day] ?? []) }));
  const isAlways = days.every(({ spans }) => isWholeDay(spans));
  if (isAlways) return t('hours.always');
  const open = days.filter(({ spans }) => spans.length > 0);
  if (open.length === 0) return t('hours.never');
  const groups = new Map<string, { day: number; spans: HoursSpan[] }[]>();
  for (const one of open) {
    const key = JSON.stringify(one.spans);
    groups.set(key, [...(groups.get(key) ?? []), one]);
  }
  return [...groups.values()]
    .map((group) => {
      const spans = group[0]?.spans ?? [];
      const names = dayNames(
        group.map(({ day }) => day),
        days.map(({ day }) => day),
      );
      return isWholeDay(spans) ? t('hours.daysAllDay', { days: names }) : `${names} ${briefSpans(spans)}`;
    })
    .join(', ');
}

/** "Sunday–Thursday", "Monday, Wednesday and Friday" */
function dayNames(days: readonly number[], order: readonly number[]): string {
  if (days.length === 7) return t('hours.everyDay');
  const runs: number[][] = [];
  for (const day of days) {
    const last = runs.at(-1);
    if (last && order.indexOf(last.at(-1) as number) + 1 === order.indexOf(day)) last.push(day);
    else runs.push([day]);
  }
  const names = runs.flatMap((run) => {
    const name = (place: number) => summaryDayName(run.at(place) as number);
    return run.length > 2 ? [`${name(0)}–${name(-1)}`] : run.map(summaryDayName);
  });
  return new Intl.ListFormat(language.value, { type: 'conjunction' }).format(names);
}

function closedWords({ jewish, holidays, exceptions, calendars }: HoursRules, today: string): string[] {
  const closes = jewish && jewishDays.some((day) => (jewish.days[day] ?? firstDayRules[day]) === 'closed');
  const shortens = jewish && jewishDays.some((day) => (jewish.days[day] ?? firstDayRules[day]) === 'short');
  const dated = [...exceptions, ...calendars.flatMap(({ days }) => days)].filter(({ to }) => to >= today).length;
  return [
    jewish?.shabbat ? t(closes ? 'hours.closedShabbatAndHolidays' : 'hours.closedShabbat') : closes && t('hours.closedJewish'),
    shortens && jewish && t('hours.shortEves', { time: clockTime(jewish.shortUntil) }),
    holidays.length > 0 &&
      t('hours.closedIn', {
        countries: new Intl.ListFormat(language.value).format([...new Set(holidays.map(({ country }) => formatCountry(country)))]),
      }),
    dated > 0 && t('hours.dated', { count: dated }),
  ].filter((words) => typeof words === 'string');
}

function isWholeDay(spans: readonly HoursSpan[]): boolean {
  return spans.length === 1 && spans[0]?.from === 0 && spans[0].to === DAY_MINUTES;
}

/** "now closed, opens Sunday 09:00", in the time of the business. */
export function stateWords({ isOpen, opensAt, closesAt }: HoursState, timeZone: string, now: number): string {
  const next = isOpen ? closesAt : opensAt;
  if (next === null) return t(isOpen ? 'hours.nowOpen' : 'hours.nowClosed');
  const when = whenWords(next, timeZone, now);
  return isOpen ? t('hours.nowOpenUntil', { when }) : t('hours.nowClosedUntil', { when });
}

/** "at 09:00" today, "Sunday 09:00" within a week, "12 October 09:00" beyond. */
function whenWords(at: number, timeZone: string, now: number): string {
  const time = new Intl.DateTimeFormat(language.value, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone }).format(at);
  const days = Math.round((dayOf(at, timeZone) - dayOf(now, timeZone)) / DAY_MS);
  if (days <= 0) return t('hours.todayAt', { time });
  if (days === 1) return t('hours.tomorrowAt', { time });
  const named: Intl.DateTimeFormatOptions = days < 7 ? { weekday: 'long' } : { day: 'numeric', month: 'long' };
  return t(days < 7 ? 'hours.dayAt' : 'hours.dateAt', {
    day: new Intl.DateTimeFormat(language.value, { ...named, timeZone }).format(at),
    time,
  });
}

/** Midnight, as if it were UTC, of the day that it is there. */
function dayOf(at: number, timeZone: string): number {
  return Date.parse(`${localDate(at, timeZone)}T00:00:00Z`);
}
