/** The Jewish calendar: which of its days falls on a day, postponements of the state's and of the fasts included. */
import type { JewishDay } from '../../shared/business-hours.ts';
import type { ByLanguage } from '../../shared/language.ts';
import { DAY_MS, weekdayOf } from '../../shared/wall-clock.ts';

const [SUNDAY, MONDAY, TUESDAY, THURSDAY, FRIDAY, SATURDAY] = [0, 1, 2, 4, 5, 6];

const format = new Intl.DateTimeFormat('en-u-ca-hebrew', { timeZone: 'UTC', month: 'long', day: 'numeric' });

interface HebrewDate {
  /** As Intl writes it; Purim's month is Adar in a common year and Adar II in a leap year. */
  month: string;
  date: number;
}

function toHebrew(day: number): HebrewDate {
  const parts = format.formatToParts(day * DAY_MS);
  const partOf = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
  return { month: partOf('month'), date: Number(partOf('day')) };
}

/** In the order in which they come; several where an eve is a half-holiday too. */
export function jewishDaysOn(day: number, isDiaspora: boolean): JewishDay[] {
  const { month, date } = toHebrew(day);
  return dayRules[month]?.({ day, date, weekday: weekdayOf(day), isDiaspora }) ?? [];
}

/** Days on which no work is done, so that they begin with candles on their eve. */
export const holyDays: ReadonlySet<JewishDay> = new Set([
  'rosh-hashana',
  'yom-kippur',
  'sukkot',
  'simchat-torah',
  'pesach',
  'pesach-last',
  'shavuot',
]);

interface Asked {
  day: number;
  date: number;
  weekday: number;
  isDiaspora: boolean;
}

const purimMonth = (asked: Asked): JewishDay[] => {
  const { date, weekday } = asked;
  // A fast that would be on Shabbat: two days earlier, for the day before Shabbat is no day to fast either.
  if ((date === 13 && weekday !== SATURDAY) || (date === 11 && weekday === THURSDAY)) return ['fast-of-esther'];
  return date === 14 ? ['purim'] : date === 15 ? ['shushan-purim'] : [];
};

const dayRules: Record<string, (asked: Asked) => JewishDay[]> = {
  Tishri: ({ date, weekday, isDiaspora }) => {
    if (date <= 2) return ['rosh-hashana'];
    if ((date === 3 && weekday !== SATURDAY) || (date === 4 && weekday === SUNDAY)) return ['fast-of-gedaliah'];
    if (date === 9) return ['yom-kippur-eve'];
    if (date === 10) return ['yom-kippur'];
    if (date === 14) return ['sukkot-eve'];
    if (date === 15 || (date === 16 && isDiaspora)) return ['sukkot'];
    if (date === 21) return ['hoshana-raba', 'sukkot-intermediate'];
    if (date > 15 && date < 21) return ['sukkot-intermediate'];
    return date === 22 || (date === 23 && isDiaspora) ? ['simchat-torah'] : [];
  },
  Kislev: ({ date }) => (date >= 25 ? ['hanukkah'] : []),
  Tevet: ({ day, date }) => {
    // Kislev has 29 days or 30, Hanukkah always eight.
    if (date <= 2 || (date === 3 && toHebrew(day - 3).date === 29)) return ['hanukkah'];
    return date === 10 ? ['fast-of-tevet'] : [];
  },
  Shevat: ({ date }) => (date === 15 ? ['tu-bishvat'] : []),
  Adar: purimMonth,
  'Adar II': purimMonth,
  Nisan: ({ date, weekday, isDiaspora }) => {
    if (date === 14) return ['pesach-eve'];
    if (date === 15 || (date === 16 && isDiaspora)) return ['pesach'];
    if (date === 20) return ['pesach-last-eve', 'pesach-intermediate'];
    if (date > 15 && date < 20) return ['pesach-intermediate'];
    if (date === 21 || (date === 22 && isDiaspora)) return ['pesach-last'];
    // Not beside Shabbat: Friday's a day earlier, Sunday's a day later.
    const isMoved = (date === 26 && weekday === THURSDAY) || (date === 28 && weekday === MONDAY);
    return isMoved || (date === 27 && weekday !== FRIDAY && weekday !== SUNDAY) ? ['holocaust-day'] : [];
  },
  Iyar: (asked) => {
    if (isIndependenceDay(asked.date, asked.weekday)) return ['independence-day'];
    if (isIndependenceDay(asked.date + 1, (asked.weekday + 1) % 7)) return ['memorial-day'];
    return asked.date === 18 ? ['lag-baomer'] : asked.date === 28 ? ['jerusalem-day'] : [];
  },
  Sivan: ({ date, isDiaspora }) => (date === 5 ? ['shavuot-eve'] : date === 6 || (date === 7 && isDiaspora) ? ['shavuot'] : []),
  Tamuz: ({ date, weekday }) => ((date === 17 && weekday !== SATURDAY) || (date === 18 && weekday === SUNDAY) ? ['fast-of-tammuz'] : []),
  Av: ({ date, weekday }) => ((date === 9 && weekday !== SATURDAY) || (date === 10 && weekday === SUNDAY) ? ['tisha-bav'] : []),
  Elul: ({ date }) => (date === 29 ? ['rosh-hashana-eve'] : []),
};

/** The fifth of Iyar, but with the day of memory before it never beside Shabbat: Friday's and Saturday's on Thursday, Monday's on Tuesday. */
function isIndependenceDay(date: number, weekday: number): boolean {
  if (date === 5) return weekday !== FRIDAY && weekday !== SATURDAY && weekday !== MONDAY;
  return ((date === 3 || date === 4) && weekday === THURSDAY) || (date === 6 && weekday === TUESDAY);
}

export const jewishDayNames: Record<JewishDay, ByLanguage> = {
  'rosh-hashana-eve': { he: 'ערב ראש השנה', en: 'Rosh Hashana Eve' },
  'rosh-hashana': { he: 'ראש השנה', en: 'Rosh Hashana' },
  'fast-of-gedaliah': { he: 'צום גדליה', en: 'Fast of Gedaliah' },
  'yom-kippur-eve': { he: 'ערב יום כיפור', en: 'Yom Kippur Eve' },
  'yom-kippur': { he: 'יום כיפור', en: 'Yom Kippur' },
  'sukkot-eve': { he: 'ערב סוכות', en: 'Sukkot Eve' },
  sukkot: { he: 'סוכות', en: 'Sukkot' },
  'sukkot-intermediate': { he: 'חול המועד סוכות', en: 'Sukkot (Chol HaMoed)' },
  'hoshana-raba': { he: 'הושענא רבה', en: 'Hoshana Raba' },
  'simchat-torah': { he: 'שמיני עצרת ושמחת תורה', en: 'Shemini Atzeret and Simchat Torah' },
  hanukkah: { he: 'חנוכה', en: 'Hanukkah' },
  'fast-of-tevet': { he: 'עשרה בטבת', en: 'Fast of the Tenth of Tevet' },
  'tu-bishvat': { he: 'ט״ו בשבט', en: 'Tu BiShvat' },
  'fast-of-esther': { he: 'תענית אסתר', en: 'Fast of Esther' },
  purim: { he: 'פורים', en: 'Purim' },
  'shushan-purim': { he: 'שושן פורים', en: 'Shushan Purim' },
  'pesach-eve': { he: 'ערב פסח', en: 'Passover Eve' },
  pesach: { he: 'פסח', en: 'Passover' },
  'pesach-intermediate': { he: 'חול המועד פסח', en: 'Passover (Chol HaMoed)' },
  'pesach-last-eve': { he: 'ערב שביעי של פסח', en: 'Eve of the Last Day of Passover' },
  'pesach-last': { he: 'שביעי של פסח', en: 'Last Day of Passover' },
  'holocaust-day': { he: 'יום הזיכרון לשואה ולגבורה', en: 'Holocaust Remembrance Day' },
  'memorial-day': { he: 'יום הזיכרון', en: 'Memorial Day (Israel)' },
  'independence-day': { he: 'יום העצמאות', en: 'Independence Day (Israel)' },
  'lag-baomer': { he: 'ל״ג בעומר', en: 'Lag BaOmer' },
  'jerusalem-day': { he: 'יום ירושלים', en: 'Jerusalem Day' },
  'shavuot-eve': { he: 'ערב שבועות', en: 'Shavuot Eve' },
  shavuot: { he: 'שבועות', en: 'Shavuot' },
  'fast-of-tammuz': { he: 'י״ז בתמוז', en: 'Fast of the Seventeenth of Tammuz' },
  'tisha-bav': { he: 'תשעה באב', en: 'Tisha B’Av' },
};
