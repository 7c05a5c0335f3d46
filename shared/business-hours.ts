import * as z from 'zod';
import { requireDifferent, saidByLanguageSchema } from './by-language.ts';
import { idSchema } from './id.ts';
import { lineSchema } from './text.ts';
import { timeZoneSchema } from './time-zone.ts';

const DAY_MINUTES = 24 * 60;

/**
 * Open from `from` to `to`, minutes on the wall clock since the day's midnight. `to` beyond 1440 runs into the next day; a whole
 * day is 0 to 1440.
 */
const spanSchema = z
  .object({
    from: z
      .number()
      .int()
      .min(0)
      .max(DAY_MINUTES - 1),
    to: z
      .number()
      .int()
      .min(1)
      .max(2 * DAY_MINUTES),
  })
  .refine(({ from, to }) => from < to && to - from <= DAY_MINUTES, { path: ['to'], message: 'must be later than from, by a day at most' });
export type HoursSpan = z.infer<typeof spanSchema>;

/** In order, none touching another. */
const spansSchema = z
  .array(spanSchema)
  .max(8)
  .refine((spans) => spans.every(({ from }, at) => at === 0 || from > (spans[at - 1] as HoursSpan).to), 'must follow each other, apart');

/** A day of the calendar, like 2026-09-12. */
const localDateSchema = z.iso.date();

/** Other hours than the week's on these days, the last one included; no spans: closed. */
const hoursExceptionSchema = z
  .object({ id: z.string().min(1).max(40), name: lineSchema(80), from: localDateSchema, to: localDateSchema, spans: spansSchema })
  .refine(({ from, to }) => from <= to, { path: ['to'], message: 'must not be before from' });
export type HoursException = z.infer<typeof hoursExceptionSchema>;

/** The public holidays of a country or of a region of it. `off`: the ids of those on which the business is open as usual. */
const publicHolidaysSchema = z.object({
  country: z.string().regex(/^[A-Z]{2}$/),
  region: z.string().max(20).nullable(),
  off: z.array(z.string().max(120)).max(200),
});
export type PublicHolidays = z.infer<typeof publicHolidaysSchema>;

/** What the Jewish calendar knows. A `-eve` is the day before. */
export const jewishDays = [
  'rosh-hashana-eve',
  'rosh-hashana',
  'fast-of-gedaliah',
  'yom-kippur-eve',
  'yom-kippur',
  'sukkot-eve',
  'sukkot',
  'sukkot-intermediate',
  'hoshana-raba',
  'simchat-torah',
  'hanukkah',
  'fast-of-tevet',
  'tu-bishvat',
  'fast-of-esther',
  'purim',
  'shushan-purim',
  'pesach-eve',
  'pesach',
  'pesach-intermediate',
  'pesach-last-eve',
  'pesach-last',
  'holocaust-day',
  'memorial-day',
  'independence-day',
  'lag-baomer',
  'jerusalem-day',
  'shavuot-eve',
  'shavuot',
  'fast-of-tammuz',
  'tisha-bav',
] as const;
export type JewishDay = (typeof jewishDays)[number];

/** `usual`: the hours of the weekday. `short`: they end at `shortUntil`. */
const dayRuleSchema = z.enum(['usual', 'short', 'closed']);
export type DayRule = z.infer<typeof dayRuleSchema>;

const jewishCalendarSchema = z.object({
  /** Second days of festivals are kept, as outside Israel. */
  isDiaspora: z.boolean(),
  /** What is not named here is as `firstDayRules` says. */
  days: z.partialRecord(z.enum(jewishDays), dayRuleSchema),
  /** Minutes since midnight. */
  shortUntil: z.number().int().min(0).max(DAY_MINUTES),
  /** Closed from candle lighting to the end of Shabbat, and of festivals that are `closed`; null: by the week's hours alone. */
  shabbat: z
    .object({
      /** An id of `GET /api/business-hours/cities`. */
      city: z.string().min(1).max(40),
      /** Minutes before sunset at which it begins, and after sunset at which it ends. */
      beginsBefore: z.number().int().min(0).max(120),
      endsAfter: z.number().int().min(0).max(120),
    })
    .nullable(),
});
export type JewishCalendar = z.infer<typeof jewishCalendarSchema>;

export const firstDayRules: Record<JewishDay, DayRule> = {
  'rosh-hashana-eve': 'short',
  'rosh-hashana': 'closed',
  'fast-of-gedaliah': 'usual',
  'yom-kippur-eve': 'short',
  'yom-kippur': 'closed',
  'sukkot-eve': 'short',
  sukkot: 'closed',
  'sukkot-intermediate': 'usual',
  'hoshana-raba': 'short',
  'simchat-torah': 'closed',
  hanukkah: 'usual',
  'fast-of-tevet': 'usual',
  'tu-bishvat': 'usual',
  'fast-of-esther': 'usual',
  purim: 'usual',
  'shushan-purim': 'usual',
  'pesach-eve': 'short',
  pesach: 'closed',
  'pesach-intermediate': 'usual',
  'pesach-last-eve': 'short',
  'pesach-last': 'closed',
  'holocaust-day': 'usual',
  'memorial-day': 'usual',
  'independence-day': 'closed',
  'lag-baomer': 'usual',
  'jerusalem-day': 'usual',
  'shavuot-eve': 'short',
  shavuot: 'closed',
  'fast-of-tammuz': 'usual',
  'tisha-bav': 'usual',
};

/** Days that were read from an iCal file. */
const importedCalendarSchema = z.object({
  id: z.string().min(1).max(40),
  name: lineSchema(80),
  days: z.array(hoursExceptionSchema).max(1_000),
});
export type ImportedCalendar = z.infer<typeof importedCalendarSchema>;

/**
 * When somebody is there. What is said of a day more specially wins: a dated exception, an imported calendar, the Jewish calendar,
 * public holidays, the week. Shabbat and festivals close whatever else says open, unless a dated exception names the day.
 */
const rulesShape = {
  name: lineSchema(80),
  timeZone: timeZoneSchema,
  /** Seven days, Sunday first. */
  week: z.array(spansSchema).length(7),
  exceptions: z.array(hoursExceptionSchema).max(400).superRefine(requireDifferent('id')),
  holidays: z.array(publicHolidaysSchema).max(5),
  jewish: jewishCalendarSchema.nullable(),
  calendars: z.array(importedCalendarSchema).max(10).superRefine(requireDifferent('id')),
};
export const hoursRulesSchema = z.object(rulesShape);
export type HoursRules = z.infer<typeof hoursRulesSchema>;

/** Both null where it never changes again. `opensAt` is null while open, `closesAt` while closed. Milliseconds, UTC. */
export const hoursStateSchema = z.object({
  isOpen: z.boolean(),
  opensAt: z.number().nullable(),
  closesAt: z.number().nullable(),
});
export type HoursState = z.infer<typeof hoursStateSchema>;

/** Whose hours they are: inboxes and teams, each of which has one at most. A team's come before its inbox's; without any it is always open. */
export const businessHoursSchema = z.object({
  ...hoursRulesSchema.shape,
  id: z.string(),
  /** Counts the changes. */
  version: z.number(),
  inboxIds: z.array(z.string()),
  teamIds: z.array(z.string()),
  now: hoursStateSchema,
});
export type BusinessHours = z.infer<typeof businessHoursSchema>;

const placesShape = { inboxIds: z.array(idSchema).max(200), teamIds: z.array(idSchema).max(200) };

/** `POST /api/business-hours`. */
export const hoursCreateSchema = hoursRulesSchema.extend({
  inboxIds: placesShape.inboxIds.default([]),
  teamIds: placesShape.teamIds.default([]),
});
export type HoursCreateRequest = z.infer<typeof hoursCreateSchema>;

/** `PATCH /api/business-hours/:id`. With the `version` that was looked at; `conflict` if somebody has saved another one since. */
export const hoursPatchSchema = z
  .object({ ...rulesShape, ...placesShape })
  .partial()
  .extend({ version: z.number().int().min(1) });
export type HoursPatch = z.infer<typeof hoursPatchSchema>;

/** `POST /api/business-hours/preview`: hours that need not be saved, day by day. `from` is today without it. */
export const hoursPreviewSchema = z.object({
  hours: hoursRulesSchema,
  from: localDateSchema.refine((date) => date >= '2000' && date < '2101', 'must be a day of 2000 to 2100').optional(),
  days: z.number().int().min(1).max(400).default(60),
});
export type HoursPreviewRequest = z.infer<typeof hoursPreviewSchema>;

export const hoursPreviewDaySchema = z.object({
  date: z.string(),
  /** Milliseconds, UTC; what begins on this day. */
  spans: z.array(
    z.object({
      from: z.number(),
      to: z.number(),
    }),
  ),
  /** What makes it another day than the week says, the deciding one first. `isDeciding`: it changed the hours. */
  marks: z.array(
    z.object({
      kind: z.enum(['exception', 'calendar', 'jewish', 'shabbat', 'holiday', 'clock-change']),
      name: saidByLanguageSchema,
      isDeciding: z.boolean(),
    }),
  ),
});
export type HoursPreviewDay = z.infer<typeof hoursPreviewDaySchema>;

export const hoursPreviewReplySchema = z.object({
  days: z.array(hoursPreviewDaySchema),
  now: hoursStateSchema,
});
export type HoursPreview = z.infer<typeof hoursPreviewReplySchema>;

/** `GET /api/business-hours/countries`: `{ items: HolidayCountry[] }`. */
export const holidayCountrySchema = z.object({
  code: z.string(),
  name: z.string(),
  regions: z.array(
    z.object({
      code: z.string(),
      name: z.string(),
    }),
  ),
});
export type HolidayCountry = z.infer<typeof holidayCountrySchema>;

/** `GET /api/business-hours/holidays?country=IL&region=&year=2026`: `{ items: PublicHoliday[] }`. `id` is the same every year. */
export const publicHolidaySchema = z.object({
  id: z.string(),
  name: saidByLanguageSchema,
  from: z.string(),
  to: z.string(),
});
export type PublicHoliday = z.infer<typeof publicHolidaySchema>;
export const holidayQuerySchema = z.object({
  country: z.string().regex(/^[A-Z]{2}$/),
  region: z.string().max(20).optional(),
  year: z.coerce.number().int().min(2000).max(2100),
});

/** `GET /api/business-hours/cities`: `{ items: ShabbatCity[] }`. */
export const shabbatCitySchema = z.object({
  id: z.string(),
  name: saidByLanguageSchema,
  /** The usual minutes of the place. */
  beginsBefore: z.number(),
  endsAfter: z.number(),
});
export type ShabbatCity = z.infer<typeof shabbatCitySchema>;

/** `POST /api/business-hours/calendar`: an iCal file → `CalendarReading`. */
export const calendarReadSchema = z.object({ text: z.string().max(200_000), timeZone: timeZoneSchema });

export const calendarReadingSchema = z.object({
  /** Days that follow each other and say the same are one. */
  days: z.array(hoursExceptionSchema),
  /** In the past, or they say nothing of days. */
  skipped: z.number(),
  /** The last ones, beyond what a calendar can hold. */
  cut: z.number(),
});
export type CalendarReading = z.infer<typeof calendarReadingSchema>;
