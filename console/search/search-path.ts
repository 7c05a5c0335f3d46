import type { SearchHit } from '../../shared/search.ts';
import type { ViewName } from '../conversations/list-views.ts';
import { conversationPath } from '../conversations/paths.ts';

/** Empty ones are left out. */
export function searchPath(asked: Record<string, string | undefined>): string {
  const pairs = Object.entries(asked).filter((pair): pair is [string, string] => pair[1] !== undefined && pair[1] !== '');
  const query = new URLSearchParams(pairs).toString();
  return query === '' ? '/console/search' : `/console/search?${query}`;
}

/** Where a find opens. A message is opened in its conversation, at its place. */
export function hitPath(hit: SearchHit, view: ViewName): string {
  if (hit.kind === 'contact') return `/console/contacts/${hit.contact.id}`;
  if (hit.kind === 'conversation') return conversationPath(hit.conversation.id, view);
  return `${conversationPath(hit.conversation.id, view)}&message=${hit.message.seq}`;
}
