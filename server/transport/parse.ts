import type * as z from 'zod';
import { AppError } from '../../shared/errors.ts';

/** As deep as any of our schemas goes. */
const DEPTH_MAX = 8;

/** The one way from "anything at all" to a typed value. Throws `invalid` naming the field, or `too-large` for a text over its limit. */
export function parse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw toRefusal(parsed.error.issues[0]);
  const field = findFieldWithNul(parsed.data);
  if (field !== undefined) throw new AppError('invalid', `${field}: must not hold NUL`, { field });
  return parsed.data;
}

function toRefusal(issue: z.core.$ZodIssue | undefined): AppError {
  const field = issue?.path.join('.') || undefined;
  const isTextTooLong = issue?.code === 'too_big' && issue.origin === 'string';
  return new AppError(isTextTooLong ? 'too-large' : 'invalid', `${field ?? 'The request'}: ${issue?.message ?? 'is not valid'}`, {
    ...(field !== undefined && { field }),
  });
}

/** Whatever a schema forgets: PostgreSQL takes no NUL, and would fail the whole batch that such a text is stored with. */
function findFieldWithNul(value: unknown): string | undefined {
  return partsOf(value).find(([key, part]) => holdsNul(key, DEPTH_MAX) || holdsNul(part, 1))?.[0];
}

function holdsNul(value: unknown, depth: number): boolean {
  if (typeof value === 'string') return value.includes('\0');
  return depth < DEPTH_MAX && partsOf(value).some(([key, part]) => key.includes('\0') || holdsNul(part, depth + 1));
}

/** Of what a schema builds: objects and arrays, and nothing with a life of its own. */
function partsOf(value: unknown): [string, unknown][] {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value)) return [];
  return Object.entries(value);
}
