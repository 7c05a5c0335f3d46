/**
 * Every Socket.IO event in both directions: the wire's table of contents. Requests have an acknowledgement
 * (`Reply<Data>`), facts have none. The schemas that validate the payloads stand beside their nouns.
 */

import type { Agent, AgentAvailability, SignedInAgent } from './agent.ts';
import type { AgentDraft, DraftListRequest, DraftPage } from './agent-draft.ts';
import type { AgentNotice, NoticeSeenRequest } from './agent-notice.ts';
import type { BulkReply, BulkRequest, BulkUndoReply, BulkUndoRequest } from './bulk.ts';
import type { Business } from './business.ts';
import type { CannedResponse } from './canned-response.ts';
import type { Contact, Page, Visitor, VisitorIdentifyRequest } from './contact.ts';
import type {
  AgentTypingRequest,
  ConversationAssignRequest,
  ConversationOpenRequest,
  ConversationPrioritizeRequest,
  ConversationRateRequest,
  ConversationReadRequest,
  ConversationRequest,
  ConversationSnoozeRequest,
  ConversationSummary,
  ConversationTagRequest,
  TranscriptSendRequest,
  VisitorConversation,
  VisitorTypingRequest,
} from './conversation.ts';
import type { CustomerJob } from './customer-job.ts';
import type { Reply } from './errors.ts';
import type { Availability } from './inbox.ts';
import type {
  Greeted,
  LiveVisitorsChanged,
  LiveVisitorsLeft,
  VisitorGreetRequest,
  VisitorWatchRequest,
  WatchedVisitors,
} from './live-visitor.ts';
import type { Macro, MacroRunReply, MacroRunRequest } from './macro.ts';
import type { AgentMessageDraft, AnswerRateRequest, Message, MessageListRequest, MessagePage, VisitorMessageDraft } from './message.ts';
import type { NowBoard, NowWatchRequest } from './now-board.ts';
import type { Opportunity } from './opportunity.ts';
import type { DataEraseRequest, ExportedData } from './own-record.ts';
import type { ConversationPickRequest, RoutingChange } from './routing.ts';
import type { CallbackReply, CallbackRequest, CallbackTimes, DueTask, Task } from './task.ts';
import type { Team } from './team.ts';
import type { Ticket, VisitorTicket } from './ticket.ts';
import type { TrackedEventRequest } from './tracked-event.ts';
import type { ConversationTransferRequest } from './transfer.ts';

export const PROTOCOL_VERSION = 1;

type Nothing = Record<string, never>;
type Request<Payload, Data> = (payload: Payload, reply?: (reply: Reply<Data>) => void) => void;

export interface VisitorRequests {
  'message:post': Request<VisitorMessageDraft, { message: Message; conversation: VisitorConversation }>;
  'message:list': Request<MessageListRequest, MessagePage>;
  'conversation:list': Request<Nothing, { conversations: VisitorConversation[] }>;
  'visitor:identify': Request<VisitorIdentifyRequest, { visitor: Visitor }>;
  /** May be lost; an acknowledgement is not needed. */
  'typing:set': Request<VisitorTypingRequest, Nothing>;
  'conversation:read': Request<ConversationReadRequest, Nothing>;
  'conversation:end': Request<ConversationRequest, { conversation: VisitorConversation }>;
  /** Of the stretch that ended last; it can be changed for a day. */
  'conversation:rate': Request<ConversationRateRequest, Nothing>;
  /** Of a message that answered by itself. The same said again changes nothing; the last word counts. */
  'answer:rate': Request<AnswerRateRequest, Nothing>;
  'callback:request': Request<CallbackRequest, CallbackReply>;
  'callback:times': Request<Nothing, CallbackTimes>;
  /** Of a visitor whom the site vouches for; anybody else has none. Those that go on, and those that ended not long ago, the newest first. */
  'ticket:list': Request<Nothing, { tickets: VisitorTicket[] }>;
  /** By e-mail. `forbidden` where the server has no mail or the inbox does not offer it. */
  'transcript:send': Request<TranscriptSendRequest, Nothing>;
  'data:export': Request<Nothing, ExportedData>;
  /** The reply is the last that this visitor hears: its token leads to nobody any more. */
  'data:erase': Request<DataEraseRequest, Nothing>;
  'page:view': Request<Page, Nothing>;
  'event:track': Request<TrackedEventRequest, Nothing>;
}

export interface VisitorFacts {
  'session:started': (session: VisitorSession) => void;
  'message:posted': (message: Message) => void;
  'conversation:changed': (conversation: VisitorConversation) => void;
  'conversation:read': (mark: { conversationId: string; reader: 'agent' | 'visitor'; seq: number }) => void;
  'typing:changed': (typing: { conversationId: string; name: string; typing: boolean }) => void;
  'availability:changed': (availability: Availability) => void;
  'answer:rated': (rated: AnswerRateRequest & { conversationId: string }) => void;
  /** To every browser of a verified person; null: it is none of its tickets any more. */
  'ticket:changed': (changed: { ticketId: string; ticket: VisitorTicket | null }) => void;
  'server:closing': (closing: ServerClosing) => void;
}

/**
 * `epoch` names the history that this database holds. After a restore from a backup a client's epoch is unknown
 * to the server, `isFresh` is true, and the client shows `messages` instead of what it had. Otherwise `messages`
 * are those after the handshake's `after` (the newest page without it); `more` says that `message:list` has more.
 */
export interface VisitorSession extends MessagePage {
  token: string;
  visitor: Visitor;
  availability: Availability;
  conversation: VisitorConversation | null;
  epoch: string;
  isFresh: boolean;
  /** The signed identity names somebody else than the person this browser belonged to: nothing of that one may be shown. */
  isOtherPerson?: boolean;
}

/** The server is about to close: reconnect after `reconnectInMs`, already spread per client, so that nobody storms. */
export interface ServerClosing {
  reconnectInMs: number;
}

export interface AgentRequests {
  'availability:set': Request<{ availability: AgentAvailability }, Nothing>;
  'conversation:open': Request<ConversationOpenRequest, OpenedConversation>;
  'conversation:leave': Request<ConversationRequest, Nothing>;
  'message:list': Request<MessageListRequest, MessagePage>;
  'message:post': Request<AgentMessageDraft, { message: Message; conversation: ConversationSummary }>;
  'conversation:assign': Request<ConversationAssignRequest, { conversation: ConversationSummary }>;
  /** Null: nobody waits whom this agent may take. `conflict`: a colleague was quicker, or the agent has as many as it may have. */
  'conversation:pick': Request<ConversationPickRequest, { conversation: ConversationSummary | null }>;
  'conversation:transfer': Request<ConversationTransferRequest, { conversation: ConversationSummary }>;
  /** Which agents may see it: whom a mention in it would reach. */
  'conversation:audience': Request<ConversationRequest, { agentIds: string[] }>;
  'conversation:resolve': Request<ConversationRequest, { conversation: ConversationSummary }>;
  'conversation:reopen': Request<ConversationRequest, { conversation: ConversationSummary }>;
  'conversation:snooze': Request<ConversationSnoozeRequest, { conversation: ConversationSummary }>;
  'conversation:tag': Request<ConversationTagRequest, { conversation: ConversationSummary }>;
  'conversation:prioritize': Request<ConversationPrioritizeRequest, { conversation: ConversationSummary }>;
  /** `stale` if somebody else has spoken since `expectedSeq`, or the macro is another one now: then nothing of it was done. */
  'macro:run': Request<MacroRunRequest, MacroRunReply>;
  /** Each conversation is judged by itself: the reply says which were changed, and why the others were not. */
  'conversation:bulk': Request<BulkRequest, BulkReply>;
  'conversation:bulk-undo': Request<BulkUndoRequest, BulkUndoReply>;
  'conversation:read': Request<ConversationReadRequest, Nothing>;
  'typing:set': Request<AgentTypingRequest, Nothing>;
  /** The reply is the draft that counts, which may be a later one from another browser of the agent. */
  'draft:set': Request<AgentDraft, { draft: AgentDraft }>;
  'draft:list': Request<DraftListRequest, DraftPage>;
  'notice:seen': Request<NoticeSeenRequest, Nothing>;
  'visitor:watch': Request<VisitorWatchRequest, WatchedVisitors>;
  'visitor:unwatch': Request<Nothing, Nothing>;
  'visitor:greet': Request<VisitorGreetRequest, Greeted>;
  'now:watch': Request<NowWatchRequest, NowBoard>;
  'now:unwatch': Request<Nothing, Nothing>;
}

/** `messages` as in `MessagePage`: after `after` if given and still true (see `afterId`), else the newest page. */
export interface OpenedConversation extends MessagePage {
  conversation: ConversationSummary;
  contact: Contact;
}

export interface AgentFacts {
  'session:started': (session: AgentSessionStarted) => void;
  'conversation:changed': (conversation: ConversationSummary) => void;
  'message:posted': (message: Message) => void;
  'typing:changed': (typing: {
    conversationId: string;
    who: { kind: 'visitor' | 'agent'; id: string; name: string | null };
    typing: boolean;
    text?: string;
  }) => void;
  'conversation:read': (mark: { conversationId: string; reader: 'agent' | 'visitor'; seq: number }) => void;
  'viewers:changed': (viewers: { conversationId: string; agentIds: string[]; replyingIds: string[] }) => void;
  'contact:changed': (contact: Contact) => void;
  /** To those who have the conversation open. */
  'answer:rated': (rated: AnswerRateRequest & { conversationId: string }) => void;
  /** The conversation is no longer this agent's to see: it leaves the list, and whoever has it open leaves it. */
  'conversation:gone': (gone: { conversationId: string }) => void;
  'agents:changed': (colleagues: { agents: Agent[] }) => void;
  'teams:changed': (known: { teams: Team[] }) => void;
  /** Saved views are to be read anew: this agent's own, or the shared ones (null). */
  'views:changed': (whose: { ownerId: string | null }) => void;
  'business:changed': (business: Business) => void;
  /** To those who may use it; removed also for whom it is out of reach now. */
  'canned:changed': (response: CannedResponse) => void;
  'canned:removed': (removed: { id: string }) => void;
  'macro:changed': (macro: Macro) => void;
  'macro:removed': (removed: { id: string }) => void;
  /** Names or colours are others now. */
  'tags:changed': (nothing: Nothing) => void;
  /** Segments, or how many customers are in them, are other than before. */
  'segments:changed': (nothing: Nothing) => void;
  /** How far work on many customers has come: to whoever asked for it. */
  'customers:job': (job: CustomerJob) => void;
  /** An automatic answer was made, changed or removed; with null, several were. */
  'answers:changed': (changed: { id: string | null }) => void;
  /** What is set for this agent is another now; what is not named is as it was. */
  'routing:changed': (change: RoutingChange) => void;
  /** Whatever is on a screen of this person goes at once. */
  'contact:erased': (erased: { contact: Contact; conversationIds: string[] }) => void;
  /** There is something new, other or gone in this person's timeline, or among its documents. */
  'timeline:changed': (changed: { contactId: string }) => void;
  /** Which files may be one person is to be read anew: some were merged, parted or refused, or others were found. */
  'likenesses:changed': (nothing: Nothing) => void;
  'ticket:changed': (ticket: Ticket) => void;
  /** It was removed, or is no longer this agent's to see. */
  'ticket:gone': (gone: { ticketId: string }) => void;
  'task:changed': (task: Task) => void;
  'task:due': (task: DueTask) => void;
  /** It is not there any more. */
  'task:removed': (gone: { id: string }) => void;
  /** To those who see opportunities: opened, changed, moved or closed. */
  'opportunity:changed': (opportunity: Opportunity) => void;
  'opportunity:removed': (removed: { id: string }) => void;
  /** To those who see purchases: some were written down, changed or deleted. */
  'purchases:changed': (nothing: Nothing) => void;
  /** Pipelines, their stages or the reasons why something is lost are to be read anew. */
  'pipelines:changed': (nothing: Nothing) => void;
  /** Another browser of the same agent has written, sent or cleared it. */
  'draft:changed': (draft: AgentDraft) => void;
  'notice:posted': (notice: AgentNotice) => void;
  /** In another browser of the same agent. */
  'notice:seen': (seen: NoticeSeenRequest) => void;
  'agent:changed': (agent: Pick<Agent, 'id' | 'availability' | 'load' | 'availabilitySince' | 'availabilitySetBy'>) => void;
  /** To those who watch (`visitor:watch`), at most once a second. */
  'visitor:changed': (changed: LiveVisitorsChanged) => void;
  'visitor:left': (left: LiveVisitorsLeft) => void;
  /** To those who watch (`now:watch`), at most once a second. */
  'now:changed': (board: NowBoard) => void;
  'server:closing': (closing: ServerClosing) => void;
}

export interface AgentSessionStarted {
  agent: SignedInAgent;
  agents: Agent[];
  teams: Team[];
  conversations: ConversationSummary[];
  epoch: string;
  /** Bytes that one attached file may have. */
  attachmentBytesMax: number;
}
