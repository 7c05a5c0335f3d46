import type { AgentNotice } from '../../shared/agent-notice.ts';
import type { ViewName } from '../conversations/list-views.ts';
import { conversationPath } from '../conversations/paths.ts';

/** Before the note that a notice is about, where there is one; null for what may not be seen any more. */
export function noticePath(
  { conversationId, seq, ticket }: Pick<AgentNotice, 'conversationId' | 'seq' | 'ticket'>,
  view: ViewName,
): string | null {
  if (ticket) return `/console/tickets/${ticket.id}`;
  if (conversationId === null) return null;
  return `${conversationPath(conversationId, view)}${seq === null ? '' : `&message=${seq}`}`;
}
