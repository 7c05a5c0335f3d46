import { isDeepStrictEqual } from 'node:util';
import type * as z from 'zod';

/** Throws where a reply is not what the description of the API says of it: wrong, or more than it tells. */
export function checkReply(schema: z.ZodType | undefined, reply: unknown, where: string): void {
  if (schema === undefined) {
    if (reply !== undefined) throw new Error(`${where} replies, and its description says nothing of it.`);
    return;
  }
  const said: unknown = JSON.parse(JSON.stringify(reply));
  const read = schema.safeParse(said);
  if (!read.success) throw new Error(`${where} does not reply what it says: ${read.error.message}`);
  const known: unknown = JSON.parse(JSON.stringify(read.data));
  if (!isDeepStrictEqual(known, said))
    throw new Error(`${where} replies more than it says: ${JSON.stringify(said)} is read as ${JSON.stringify(known)}`);
}
