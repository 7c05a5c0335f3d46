import * as z from 'zod';

/** A ready-made role's id is a word, any other is like all ids. */
export const roleIdSchema = z.string().regex(/^(?:administrator|supervisor|agent|viewer|[A-Za-z0-9_-]{21})$/, 'must be the id of a role');
