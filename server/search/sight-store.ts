import { type SqlBool, sql } from 'kysely';
import type { Caller } from '../transport/wire.ts';

/** What of the house somebody may find by searching: a condition of every query, so nothing unseen is even counted. */
export interface Sight {
  conversations: 'all' | 'none';
  contacts: 'all' | 'none';
}

export function visibleTo({ permissions }: Caller): Sight {
  return {
    conversations: permissions.includes('conversations:view') ? 'all' : 'none',
    contacts: permissions.includes('contacts:view') ? 'all' : 'none',
  };
}

/** The one place where what somebody may see becomes a condition on conversations. */
export function inSight({ conversations }: Sight) {
  return conversations === 'all' ? [] : [sql<SqlBool>`1 = 0`];
}
