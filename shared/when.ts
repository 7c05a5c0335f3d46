import * as z from 'zod';

const days = z.number().int().min(0).max(36_500);
const moment = z.number().int().min(0).max(8.64e15);

/**
 * When. `before` and `after` are moments; `older` and `within` count days back from now, `ahead` days from now on; `never` where it has
 * not happened, `ever` where it has.
 */
export const whenSchema = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('before'), at: moment }),
  z.strictObject({ op: z.literal('after'), at: moment }),
  z.strictObject({ op: z.literal('between'), from: moment, to: moment }),
  z.strictObject({ op: z.literal('older'), days }),
  z.strictObject({ op: z.literal('within'), days }),
  z.strictObject({ op: z.literal('ahead'), days }),
  z.strictObject({ op: z.literal('never') }),
  z.strictObject({ op: z.literal('ever') }),
]);
export type When = z.infer<typeof whenSchema>;
