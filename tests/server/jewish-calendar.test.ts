import { describe, expect, test } from 'vitest';
import { planDays } from '../../server/hours/day-plans.ts';
import { jewishDaysOn } from '../../server/hours/jewish-days.ts';
import { findCity, listCities } from '../../server/hours/shabbat-cities.ts';
import { sunsetAt } from '../../server/hours/shabbat-times.ts';
import { type HoursRules, type JewishDay, jewishDays } from '../../shared/business-hours.ts';
import { clockOfDays } from '../../shared/opening-times.ts';
import { toDate, toDay, WallClock, weekdayOf } from '../../shared/wall-clock.ts';

/** The dates of these days in a year of the common calendar, in order. */
function datesOf(name: JewishDay, year: number, isDiaspora = false): string[] {
  const dates: string[] = [];
  for (let day = toDay(`${year}-01-01`); day < toDay(`${year + 1}-01-01`); day += 1) {
    if (jewishDaysOn(day, isDiaspora).includes(name)) dates.push(toDate(day));
  }
  return dates;
}

/** As printed calendars have them. Of days that last longer the first; a fast may fall twice into a year, or not at all. */
const printed: Record<number, Partial<Record<JewishDay, string>>> = {
  2025: {
    purim: '03-14',
    'fast-of-esther': '03-13',
    pesach: '04-13',
    'pesach-last': '04-19',
    'holocaust-day': '04-24',
    'memorial-day': '04-30',
    'independence-day': '05-01',
    'lag-baomer': '05-16',
    'jerusalem-day': '05-26',
    shavuot: '06-02',
    'fast-of-tammuz': '07-13',
    'tisha-bav': '08-03',
    'rosh-hashana': '09-23',
    'fast-of-gedaliah': '09-25',
    'yom-kippur': '10-02',
    sukkot: '10-07',
    'simchat-torah': '10-14',
    hanukkah: '12-15',
    'tu-bishvat': '02-13',
    'fast-of-tevet': '01-10 12-30',
  },
  2026: {
    purim: '03-03',
    'fast-of-esther': '03-02',
    pesach: '04-02',
    'pesach-last': '04-08',
    'holocaust-day': '04-14',
    'memorial-day': '04-21',
    'independence-day': '04-22',
    'lag-baomer': '05-05',
    'jerusalem-day': '05-15',
    shavuot: '05-22',
    'fast-of-tammuz': '07-02',
    'tisha-bav': '07-23',
    'rosh-hashana': '09-12',
    'fast-of-gedaliah': '09-14',
    'yom-kippur': '09-21',
    sukkot: '09-26',
    'simchat-torah': '10-03',
    hanukkah: '12-05',
    'tu-bishvat': '02-02',
    'fast-of-tevet': '12-20',
  },
  2027: {
    purim: '03-23',
    'fast-of-esther': '03-22',
    pesach: '04-22',
    'holocaust-day': '05-04',
    'memorial-day': '05-11',
    'independence-day': '05-12',
    shavuot: '06-11',
    'fast-of-tammuz': '07-22',
    'tisha-bav': '08-12',
    'rosh-hashana': '10-02',
    'fast-of-gedaliah': '10-04',
    'yom-kippur': '10-11',
    sukkot: '10-16',
    'simchat-torah': '10-23',
    hanukkah: '12-25',
    'fast-of-tevet': '',
  },
  2028: {
    purim: '03-12',
    'fast-of-esther': '03-09',
    pesach: '04-11',
    'holocaust-day': '04-24',
    'memorial-day': '05-01',
    'independence-day': '05-02',
    shavuot: '05-31',
    'fast-of-tammuz': '07-11',
    'tisha-bav': '08-01',
    'rosh-hashana': '09-21',
    'fast-of-gedaliah': '09-24',
    'yom-kippur': '09-30',
    sukkot: '10-05',
    'simchat-torah': '10-12',
    hanukkah: '12-13',
    'fast-of-tevet': '01-09 12-28',
  },
  2029: {
    purim: '03-01',
    'fast-of-esther': '02-28',
    pesach: '03-31',
    'holocaust-day': '04-12',
    'memorial-day': '04-18',
    'independence-day': '04-19',
    shavuot: '05-20',
    'fast-of-tammuz': '07-01',
    'tisha-bav': '07-22',
    'rosh-hashana': '09-10',
    'fast-of-gedaliah': '09-12',
    'yom-kippur': '09-19',
    sukkot: '09-24',
    'simchat-torah': '10-01',
    hanukkah: '12-02',
  },
  2030: {
    purim: '03-19',
    'fast-of-esther': '03-18',
    pesach: '04-18',
    'holocaust-day': '04-30',
    'memorial-day': '05-07',
    'independence-day': '05-08',
    shavuot: '06-07',
    'fast-of-tammuz': '07-18',
    'tisha-bav': '08-08',
    'rosh-hashana': '09-28',
    'fast-of-gedaliah': '09-30',
    'yom-kippur': '10-07',
    sukkot: '10-12',
    'simchat-torah': '10-19',
    hanukkah: '12-21',
  },
  2031: {
    purim: '03-09',
    'fast-of-esther': '03-06',
    pesach: '04-08',
    'holocaust-day': '04-21',
    'memorial-day': '04-28',
    'independence-day': '04-29',
    shavuot: '05-28',
    'fast-of-tammuz': '07-08',
    'tisha-bav': '07-29',
    'rosh-hashana': '09-18',
    'fast-of-gedaliah': '09-21',
    'yom-kippur': '09-27',
    sukkot: '10-02',
    'simchat-torah': '10-09',
    hanukkah: '12-10',
  },
  2032: {
    purim: '02-26',
    'fast-of-esther': '02-25',
    pesach: '03-27',
    'holocaust-day': '04-08',
    'memorial-day': '04-14',
    'independence-day': '04-15',
    shavuot: '05-16',
    'fast-of-tammuz': '06-27',
    'tisha-bav': '07-18',
    'rosh-hashana': '09-06',
    'fast-of-gedaliah': '09-08',
    'yom-kippur': '09-15',
    sukkot: '09-20',
    'simchat-torah': '09-27',
    hanukkah: '11-28',
  },
  2033: {
    purim: '03-15',
    'fast-of-esther': '03-14',
    pesach: '04-14',
    'holocaust-day': '04-26',
    'memorial-day': '05-03',
    'independence-day': '05-04',
    shavuot: '06-03',
    'fast-of-tammuz': '07-14',
    'tisha-bav': '08-04',
    'rosh-hashana': '09-24',
    'fast-of-gedaliah': '09-26',
    'yom-kippur': '10-03',
    sukkot: '10-08',
    'simchat-torah': '10-15',
    hanukkah: '12-17',
  },
  2034: {
    purim: '03-05',
    'fast-of-esther': '03-02',
    pesach: '04-04',
    'holocaust-day': '04-17',
    'memorial-day': '04-24',
    'independence-day': '04-25',
    shavuot: '05-24',
    'fast-of-tammuz': '07-04',
    'tisha-bav': '07-25',
    'rosh-hashana': '09-14',
    'fast-of-gedaliah': '09-17',
    'yom-kippur': '09-23',
    sukkot: '09-28',
    'simchat-torah': '10-05',
    hanukkah: '12-07',
  },
  2035: {
    purim: '03-25',
    'fast-of-esther': '03-22',
    pesach: '04-24',
    'holocaust-day': '05-07',
    'memorial-day': '05-14',
    'independence-day': '05-15',
    shavuot: '06-13',
    'fast-of-tammuz': '07-24',
    'tisha-bav': '08-14',
    'rosh-hashana': '10-04',
    'fast-of-gedaliah': '10-07',
    'yom-kippur': '10-13',
    sukkot: '10-18',
    'simchat-torah': '10-25',
    hanukkah: '12-26',
  },
};

/*
 * The calendar by its own arithmetic, and nothing of Intl's: years counted from the molad, with the four postponements of the new year.
 * Days are those of 1970.
 */
function newYear(year: number): number {
  const months = Math.floor((235 * year - 234) / 19);
  const parts = 12_084 + 13_753 * months;
  const day = months * 29 + Math.floor(parts / 25_920);
  const elapsed = (of: number) => {
    const monthsOf = Math.floor((235 * of - 234) / 19);
    const whole = monthsOf * 29 + Math.floor((12_084 + 13_753 * monthsOf) / 25_920);
    return (3 * (whole + 1)) % 7 < 3 ? whole + 1 : whole;
  };
  const here = (3 * (day + 1)) % 7 < 3 ? day + 1 : day;
  const [before, after] = [elapsed(year - 1), elapsed(year + 1)];
  const correction = after - here === 356 ? 2 : here - before === 382 ? 1 : 0;
  // 1 Tishri of the year 1 was 7 October -3760 (Julian): day -2,092,591 of 1970's count less one.
  return here + correction - 2_092_591 + 1;
}

function reckon(year: number, isDiaspora: boolean): Map<JewishDay, number[]> {
  const start = newYear(year);
  const length = newYear(year + 1) - start;
  const isLeap = length > 360;
  const kind = (length % 10) as 3 | 4 | 5;
  const months: [string, number][] = [
    ['tishri', 30],
    ['heshvan', kind === 5 ? 30 : 29],
    ['kislev', kind === 3 ? 29 : 30],
    ['tevet', 29],
    ['shvat', 30],
    ...(isLeap ? ([['adar1', 30]] as [string, number][]) : []),
    ['adar', 29],
    ['nisan', 30],
    ['iyar', 29],
    ['sivan', 30],
    ['tamuz', 29],
    ['av', 30],
    ['elul', 29],
  ];
  const firsts = new Map<string, number>();
  let at = start;
  for (const [name, days] of months) {
    firsts.set(name, at);
    at += days;
  }
  expect(at).toBe(start + length);
  const on = (month: string, date: number) => (firsts.get(month) ?? Number.NaN) + date - 1;
  const run = (first: number, days: number) => Array.from({ length: days }, (_, later) => first + later);
  /** By the weekday on which it would be, so many days later. */
  const moved = (day: number, by: Record<number, number>) => day + (by[weekdayOf(day)] ?? 0);
  const second = isDiaspora ? 1 : 0;
  const independence = moved(on('iyar', 5), { 5: -1, 6: -2, 1: 1 });
  return new Map<JewishDay, number[]>([
    ['rosh-hashana', run(start, 2)],
    ['fast-of-gedaliah', [moved(start + 2, { 6: 1 })]],
    ['yom-kippur-eve', [start + 8]],
    ['yom-kippur', [start + 9]],
    ['sukkot-eve', [start + 13]],
    ['sukkot', run(start + 14, 1 + second)],
    ['sukkot-intermediate', run(start + 15 + second, 6 - second)],
    ['hoshana-raba', [start + 20]],
    ['simchat-torah', run(start + 21, 1 + second)],
    ['hanukkah', run(on('kislev', 25), 8)],
    ['fast-of-tevet', [on('tevet', 10)]],
    ['tu-bishvat', [on('shvat', 15)]],
    ['fast-of-esther', [moved(on('adar', 13), { 6: -2 })]],
    ['purim', [on('adar', 14)]],
    ['shushan-purim', [on('adar', 15)]],
    ['pesach-eve', [on('nisan', 14)]],
    ['pesach', run(on('nisan', 15), 1 + second)],
    ['pesach-intermediate', run(on('nisan', 16) + second, 5 - second)],
    ['pesach-last-eve', [on('nisan', 20)]],
    ['pesach-last', run(on('nisan', 21), 1 + second)],
    ['holocaust-day', [moved(on('nisan', 27), { 5: -1, 0: 1 })]],
    ['memorial-day', [independence - 1]],
    ['independence-day', [independence]],
    ['lag-baomer', [on('iyar', 18)]],
    ['jerusalem-day', [on('iyar', 28)]],
    ['shavuot-eve', [on('sivan', 5)]],
    ['shavuot', run(on('sivan', 6), 1 + second)],
    ['fast-of-tammuz', [moved(on('tamuz', 17), { 6: 1 })]],
    ['tisha-bav', [moved(on('av', 9), { 6: 1 })]],
    ['rosh-hashana-eve', [at - 1]],
  ]);
}

describe('the days of the Jewish calendar', () => {
  test.each(Object.entries(printed))('of %s are as printed calendars have them', (year, days) => {
    for (const [name, dates] of Object.entries(days) as [JewishDay, string][]) {
      const found = datesOf(name, Number(year)).filter((date) => !jewishDaysOn(toDay(date) - 1, false).includes(name));
      expect(found.map((date) => date.slice(5)).join(' '), name).toBe(dates);
    }
  });

  test.each([
    ['in Israel', false],
    ['abroad', true],
  ])('are what the calendar’s own arithmetic says, %s, in leap years too', (_, isDiaspora) => {
    const reckoned = Array.from({ length: 18 }, (_, later) => reckon(5_783 + later, isDiaspora));
    for (const name of jewishDays) {
      const expected = reckoned.flatMap((days) => days.get(name) ?? []).map(toDate);
      const found = Array.from({ length: 14 }, (_, later) => datesOf(name, 2_024 + later, isDiaspora)).flat();
      expect(found, name).toEqual(expected.filter((date) => date >= '2024-01-01' && date < '2038-01-01'));
    }
  });
});

/** Sunset by the formulas of the US weather service, whose minute is everybody's. */
function weatherServiceSunset(latitude: number, longitude: number, day: number): number {
  const rad = Math.PI / 180;
  const sine = (degrees: number) => Math.sin(degrees * rad);
  const cosine = (degrees: number) => Math.cos(degrees * rad);
  let minutes = 720 - 4 * longitude + 360;
  for (let pass = 0; pass < 3; pass += 1) {
    const century = (day + minutes / 1_440 + 2_440_587.5 - 2_451_545) / 36_525;
    const long = (280.46646 + century * (36_000.76983 + century * 0.0003032)) % 360;
    const anomaly = 357.52911 + century * (35_999.05029 - 0.0001537 * century);
    const eccentricity = 0.016708634 - century * (0.000042037 + 0.0000001267 * century);
    const centre =
      sine(anomaly) * (1.914602 - century * (0.004817 + 0.000014 * century)) +
      sine(2 * anomaly) * (0.019993 - 0.000101 * century) +
      sine(3 * anomaly) * 0.000289;
    const apparent = long + centre - 0.00569 - 0.00478 * sine(125.04 - 1_934.136 * century);
    const tilt = 23 + (26 + (21.448 - century * (46.815 + century * (0.00059 - century * 0.001813))) / 60) / 60;
    const oblique = tilt + 0.00256 * cosine(125.04 - 1_934.136 * century);
    const declination = Math.asin(sine(oblique) * sine(apparent)) / rad;
    const y = Math.tan((oblique / 2) * rad) ** 2;
    const equation =
      (4 / rad) *
      (y * sine(2 * long) -
        2 * eccentricity * sine(anomaly) +
        4 * eccentricity * y * sine(anomaly) * cosine(2 * long) -
        0.5 * y * y * sine(4 * long) -
        1.25 * eccentricity * eccentricity * sine(2 * anomaly));
    const hour =
      Math.acos(cosine(90.833) / (cosine(latitude) * cosine(declination)) - Math.tan(latitude * rad) * Math.tan(declination * rad)) / rad;
    minutes = 720 - 4 * (longitude - hour) - equation;
  }
  return day * 86_400_000 + minutes * 60_000;
}

describe('candles', () => {
  test.each([
    ['jerusalem', '2025-12-05', 'Asia/Jerusalem', '15:55'],
    ['jerusalem', '2025-06-20', 'Asia/Jerusalem', '19:07'],
    ['tel-aviv', '2025-12-05', 'Asia/Jerusalem', '16:16'],
    ['haifa', '2025-12-05', 'Asia/Jerusalem', '16:04'],
    ['new-york', '2025-12-12', 'America/New_York', '16:11'],
    ['new-york', '2026-06-19', 'America/New_York', '20:12'],
    ['london', '2025-12-12', 'Europe/London', '15:33'],
    ['paris', '2026-06-19', 'Europe/Paris', '21:40'],
    ['sydney', '2025-12-19', 'Australia/Sydney', '19:47'],
    ['buenos-aires', '2026-06-19', 'America/Argentina/Buenos_Aires', '17:32'],
  ])('are lit in %s on %s (%s) at %s, give or take two minutes', (id, date, timeZone, time) => {
    const city = findCity(id);
    if (!city) throw new Error('no such city');
    const lit = (sunsetAt(city, toDay(date)) ?? 0) - city.beginsBefore * 60_000;
    const [hour = 0, minute = 0] = time.split(':').map(Number);
    expect(Math.abs(lit - new WallClock(timeZone).momentOf(toDay(date), hour * 60 + minute))).toBeLessThan(2 * 60_000);
  });

  test('sunset in every city is on its own day, and the weather service’s within a minute', () => {
    for (const { id } of listCities()) {
      const city = findCity(id);
      if (!city) throw new Error('no such city');
      for (let day = toDay('2026-01-02'); day < toDay('2027-01-01'); day += 7) {
        const ours = sunsetAt(city, day) ?? 0;
        expect(Math.abs(ours - weatherServiceSunset(city.latitude, city.longitude, day)), `${id} ${toDate(day)}`).toBeLessThan(60_000);
      }
    }
  });
});

describe('a shop that keeps Shabbat', () => {
  const always = [{ from: 0, to: 1_440 }];
  const shop: HoursRules = {
    name: 'חנות',
    timeZone: 'Asia/Jerusalem',
    week: Array(7).fill(always),
    exceptions: [],
    holidays: [],
    jewish: { isDiaspora: false, days: {}, shortUntil: 780, shabbat: { city: 'jerusalem', beginsBefore: 40, endsAfter: 40 } },
    calendars: [],
  };
  const clockOf = async (rules: HoursRules) => clockOfDays(new WallClock(rules.timeZone), await planDays(rules));
  const near = (at: number | null, time: string) => expect(Math.abs((at ?? 0) - Date.parse(time))).toBeLessThan(2 * 60_000);

  test('closes with the candles on Friday and opens when three stars are out', async () => {
    const clock = await clockOf(shop);
    near(clock.closesAt(Date.parse('2025-12-05T08:00:00+02:00')), '2025-12-05T15:55:00+02:00');
    near(clock.opensAt(Date.parse('2025-12-06T08:00:00+02:00')), '2025-12-06T17:15:00+02:00');
  });

  test('closes a night shift too, but not on a day that was opened by name', async () => {
    const night = [{ from: 1_200, to: 1_680 }];
    const bar = await clockOf({ ...shop, week: Array(7).fill(night) });
    const [friday, sunday] = [Date.parse('2025-12-05T12:00:00+02:00'), Date.parse('2025-12-07T12:00:00+02:00')];
    expect(bar.spansBetween(friday, sunday)).toEqual([
      { from: Date.parse('2025-12-06T20:00:00+02:00'), to: Date.parse('2025-12-07T04:00:00+02:00') },
    ]);
    const party = { id: 'a', name: 'ליל שישי', from: '2025-12-05', to: '2025-12-05', spans: night };
    const once = await clockOf({ ...shop, week: Array(7).fill([]), exceptions: [party] });
    expect(once.spansBetween(friday, sunday)).toEqual([
      { from: Date.parse('2025-12-05T20:00:00+02:00'), to: Date.parse('2025-12-06T04:00:00+02:00') },
    ]);
  });

  test('stays closed from the eve of a festival through the Shabbat that follows it', async () => {
    const clock = await clockOf(shop);
    // Rosh Hashana 2028 is on Thursday and Friday.
    const eve = Date.parse('2028-09-20T10:00:00+03:00');
    expect(clock.closesAt(eve)).toBe(Date.parse('2028-09-20T13:00:00+03:00'));
    near(clock.opensAt(clock.closesAt(eve) ?? 0), '2028-09-23T19:15:00+03:00');
  });

  test('is open on a festival that it does not keep, and closed on the second day where that is kept', async () => {
    const isOpen = async (changes: Partial<NonNullable<HoursRules['jewish']>>, at: string) =>
      (await clockOf({ ...shop, jewish: { ...(shop.jewish as NonNullable<HoursRules['jewish']>), ...changes } })).isOpenAt(Date.parse(at));
    expect(await isOpen({}, '2026-04-02T12:00:00+03:00')).toBe(false);
    expect(await isOpen({ days: { pesach: 'usual' } }, '2026-04-02T12:00:00+03:00')).toBe(true);
    expect(await isOpen({}, '2026-04-03T10:00:00+03:00')).toBe(true);
    expect(await isOpen({ isDiaspora: true }, '2026-04-03T10:00:00+03:00')).toBe(false);
    expect(await isOpen({ days: { 'pesach-intermediate': 'closed' } }, '2026-04-07T10:00:00+03:00')).toBe(false);
  });

  test('without a city it closes on festivals alone, and has short hours before them', async () => {
    const clock = await clockOf({ ...shop, jewish: { ...(shop.jewish as NonNullable<HoursRules['jewish']>), shabbat: null } });
    expect(clock.isOpenAt(Date.parse('2025-12-06T12:00:00+02:00'))).toBe(true);
    const spans = clock.spansBetween(Date.parse('2026-04-01T00:00:00+03:00'), Date.parse('2026-04-04T00:00:00+03:00'));
    expect(spans).toEqual([
      { from: Date.parse('2026-04-01T00:00:00+03:00'), to: Date.parse('2026-04-01T13:00:00+03:00') },
      { from: Date.parse('2026-04-03T00:00:00+03:00'), to: Date.parse('2026-04-04T00:00:00+03:00') },
    ]);
  });
});
