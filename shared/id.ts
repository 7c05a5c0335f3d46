import * as z from 'zod';

/** 21 URL-safe characters (nanoid). The client makes the ids of what it sends, so a retry finds the first copy. */
export const idSchema = z.string().regex(/^[A-Za-z0-9_-]{21}$/, 'must be 21 URL-safe characters');

/** Place in a conversation: 1, 2, 3 … without gaps. 0 means "nothing yet". */
export const seqSchema = z.number().int().min(0).max(2_147_483_647);
