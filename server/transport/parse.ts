import type * as z from 'zod';
import { AppError } from '../../shared/errors.ts';

/** The one way from "anything at all" to a typed value. Throws `invalid` naming the field, or `too-large` for a text over its limit. */
export function parse<Schema extends z.ZodType>(schema: Schema, value: unknown): z.output<Schema> {
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  const field = issue?.path.join('.') || undefined;
  const isTextTooLong = issue?.code === 'too_big' && issue.origin === 'string';
  throw new AppError(isTextTooLong ? 'too-large' : 'invalid', `${field ?? 'The request'}: ${issue?.message ?? 'is not valid'}`, {
    ...(field !== undefined && { field }),
  });
}
