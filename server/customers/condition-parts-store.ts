/** What conditions on customers are put together from. */
import { type RawBuilder, type SqlBool, sql } from 'kysely';
import type { WallClock } from '../../shared/wall-clock.ts';
import type { When } from '../../shared/when.ts';

export type Fits = RawBuilder<SqlBool>;

/** What "me", "now" and "worth" are, and how this database makes letters small. */
export interface Seen {
  agentId: string;
  now: number;
  /** By which days are told. */
  clock: WallClock;
  /** The business's own. */
  currency: string;
  lower: (column: RawBuilder<unknown>) => RawBuilder<string>;
}

const DAY_MS = 24 * 3_600_000;

export function joined(all: readonly Fits[], match: 'all' | 'any'): Fits {
  return sql`(${sql.join([...all], match === 'all' ? sql` and ` : sql` or `)})`;
}

export function either(condition: Fits, isSo: boolean): Fits {
  return isSo ? condition : sql`not ${condition}`;
}

export function present(condition: Fits, presence: 'filled' | 'empty'): Fits {
  return either(sql`(${condition})`, presence === 'filled');
}

export function isAmong(column: RawBuilder<unknown>, values: readonly (string | number)[]): Fits {
  return sql`${column} in (${sql.join([...values])})`;
}

interface Range {
  from?: number | undefined;
  to?: number | undefined;
}

export function inRange(column: RawBuilder<unknown>, { from, to }: Range): Fits {
  const ends = [
    ...(from === undefined ? [] : [sql<SqlBool>`${column} >= ${from}`]),
    ...(to === undefined ? [] : [sql<SqlBool>`${column} <= ${to}`]),
  ];
  return ends.length === 0 ? sql`${column} is not null` : joined(ends, 'all');
}

export interface Stretch {
  from: number | null;
  to: number | null;
}

type TimedWhen = Exclude<When, { op: 'never' | 'ever' }>;

/** From when to when, both included; null where nothing bounds it. */
export function stretchOf(when: TimedWhen, now: number): Stretch {
  switch (when.op) {
    case 'before':
      return { from: null, to: when.at - 1 };
    case 'after':
      return { from: when.at, to: null };
    case 'between':
      return { from: when.from, to: when.to };
    case 'older':
      return { from: null, to: now - when.days * DAY_MS };
    case 'within':
      return { from: now - when.days * DAY_MS + 1, to: null };
    case 'ahead':
      return { from: now + 1, to: now + when.days * DAY_MS };
  }
}

/** The same of days by their numbers: today lies neither behind nor beyond, and belongs to both. */
export function daysOf(when: TimedWhen, { clock, now }: Pick<Seen, 'clock' | 'now'>): Stretch {
  const today = clock.dayAt(now);
  switch (when.op) {
    case 'before':
      return { from: null, to: clock.dayAt(when.at) - 1 };
    case 'after':
      return { from: clock.dayAt(when.at), to: null };
    case 'between':
      return { from: clock.dayAt(when.from), to: clock.dayAt(when.to) };
    case 'older':
      return { from: null, to: today - when.days - 1 };
    case 'within':
      return { from: today - when.days, to: today };
    case 'ahead':
      return { from: today, to: today + when.days };
  }
}

export function inStretch(column: RawBuilder<unknown>, { from, to }: Stretch): Fits {
  return inRange(column, { ...(from !== null && { from }), ...(to !== null && { to }) });
}
