/** What is wrong with a row of a file, by name and in a sentence. */
import type * as z from 'zod';
import type { RefusedRow } from '../../shared/answer-import.ts';

export type Fault = Pick<RefusedRow, 'reason' | 'about' | 'sentence'>;

export const noInbox: Fault = { reason: 'no-inbox', sentence: 'There is no such inbox.' };

/** Of what the schema of an answer says. */
export function faultOf(issue: z.core.$ZodIssue | undefined): Fault {
  const sentence = issue?.message ?? 'This is not right.';
  const [subject] = issue?.path ?? [];
  if (subject === 'inboxIds') return noInbox;
  if (subject === 'moment') return { reason: 'no-moment', sentence };
  if (subject === 'isOn') return { reason: 'no-switch', sentence };
  if (subject === 'validFrom' || subject === 'validTo') return { reason: issue?.code === 'custom' ? 'ends-first' : 'no-time', sentence };
  if (issue?.code === 'too_big') {
    return { reason: issue.origin === 'string' ? 'too-long' : 'too-many', about: Number(issue.maximum), sentence };
  }
  const isWhole = issue?.path.length === 1;
  if (isWhole && subject === 'question') return { reason: 'no-question', sentence };
  if (isWhole && subject === 'bodies') return { reason: 'no-text', sentence };
  return { reason: 'wrong', sentence };
}
