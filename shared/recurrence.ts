import * as z from 'zod';
import { timeZoneSchema } from './time-zone.ts';

const recurrenceUnits = ['day', 'week', 'month', 'year'] as const;

/**
 * Every so many days, weeks, months or years, by the wall clock of `timeZone`: what is due at nine stays due at nine when summer time
 * begins. What falls on a day that a month does not have is due on its last one.
 */
export const recurrenceSchema = z
  .object({
    unit: z.enum(recurrenceUnits),
    every: z.number().int().min(1).max(99).default(1),
    /** Of weeks: on which days, 1 Monday to 7 Sunday. Without them on that of the first time. */
    weekdays: z.array(z.number().int().min(1).max(7)).max(7).optional(),
    /** With which day a week begins, for every second week and more. */
    weekStartsOn: z.number().int().min(1).max(7).default(7),
    /** Of months: on the last day of each. */
    isMonthEnd: z.boolean().optional(),
    /** No more after this moment, or after so many of them. */
    until: z.number().int().positive().max(8_640_000_000_000_000).nullable().optional(),
    count: z.number().int().min(1).max(999).nullable().optional(),
    /** On a day on which the business is closed it moves to the next one on which it opens. */
    isOnWorkingDays: z.boolean().optional(),
    /** When the next one is made: once this one is done, or when its time has come, whether it was done or not. */
    makesNext: z.enum(['done', 'time']).default('done'),
    timeZone: timeZoneSchema,
  })
  .refine(({ weekdays, unit }) => weekdays === undefined || unit === 'week', { path: ['weekdays'], message: 'belong to weeks' })
  .refine(({ isMonthEnd, unit }) => !isMonthEnd || unit === 'month', { path: ['isMonthEnd'], message: 'belongs to months' })
  .refine(({ until, count }) => (until ?? null) === null || (count ?? null) === null, {
    path: ['count'],
    message: 'it ends on a day or after so many, not both',
  });
export type Recurrence = z.infer<typeof recurrenceSchema>;
