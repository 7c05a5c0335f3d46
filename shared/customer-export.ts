import * as z from 'zod';
import { customerColumnSchema, customerQuerySchema } from './customer.ts';
import { lineSchema } from './text.ts';

const exportFormats = ['csv', 'xlsx'] as const;

/** A list in an address: `a,b,c`. */
function listedSchema(item: z.ZodType<string, string>, most: number) {
  return z
    .string()
    .max(6_000)
    .transform((text) => text.split(','))
    .pipe(z.array(item).min(1).max(most));
}

/** `GET /api/customers/export`: everybody who is found, in the order and with the columns of the list that is looked at. */
export const customerExportSchema = customerQuerySchema.omit({ cursor: true, limit: true }).extend({
  format: z.enum(exportFormats).default('csv'),
  columns: listedSchema(customerColumnSchema as z.ZodType<string, string>, 60),
  /** Of the headings and of words in cells; Hebrew sheets are laid out from right to left. */
  language: z.enum(['he', 'en']).default('en'),
  /** In which the days are reckoned. */
  timeZone: lineSchema(60).optional(),
  /** Only these, of a selection. */
  ids: listedSchema(z.string().regex(/^[A-Za-z0-9_-]{21}$/), 200).optional(),
});
export type CustomerExport = z.infer<typeof customerExportSchema>;
