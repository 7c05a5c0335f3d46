import * as z from 'zod';

/** How every list answers: `next` is the `cursor` of the page after this one, null where there is none. */
export function pageSchema<Item extends z.ZodType>(item: Item) {
  return z.object({ items: z.array(item), next: z.string().nullable() });
}
