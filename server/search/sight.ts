import type { Caller } from '../transport/wire.ts';

/** What of the house somebody may find by searching. The store turns it into conditions, so nothing unseen is even counted. */
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
