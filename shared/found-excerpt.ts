import * as z from 'zod';

/** Why a search by words found something whose name does not hold all of them: a piece of its text, and where in the piece the words stand. */
export const foundExcerptSchema = z.object({ text: z.string(), marks: z.array(z.object({ from: z.number(), to: z.number() })) });
export type FoundExcerpt = z.infer<typeof foundExcerptSchema>;
