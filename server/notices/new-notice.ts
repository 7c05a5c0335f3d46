import type { AgentNoticeKind } from '../../shared/agent-notice.ts';
import type { NoticeSla } from '../../shared/sla.ts';

/** What happened, for each one who is told. */
export interface NewNotice {
  agentId: string;
  kind: AgentNoticeKind;
  actorId: string | null;
  /** Null for what is told of a customer file. */
  conversationId: string | null;
  /** Whose file, and which item of its timeline (`kind:id`). */
  file?: { contactId: string; item: string } | undefined;
  /** Instead of a conversation. */
  ticketId?: string | undefined;
  /** The note that says more. */
  note?: { id: string; seq: number } | undefined;
  sla?: NoticeSla | undefined;
}
