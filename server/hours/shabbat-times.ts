/** When Shabbat and festivals begin and end in a city. */
import { getTimes } from 'suncalc';
import { firstDayRules, type JewishCalendar } from '../../shared/business-hours.ts';
import type { TimeSpan } from '../../shared/opening-times.ts';
import { DAY_MS, weekdayOf } from '../../shared/wall-clock.ts';
import { holyDays, jewishDaysOn } from './jewish-days.ts';
import { type CityOnEarth, findCity } from './shabbat-cities.ts';

const MINUTE_MS = 60_000;
const SATURDAY = 6;

/** Sunset at sea level, as candle times are reckoned. Null where the sun does not set that day. */
export function sunsetAt({ latitude, longitude }: Pick<CityOnEarth, 'latitude' | 'longitude'>, day: number): number | null {
  const noon = day * DAY_MS + DAY_MS / 2 - (longitude / 360) * DAY_MS;
  return getTimes(new Date(noon), latitude, longitude).sunset?.getTime() ?? null;
}

/** Whether work rests on the whole of this day: Shabbat, or a festival on which the business is closed. */
function isHolyDay({ isDiaspora, days }: JewishCalendar, day: number): boolean {
  if (weekdayOf(day) === SATURDAY) return true;
  return jewishDaysOn(day, isDiaspora).some((name) => holyDays.has(name) && (days[name] ?? firstDayRules[name]) === 'closed');
}

/** From candle lighting on the eve to the end, of every holy day that these two days' hours can reach into. */
export function shabbatAround(jewish: JewishCalendar, day: number): TimeSpan[] {
  const city = jewish.shabbat && findCity(jewish.shabbat.city);
  if (!jewish.shabbat || !city) return [];
  const { beginsBefore, endsAfter } = jewish.shabbat;
  return [day - 1, day, day + 1, day + 2, day + 3].flatMap((holy) => {
    if (!isHolyDay(jewish, holy)) return [];
    const [eve, night] = [sunsetAt(city, holy - 1), sunsetAt(city, holy)];
    return eve === null || night === null ? [] : [{ from: eve - beginsBefore * MINUTE_MS, to: night + endsAfter * MINUTE_MS }];
  });
}
