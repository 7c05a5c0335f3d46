import type { AgentNoticeKind } from '../../shared/agent-notice.ts';
import type { NoticeSla } from '../../shared/sla.ts';

/** What happened, for each one who is told. */
export interface NewNotice {
  agentId: string;
  kind: AgentNoticeKind;
  actorId: string | null;
  conversationId: string | null;
  /** Instead of a conversation. */
  ticketId?: string | undefined;
  /** The note that says more. */
  note?: { id: string; seq: number } | undefined;
  sla?: NoticeSla | undefined;
}
