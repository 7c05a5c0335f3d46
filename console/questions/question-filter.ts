import type { QuestionSort } from '../../shared/question.ts';

export const spans = ['7', '30', '90', 'custom'] as const;
export type Span = (typeof spans)[number];

export interface QuestionFilter {
  span: Span;
  /** Dates like 2026-11-01, both included; of `custom` alone. */
  firstDay: string;
  lastDay: string;
  inboxId: string;
  language: string;
  sort: QuestionSort;
  show: 'open' | 'ignored';
}

const DAY_MS = 24 * 60 * 60_000;

function dateOf(at: number): string {
  const local = new Date(at);
  return new Date(Date.UTC(local.getFullYear(), local.getMonth(), local.getDate())).toISOString().slice(0, 10);
}

export function firstFilter(now: number): QuestionFilter {
  const lastDay = dateOf(now);
  return { span: '30', firstDay: dateBefore(lastDay, 29), lastDay, inboxId: '', language: '', sort: 'count', show: 'open' };
}

/** The moments that the server is asked for: the middle of a day is the same day wherever the business is. */
export function periodOf(
  { span, firstDay, lastDay }: Pick<QuestionFilter, 'span' | 'firstDay' | 'lastDay'>,
  now: number,
): { from: number; to: number } {
  const last = span === 'custom' ? lastDay : dateOf(now);
  const first = span === 'custom' ? firstDay : dateBefore(last, Number(span) - 1);
  return daysToMoments(first, last);
}

export function daysToMoments(first: string, last: string): { from: number; to: number } {
  return { from: noonOf(first), to: noonOf(last) + 1 };
}

function dateBefore(date: string, days: number): string {
  return new Date(noonOf(date) - days * DAY_MS).toISOString().slice(0, 10);
}

export function noonOf(date: string): number {
  return Date.parse(`${date}T12:00:00Z`);
}

/** Days or, where those are more than there is room for, weeks, or four of them: each with its first and last date. */
export function barsOf(days: readonly number[], firstDay: string, barsMax: number): { first: string; last: string; count: number }[] {
  const width = [1, 7].find((length) => days.length <= length * barsMax) ?? 28;
  const bars = [];
  // Whole weeks at the end, so that the newest bar is one.
  for (let end = days.length; end > 0; end -= width) {
    const start = Math.max(0, end - width);
    const count = days.slice(start, end).reduce((sum, one) => sum + one, 0);
    bars.unshift({ first: dateBefore(firstDay, -start), last: dateBefore(firstDay, -(end - 1)), count });
  }
  return bars;
}
