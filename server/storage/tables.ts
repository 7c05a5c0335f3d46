import type { Generated, GeneratedAlways, Selectable } from 'kysely';

/**
 * The one schema, as queries see it, on both databases. Ids are 21-character nanoids, times are milliseconds since
 * the epoch, yes/no is 0/1, JSON is text: the types that SQLite and PostgreSQL agree on.
 */
export interface Tables {
  installation: InstallationTable;
  epoch: EpochTable;
  agent: AgentTable;
  role: RoleTable;
  team: TeamTable;
  teamMember: TeamMemberTable;
  accountLink: AccountLinkTable;
  agentSession: AgentSessionTable;
  apiToken: ApiTokenTable;
  repeatableCall: RepeatableCallTable;
  inbox: InboxTable;
  contact: ContactTable;
  identity: IdentityTable;
  contactTag: ContactTagTable;
  company: CompanyTable;
  companyWord: CompanyWordTable;
  companyFollowing: CompanyFollowingTable;
  customField: CustomFieldTable;
  fieldValue: FieldValueTable;
  consent: ConsentTable;
  contactMerge: ContactMergeTable;
  contactMove: ContactMoveTable;
  contactLikeness: ContactLikenessTable;
  activity: ActivityTable;
  document: DocumentTable;
  segment: SegmentTable;
  segmentMember: SegmentMemberTable;
  segmentChange: SegmentChangeTable;
  customerLayout: CustomerLayoutTable;
  customerJob: CustomerJobTable;
  customerJobItem: CustomerJobItemTable;
  importRow: ImportRowTable;
  contactLikenessDue: ContactLikenessDueTable;
  visitor: VisitorTable;
  conversation: ConversationTable;
  message: MessageTable;
  messageEntry: MessageEntryTable;
  messageChange: MessageChangeTable;
  messageWord: WordTable;
  contactEntry: ContactEntryTable;
  contactChange: ContactChangeTable;
  contactWord: WordTable;
  indexedConversation: IndexedConversationTable;
  wordIndex: WordIndexTable;
  trackedEvent: TrackedEventTable;
  invitationCount: InvitationCountTable;
  rating: RatingTable;
  task: TaskTable;
  taskAttempt: TaskAttemptTable;
  mail: MailTable;
  audit: AuditTable;
  attachment: AttachmentTable;
  attachmentSecret: AttachmentSecretTable;
  mention: MentionTable;
  notice: NoticeTable;
  cannedResponse: CannedResponseTable;
  proposal: ProposalTable;
  macro: MacroTable;
  macroRun: MacroRunTable;
  tag: TagTable;
  conversationTag: ConversationTagTable;
  agentDraft: AgentDraftTable;
  savedView: SavedViewTable;
  bulkUndo: BulkUndoTable;
  businessHours: BusinessHoursTable;
  businessHoursPlace: BusinessHoursPlaceTable;
  routing: RoutingTable;
  agentRouting: AgentRoutingTable;
  conversationRoute: ConversationRouteTable;
  slaPolicy: SlaPolicyTable;
  slaClock: SlaClockTable;
  slaBreach: SlaBreachTable;
  answer: AnswerTable;
  botTalk: BotTalkTable;
  botTurn: BotTurnTable;
  question: QuestionTable;
  questionGroup: QuestionGroupTable;
  questionDay: QuestionDayTable;
  questionDayChange: QuestionDayChangeTable;
  questionTalk: QuestionTalkTable;
  questionMining: QuestionMiningTable;
  purchase: PurchaseTable;
  purchaseLine: PurchaseLineTable;
  purchaseChange: PurchaseChangeTable;
  leftPurchase: LeftPurchaseTable;
  customerRule: CustomerRuleTable;
  pipeline: PipelineTable;
  stage: StageTable;
  opportunity: OpportunityTable;
  opportunityTally: OpportunityTallyTable;
  opportunityEntry: OpportunityEntryTable;
  opportunityToIndex: OpportunityToIndexTable;
  opportunityWord: WordTable;
  lostReason: LostReasonTable;
  ticket: TicketTable;
  ticketCounter: TicketCounterTable;
  ticketCategory: TicketCategoryTable;
  ticketReason: TicketReasonTable;
  ticketConversation: TicketConversationTable;
  ticketRelation: TicketRelationTable;
  ticketWork: TicketWorkTable;
  ticketChange: TicketChangeTable;
  ticketEntry: TicketEntryTable;
  ticketToIndex: TicketToIndexTable;
  ticketWord: WordTable;
  ticketClock: SlaClockTable;
  ticketBreach: TicketBreachTable;
}

/** One row: what this installation is. `setupCodeHash` is null once the first administrator exists. */
interface InstallationTable {
  id: string;
  business: string;
  setupCodeHash: string | null;
  createdAt: number;
}

/** One row per start of a server: the starts that led to the history this database holds. */
interface EpochTable {
  id: string;
  startedAt: number;
}

interface AgentTable {
  id: string;
  name: string;
  email: string;
  passwordHash: string;
  role: string;
  avatarUrl: string | null;
  availability: string;
  /** Since when; `availabilityBy` is the colleague who said so, null for the agent itself. */
  availabilityAt: number | null;
  availabilityBy: string | null;
  deactivatedAt: number | null;
  createdAt: number;
  /** JSON array of language tags. */
  languages: string;
  signature: string;
  /** JSON of `Notifications`; what is not in it is as `firstNotifications` says. */
  notifications: string;
  /** Sealed (secrets/). Null without a second factor; `twoFactorPending` is one that no code has confirmed yet. */
  twoFactorSecret: string | null;
  twoFactorPending: string | null;
  /** The 30-second step of the last code that was taken: no code is taken twice. */
  twoFactorStep: number | null;
  /** JSON array of what is stored of the recovery codes that are left. */
  recoveryHashes: string | null;
  isAdviceHidden: number;
}

/** `name` is null for the ready-made ones. `permissions` is a JSON array; the administrator's is not looked at. */
interface RoleTable {
  id: string;
  name: string | null;
  permissions: string;
  isReadyMade: number;
  requiresTwoFactor: number;
  createdAt: number;
}

interface TeamTable {
  id: string;
  name: string;
  createdAt: number;
}

interface TeamMemberTable {
  teamId: string;
  agentId: string;
}

/** A link that lets somebody in once: an invitation (`role`, `teamIds`), or a new password (`agentId`). */
interface AccountLinkTable {
  id: string;
  kind: string;
  tokenHash: string;
  email: string;
  agentId: string | null;
  role: string | null;
  /** JSON array. */
  teamIds: string;
  invitedBy: string | null;
  createdAt: number;
  expiresAt: number;
}

interface AgentSessionTable {
  id: string;
  tokenHash: string;
  agentId: string;
  userAgent: string;
  createdAt: number;
  lastSeenAt: number;
  expiresAt: number;
}

interface ApiTokenTable {
  id: string;
  tokenHash: string;
  agentId: string;
  name: string;
  createdAt: number;
  lastUsedAt: number | null;
  /** JSON array of permissions; null: all that its agent has. */
  scopes: string | null;
  expiresAt: number | null;
}

/** A call with a key of its sender's. `status` is null while it runs; `reply` is JSON, of the refusal where it was refused. */
interface RepeatableCallTable {
  agentId: string;
  key: string;
  fingerprint: string;
  /** The run that carries it out. */
  claimId: Generated<string | null>;
  startedAt: number;
  status: number | null;
  reply: string | null;
}

interface InboxTable {
  id: string;
  key: string;
  name: string;
  /** JSON array of origins. */
  allowedOrigins: string;
  /** JSON of `InboxSettings`. */
  settings: string;
  /** Sealed (secrets/). */
  identitySecret: string;
  identityPublicKey: string | null;
  createdAt: number;
}

interface ContactTable {
  id: string;
  name: string | null;
  company: string | null;
  lifecycle: string;
  locale: string | null;
  /** JSON object of strings. */
  fields: string;
  pageUrl: string | null;
  pageTitle: string | null;
  consentAt: number | null;
  consentText: string | null;
  createdAt: number;
  lastSeenAt: number;
  erasedAt: number | null;
  /** Null where nobody has blocked it; `blockedUntil` is null for good. */
  blockedAt: number | null;
  blockedUntil: number | null;
  blockedBy: string | null;
  ownerId: Generated<string | null>;
  companyId: Generated<string | null>;
  /** JSON array of strings, for reading; `contactTag` is what files are found by. */
  tags: Generated<string>;
  /** 1: somebody has set the lifecycle; the rule leaves it alone until the person buys again. */
  isLifecycleByHand: Generated<number>;
  /** The file that this one was merged into: its own is empty then, kept for its links and for taking it back. */
  mergedInto: Generated<string | null>;
  mergedAt: Generated<number | null>;
  /** By an agent or an import; null: never. */
  updatedAt: Generated<number | null>;
  /** Of paid purchases; `purchaseTotal` in the smallest unit of the business's currency, of purchases in that currency. */
  purchaseCount: Generated<number>;
  purchaseTotal: Generated<number>;
  firstPurchaseAt: Generated<number | null>;
  lastPurchaseAt: Generated<number | null>;
  /** The last purchase, or the end of what runs longest: from then on the days are counted after which a customer lapses. */
  activeUntil: Generated<number | null>;
}

interface IdentityTable {
  id: string;
  contactId: string;
  kind: string;
  value: string;
  isVerified: number;
  createdAt: number;
  /** `IdentitySource`. */
  source: Generated<string>;
  /** The agent who has made a claim a verified one. */
  confirmedBy: Generated<string | null>;
}

interface ContactTagTable {
  contactId: string;
  tag: string;
}

/** `nameKey` is the name as it is compared and sorted (shared/fold.ts). */
/** A company whose people are yet to follow its name, or its end: the last of them who has. */
interface CompanyFollowingTable {
  companyId: string;
  seenAt: number;
  contactId: string;
}

interface CompanyTable {
  id: string;
  name: string;
  nameKey: string;
  domain: string | null;
  phone: string | null;
  website: string | null;
  externalId: string | null;
  ownerId: string | null;
  createdAt: number;
  updatedAt: number;
}

/** The words of a company's name, by whose beginnings it is found. */
interface CompanyWordTable {
  word: string;
  companyId: string;
}

/** A field that administrators made. `choices` is JSON of `FieldChoice[]`; roles are JSON arrays, null for all of them. */
interface CustomFieldTable {
  id: string;
  entity: string;
  key: string;
  name: string;
  kind: string;
  choices: string;
  currency: string | null;
  viewRoles: string | null;
  editRoles: string | null;
  position: number;
  archivedAt: number | null;
  createdAt: number;
  updatedAt: number;
}

/** What stands in a custom field of one contact, company, ticket or opportunity. `value` is JSON; by the other two it is found and compared. */
interface FieldValueTable {
  entityId: string;
  fieldId: string;
  value: string;
  textKey: string | null;
  number: number | null;
}

interface ConsentTable {
  id: string;
  contactId: string;
  kind: string;
  isGiven: number;
  text: string | null;
  how: string;
  agentId: string | null;
  at: number;
}

/** `before` and `after` are JSON of what both files said, and of what the kept one said then. */
interface ContactMergeTable {
  id: string;
  intoId: string;
  fromId: string;
  before: string;
  after: string;
  agentId: string | null;
  at: number;
  undoneAt: number | null;
  undoneBy: string | null;
}

/** What a merge took along, by the name of the `FileShelf`. */
interface ContactMoveTable {
  mergeId: string;
  shelf: string;
  itemId: string;
}

/** Two files that may be one person. `kind` is `duplicate`, with the smaller id first, or `claim`: `contactId` says it is `otherId`. */
interface ContactLikenessTable {
  id: string;
  kind: string;
  contactId: string;
  otherId: string;
  /** JSON of `LikenessReason[]`. */
  reasons: string;
  score: number;
  status: string;
  createdAt: number;
  decidedBy: string | null;
  decidedAt: number | null;
}

/**
 * What happened with a person outside the chat. `words` are folded, each between spaces. `changes` is JSON of `FileChange[]`, `mail` of
 * `MailPart`. `tokenHash`: of the token in the address that answers come to. `messageKey`: of a received mail, which is taken once.
 */
interface ActivityTable {
  id: string;
  contactId: string;
  kind: string;
  at: number;
  title: string | null;
  text: string | null;
  words: string;
  /** Of a mail, for who sees whose addresses these are. */
  addressWords: Generated<string>;
  direction: string | null;
  outcome: string | null;
  durationMs: number | null;
  agentId: string | null;
  changes: string | null;
  mail: string | null;
  quoted: string | null;
  mailStatus: string | null;
  tokenHash: string | null;
  messageKey: string | null;
  createdAt: number;
  updatedAt: number;
  /** Taken away by an agent, who may want it back. */
  removedAt: number | null;
}

/** A file kept with `entityId`; `contactId` is the person whose file it shows in. `fileId` is the attachment. */
interface DocumentTable {
  id: string;
  entity: string;
  entityId: string;
  contactId: string | null;
  fileId: string;
  name: string;
  words: string;
  agentId: string | null;
  /** The mail that it came with. */
  activityId: string | null;
  createdAt: number;
  removedAt: number | null;
}

/**
 * A filter over customers with a name. `filter` is JSON of `CustomerFilter`. `fillTo`: up to which file its members are known since the
 * filter was last changed, null for all. `lookedAt`: until when what moves by itself (a week ago, in ten days) was followed.
 */
interface SegmentTable {
  id: string;
  name: string;
  ownerId: string;
  isShared: number;
  filter: string;
  memberCount: number;
  fillTo: string | null;
  lookedAt: number;
  version: number;
  /** Its members are being let go. */
  deletedAt: number | null;
  createdAt: number;
  updatedAt: number;
}

interface SegmentMemberTable {
  segmentId: string;
  contactId: string;
}

/** Written by triggers: a customer may be in other segments than before. */
interface SegmentChangeTable {
  contactId: string;
}

/** How an agent wants the list of customers. `columns` is JSON of `CustomerColumn[]`. */
interface CustomerLayoutTable {
  agentId: string;
  columns: string;
  sort: string;
  direction: string;
}

/**
 * Work on many customers that goes on in the background: a bulk change or an import. `request` is JSON of what was asked for; `cursor`:
 * how far the present `stage` has come.
 */
interface CustomerJobTable {
  id: string;
  kind: string;
  agentId: string;
  status: string;
  stage: string;
  request: string;
  cursor: string | null;
  total: number;
  done: number;
  changed: number;
  added: number;
  refused: number;
  createdAt: number;
  endedAt: number | null;
  /** The server that is at work on it, and until when no other looks after it. */
  heldBy: string | null;
  heldUntil: number | null;
}

/** A customer that a bulk change is about. `outcome` is null until its turn; `before` and `after` are JSON of what was changed. */
interface CustomerJobItemTable {
  jobId: string;
  contactId: string;
  outcome: string | null;
  before: string | null;
  after: string | null;
}

/**
 * A row of a file that is imported. `cells` is JSON, `draft` what was read from them (`ImportDraft`); the rest is what came of it.
 * `before` is JSON of what the file said that was changed, or of the purchase; `beforeContactId` whose that was, if not the same one's.
 */
interface ImportRowTable {
  id: string;
  jobId: string;
  line: number;
  cells: string;
  draft: string | null;
  outcome: string | null;
  contactId: string | null;
  reason: string | null;
  before: string | null;
  beforeContactId: string | null;
  /** Of an order of several rows the line of the first one; null in a file of customers, where each row stands for itself. */
  lead: number | null;
}

/** Files that have changed since it was last looked for others that may be the same person. */
interface ContactLikenessDueTable {
  contactId: string;
  /** How often it has changed since: who has looked takes it away only if it did not change meanwhile. */
  times: Generated<number>;
}

/** A browser. `contactId` is null until its first message or identification. */
interface VisitorTable {
  id: string;
  inboxId: string;
  tokenHash: string;
  contactId: string | null;
  isVerified: number;
  locale: string | null;
  createdAt: number;
  lastSeenAt: number;
  erasedAt: number | null;
  /**
   * JSON of `OwnWords`: what this browser knows of itself since its file was merged with another one, whose contents an agent
   * may see and it may not. Null: its file is its own.
   */
  told: Generated<string | null>;
}

/**
 * What a list row shows (unread, clocks) is kept here as columns, so that a list reads no messages but the last one.
 * `lastPublicSeq` is what a visitor may know of `lastSeq`.
 */
interface ConversationTable {
  id: string;
  inboxId: string;
  visitorId: string;
  contactId: string;
  status: string;
  assigneeId: string | null;
  teamId: string | null;
  /** 0 low, 1 normal, 2 high, 3 urgent. */
  priority: number;
  /** JSON array of strings. */
  tags: string;
  lastSeq: number;
  lastPublicSeq: number;
  unread: number;
  agentReadSeq: number;
  visitorReadSeq: number;
  waitingSince: number | null;
  firstResponseAt: number | null;
  snoozedUntil: number | null;
  resolvedAt: number | null;
  /** Of the last stretch: stays when the conversation is opened again, and is what a rating is about. */
  endedAt: number | null;
  /** Ids of the agents who are in since it was opened, each between spaces. */
  joinedIds: string;
  /** JSON of `Rating`: the latest. */
  rating: string | null;
  createdAt: number;
  updatedAt: number;
  /** When its visitor's words were taken out: it is nobody's to go on with. */
  erasedAt: number | null;
}

interface MessageTable {
  id: string;
  conversationId: string;
  seq: number;
  authorKind: string;
  authorId: string | null;
  authorName: string | null;
  visibility: string;
  text: string;
  replyTo: string | null;
  /** JSON of `Notice` and of `Choice[]`. */
  notice: string | null;
  choices: string | null;
  /** JSON array of the files that came with it, written with it so that reading messages reads no other table; null: none. */
  attachments: string | null;
  /** JSON of `Mention[]`; null: none. */
  mentions: string | null;
  /** JSON of `AutomaticMark`; null: not said by itself. */
  automatic: string | null;
  createdAt: number;
}

/** A stretch of a conversation in which the bot speaks, until it is left for long or a person has joined: what came of it. */
interface BotTalkTable {
  id: string;
  conversationId: string;
  inboxId: string;
  startedAt: number;
  /** `BotOutcome`, and for `person` its `BotReason`. */
  outcome: string;
  reason: string | null;
  /** When it came to that outcome. */
  settledAt: number;
  /** When it ends by itself if nothing more is said; null: it does not. */
  endsAt: number | null;
}

/** A question that the bot has looked at, under the id of its last message, and what it made of it. */
interface BotTurnTable {
  id: string;
  talkId: string;
  conversationId: string;
  inboxId: string;
  /** Of the question's last message. */
  seq: number;
  at: number;
  language: string | null;
  /** `BotDecision`. */
  decision: string;
  answerId: string | null;
  confidence: number;
  /** JSON of the answers that were offered, or might have been. */
  offered: string;
  /** The answer that the visitor chose of those that were offered before. */
  chosen: string | null;
  replyId: string | null;
  /** 1 or 0; null: nothing was said of it. */
  helpful: number | null;
}

/** A message that can be found by its words. `number` is its time, counted on where two share one, so newest first is an order of numbers. */
interface MessageEntryTable {
  number: number;
  messageId: string;
}

/** Written by triggers: a message was erased or its text changed. `text` is what it was. */
interface MessageChangeTable {
  id: Generated<number>;
  messageId: string;
  conversationId: string;
  seq: number;
  text: string;
  createdAt: number;
}

/** A customer file that can be found. `text` holds the words that it is found by. */
interface ContactEntryTable {
  number: number;
  contactId: string;
  text: string;
}

/** Written by triggers: what a customer file is found by has changed. */
interface ContactChangeTable {
  contactId: string;
}

interface WordTable {
  word: string;
  /** How many hold it. */
  entries: number;
  /** The highest number of one that ever held it. */
  newest: number;
  /** 1: in sixteen or more. */
  isFrequent: GeneratedAlways<number>;
}

/** How far a conversation's messages are in the index. */
interface IndexedConversationTable {
  conversationId: string;
  seq: number;
}

/**
 * One row for each index. `sweepAt` and `sweepId`: how far back a look through all conversations has come; null before it
 * begins. `sweptAt`: when the last one ended. `followedTo`: until when changes of conversations have been followed.
 */
interface WordIndexTable {
  id: string;
  version: number;
  sweepAt: number | null;
  sweepId: string | null;
  sweptAt: number | null;
  followedTo: number;
}

/** One per ended stretch of a conversation. */
interface RatingTable {
  id: string;
  conversationId: string;
  contactId: string;
  visitorId: string;
  endedAt: number;
  score: number;
  comment: string | null;
  ratedAt: number;
  changedAt: number;
}

interface TaskTable {
  id: string;
  kind: string;
  /** Null where it concerns nobody in particular. */
  contactId: string | null;
  conversationId: string | null;
  /** Empty where no visitor asked for it; so is `phone` of what is no call. */
  visitorId: string;
  phone: string;
  /** `NEVER` (tasks/task-store.ts) where it is due some day: lists are in order of one column. */
  dueAt: number;
  note: string | null;
  ownerId: string | null;
  status: string;
  outcome: string | null;
  createdAt: number;
  doneAt: number | null;
  /** Null where it is not known any more. */
  inboxId: string | null;
  /** The visitor's, when the call was asked for. */
  timeZone: string | null;
  locale: string | null;
  /** When the slot begins that the visitor chose. */
  slotAt: number | null;
  /** Of the visitor's last wish, where that moved a call that there was: repeated, it changes nothing. */
  wishId: string | null;
  /** 1 while the visitor keeps its place in the queue. */
  awaitsTurn: number;
  /** When it rings next, and rang last. */
  ringAt: number | null;
  rangAt: number | null;
  attemptCount: number;
  /** The attempt that is under way. */
  callingId: string | null;
  callingBy: string | null;
  /** When its caller was last heard of. */
  callingAt: number | null;
  title: string | null;
  /** The place in `priorities`. */
  priority: number;
  /** The team that it was given to; a call's follows that of its conversation. */
  ownerTeamId: string | null;
  outcomeText: string | null;
  reminderMinutes: number | null;
  /** JSON: the rule, and where in the series this one stands. */
  recurrence: string | null;
  /** When the next one is made without this one being done. */
  succeedsAt: number | null;
  /** The one that follows it. */
  successorId: string | null;
  messageSeq: number | null;
  ticketId: string | null;
  opportunityId: string | null;
  createdBy: string | null;
  version: number;
}

/** One try to call. `outcome` is null while it is under way, and where nobody has said what came of it. */
interface TaskAttemptTable {
  id: string;
  taskId: string;
  agentId: string;
  startedAt: number;
  endedAt: number | null;
  outcome: string | null;
  note: string | null;
  nextAt: number | null;
  /** Since when the conversation waited that it answered. */
  waitingSince: number | null;
}

/** What is to be sent by e-mail. The words go when it is sent or given up. */
interface MailTable {
  id: string;
  contactId: string | null;
  recipient: string;
  subject: string;
  text: string;
  html: string;
  /** `waiting`, `sent` or `failed`. */
  status: string;
  attempts: number;
  nextAttemptAt: number;
  createdAt: number;
  closedAt: number | null;
  /** Of a mail that an agent wrote: where answers go, who writes, and the Message-ID that it answers. */
  replyTo: Generated<string | null>;
  fromName: Generated<string | null>;
  inReplyTo: Generated<string | null>;
  activityId: Generated<string | null>;
}

/** What happened that somebody may have to account for. Holds no personal data. */
interface AuditTable {
  id: string;
  action: string;
  actorKind: string;
  actorId: string | null;
  subjectId: string | null;
  /** JSON. */
  detail: string;
  createdAt: number;
}

/** Something that a visitor did on the site. */
interface TrackedEventTable {
  id: string;
  visitorId: string;
  name: string;
  /** JSON object of strings. */
  properties: string;
  createdAt: number;
}

/** How often an inbox's proactive invitation was shown and taken up. */
interface InvitationCountTable {
  inboxId: string;
  invitationId: string;
  shown: number;
  accepted: number;
}

/** A file in the folder `attachments`, named by its id. `messageId` is null until a message of the uploader takes it. */
interface AttachmentTable {
  id: string;
  uploaderKind: string;
  uploaderId: string;
  name: string;
  type: string;
  size: number;
  width: number | null;
  height: number | null;
  /** Part of its address. */
  signature: string;
  messageId: string | null;
  /** What holds it besides a message: a canned response, a document. Messages get copies. */
  keeperId: string | null;
  createdAt: number;
  /** `waiting` for the antivirus, `clean` or `infected`; null: none looks. */
  scan: Generated<string | null>;
}

/** One row: what the addresses of files are signed with. */
interface AttachmentSecretTable {
  id: string;
  secret: string;
}

/** An agent was named in a note, by itself or with its team. */
interface MentionTable {
  id: string;
  agentId: string;
  conversationId: string;
  messageId: string;
  seq: number;
  createdAt: number;
  seenAt: number | null;
}

/** What one agent is told. Ids alone: what it shows of a conversation is read when it is shown, by who may see it then. */
interface NoticeTable {
  id: string;
  agentId: string;
  kind: string;
  actorId: string | null;
  conversationId: string | null;
  messageId: string | null;
  seq: number | null;
  /** JSON of `NoticeSla`. */
  sla: string | null;
  ticketId: string | null;
  createdAt: number;
  seenAt: number | null;
  /** Of what is no conversation: whose file, and which item of its timeline, as `kind:id`. */
  contactId: string | null;
  item: string | null;
}

/** `place`: `shared`, `team:<id>` or `agent:<id>`. `shortcutKey` is the shortcut as it is compared, once in a place. */
interface CannedResponseTable {
  id: string;
  place: string;
  shortcut: string;
  shortcutKey: string;
  title: string;
  /** JSON of `ByLanguage`, and of `Attachment[]`. */
  texts: string;
  files: string;
  createdAt: number;
  updatedAt: number;
}

interface MacroTable {
  id: string;
  place: string;
  name: string;
  /** JSON of `MacroSteps`. */
  steps: string;
  createdAt: number;
  updatedAt: number;
}

/** What was run, so that a retry finds it done. `before` is JSON of `BeforeMacro`. */
interface MacroRunTable {
  id: string;
  macroId: string;
  agentId: string;
  conversationId: string;
  before: string;
  ranAt: number;
}

/**
 * Triggers keep it, with `conversationTag`, as what conversations say: a name that one of them carries is here, with how many do.
 * `isLeaving`: it is being taken off them, for `becomes` or for nothing.
 */
interface TagTable {
  name: string;
  colour: string;
  conversations: number;
  isLeaving: number;
  becomes: string | null;
  createdAt: number;
}

interface ConversationTagTable {
  name: string;
  conversationId: string;
}

/** What an agent has begun to write. An empty text stays for a while, so that a browser which was away hears that it is gone. */
interface AgentDraftTable {
  agentId: string;
  conversationId: string;
  text: string;
  visibility: string;
  seenSeq: number | null;
  version: number;
  updatedAt: number;
}

/** A named filter over conversations. `filter` is JSON of `ViewFilter`; `place` orders the shared ones, and each agent's own. */
interface SavedViewTable {
  id: string;
  ownerId: string;
  name: string;
  filter: string;
  sort: string;
  isShared: number;
  place: number;
  createdAt: number;
}

/** How a conversation was before and after it was changed together with many. Gone once undone, or after an hour. */
interface BulkUndoTable {
  bulkId: string;
  conversationId: string;
  agentId: string;
  /** JSON of what a bulk change can change. */
  was: string;
  became: string;
  createdAt: number;
}

/** `rules` is JSON of `HoursRules`. */
interface BusinessHoursTable {
  id: string;
  rules: string;
  version: number;
  createdAt: number;
}

/** What a visitor asked; its id is that of the message it began with. */
interface QuestionTable {
  id: string;
  conversationId: string;
  inboxId: string;
  visitorId: string | null;
  /** '' where it is not known. */
  language: string;
  /** '' once it was erased. */
  text: string;
  /** The same for questions that differ only in what nobody minds; '' where it was erased. */
  likeness: string;
  seq: number;
  /** Of the last message that belongs to it. */
  lastSeq: number;
  askedAt: number;
  /** Since 1970, by the clock of the business. */
  day: number;
  /** Null until it was put into one, and for what nobody else asked. */
  groupId: string | null;
  /** 1: a person has put it there. */
  isPlaced: number;
  /** `bot` or an agent's id; null: nobody. */
  answeredBy: string | null;
  replyId: string | null;
  /** The automatic answer that the bot gave. */
  answerId: string | null;
  waitMs: number | null;
}

/** `nameFrom`: the question whose words are its name. `isKept`: a person has decided about it, so that its questions stay. */
interface QuestionGroupTable {
  id: string;
  name: string;
  nameFrom: string | null;
  isNamed: number;
  isIgnored: number;
  isKept: number;
  mergedInto: string | null;
  splitFrom: string | null;
  answerId: string | null;
  version: number;
  createdAt: number;
}

/** Counted from `question`; `talks`: in how many conversations. Group '' counts the conversations themselves, group '-' what nobody else asked. */
interface QuestionDayTable {
  groupId: string;
  day: number;
  inboxId: string;
  language: string;
  /** '' for nobody. */
  answeredBy: string;
  asked: number;
  talks: number;
}

/** Days that must be counted anew. */
interface QuestionDayChangeTable {
  day: number;
}

/** How far a conversation was read for questions, and the day on which it began. */
interface QuestionTalkTable {
  conversationId: string;
  seq: number;
  inboxId: string;
  day: number;
}

/** One row. The first columns are those of `wordIndex`. `groupingSince`: a server is at it. `isWanted`: somebody has asked for it. */
interface QuestionMiningTable {
  id: string;
  version: number;
  followedTo: number;
  sweepAt: number | null;
  sweepId: string | null;
  sweptAt: number | null;
  groupedAt: number | null;
  groupingSince: number | null;
  isWanted: number;
}

/** What is promised. `rules` is JSON of `SlaRules`; of two that fit the one with the lower `place` counts. */
interface SlaPolicyTable {
  id: string;
  rules: string;
  place: number;
  version: number;
  createdAt: number;
}

/** Whose hours they are. `place`: `inbox:<id>` or `team:<id>`. */
interface BusinessHoursPlaceTable {
  place: string;
  hoursId: string;
}

/** One row, once anything was changed. `rules` is JSON of `RoutingRules`. */
interface RoutingTable {
  id: string;
  rules: string;
  version: number;
}

/**
 * What routing knows of an agent. `skills` is a JSON array. `assignedAt`: when it was last given a chat. `hereAt`: when a server last
 * saw a window of the agent's open; written only where several servers may share the database.
 */
interface AgentRoutingTable {
  agentId: string;
  capacity: number | null;
  skills: string;
  assignedAt: number | null;
  hereAt: number | null;
}

/**
 * How a conversation's wait goes; worth something only while `waitingSince` is the conversation's own. `enteredAt`: since when it is
 * in the queue, the last time. `refusedIds` (JSON): who did not answer in this wait. `agentId` and `routedAt`: to whom it was given
 * last, and when. `isReturned`: it comes first among equals. `reasons`: JSON of what was thought of it before somebody was chosen.
 */
interface ConversationRouteTable {
  conversationId: string;
  waitingSince: number;
  enteredAt: number;
  language: string | null;
  skills: string;
  lastAgentId: string | null;
  lastAgentAt: number | null;
  refusedIds: string;
  isReturned: number;
  reasons: string;
  agentId: string | null;
  routedAt: number | null;
}

/**
 * The clocks of a conversation, or in a table of their own of a ticket, under its id: of the answer that it waits for, and of its end. A moment is null while its clock stands
 * still. `target`, `warnAt` and `dueAt` are of the one that runs out first; `nextAt` is when something is to be said.
 */
interface SlaClockTable {
  id: string;
  policyId: string | null;
  /** What of the conversation the clocks were reckoned from. */
  seen: string;
  /** JSON of `Ledger`. */
  ledger: string;
  /** The wait that was reckoned last, which stays while its clock stands still. */
  responseTarget: string | null;
  responseStartedAt: number | null;
  responseWarnAt: number | null;
  responseDueAt: number | null;
  responseWarnedAt: number | null;
  responseBreachedAt: number | null;
  resolutionWarnAt: number | null;
  resolutionDueAt: number | null;
  resolutionWarnedAt: number | null;
  resolutionBreachedAt: number | null;
  target: string | null;
  warnAt: number | null;
  dueAt: number | null;
  nextAt: number | null;
}

/** A promise that was not kept, once for each clock. `endedAt` and `lateMs` (in the time of its policy) are null while it is late. */
interface SlaBreachTable {
  id: string;
  conversationId: string;
  policyId: string;
  target: string;
  startedAt: number;
  dueAt: number;
  endedAt: number | null;
  lateMs: number | null;
  /** Whose it was when it was late. */
  inboxId: string;
  teamId: string | null;
  assigneeId: string | null;
}

/**
 * An automatic answer. JSON: `question` is `ByLanguage`, `phrasings` and `tags` arrays of strings, `bodies` texts with quick replies by
 * language, `files` `Attachment[]`, `inboxIds` an array or null for all. `words`: what it is found by, folded, each behind a space.
 */
interface AnswerTable {
  id: string;
  question: string;
  phrasings: string;
  bodies: string;
  files: string;
  tags: string;
  validFrom: number | null;
  validTo: number | null;
  inboxIds: string | null;
  moment: string;
  isOn: number;
  intent: string | null;
  words: string;
  createdAt: number;
  updatedAt: number;
}

/**
 * That a question should belong to an answer: what somebody replied to it, as it was said the last time. `target`: the answer's id, or
 * `new`. Nobody need ask twice: one row for each target and question (`questionKey`, as matching reads it).
 */
interface ProposalTable {
  id: string;
  target: string;
  cause: string;
  question: string;
  questionKey: string;
  language: string;
  reply: string;
  conversationId: string;
  /** Of the question. */
  seq: number;
  agentId: string | null;
  count: number;
  status: string;
  decidedBy: string | null;
  decidedAt: number | null;
  firstAt: number;
  lastAt: number;
}

/** Amounts are in the smallest unit of `currency`. `endsAt`: when the last of its lines ends. */
interface PurchaseTable {
  id: string;
  contactId: string;
  companyId: string | null;
  externalId: string | null;
  number: string | null;
  status: string;
  currency: string;
  total: number;
  at: number;
  note: string | null;
  source: string;
  opportunityId: string | null;
  endsAt: number | null;
  createdBy: string | null;
  version: number;
  createdAt: number;
  updatedAt: number;
}

/** What was done to a purchase at once; `changes` is JSON. `contactId` is null while the purchase is in the same file, and afterwards whose it was. */
interface PurchaseChangeTable {
  id: string;
  purchaseId: string;
  contactId: string | null;
  at: number;
  agentId: string | null;
  source: string;
  kind: string;
  currency: string;
  changes: string;
}

/** Of a change (`id`) that put a purchase into another file: whose it was before. */
interface LeftPurchaseTable {
  id: string;
  contactId: string;
}

/** `quantity` in thousandths. */
interface PurchaseLineTable {
  id: string;
  purchaseId: string;
  position: number;
  product: string;
  sku: string | null;
  quantity: number;
  unitPrice: number;
  total: number;
  startsAt: number | null;
  endsAt: number | null;
}

/** One row. `recountedTo`: while values are added up in a new currency, the last file that was; null: all of them. */
interface CustomerRuleTable {
  id: string;
  currency: string;
  lapseAfterDays: number | null;
  isLeadUntilPurchase: number;
  recountedTo: Generated<string | null>;
}

interface PipelineTable {
  id: string;
  name: string;
  currency: string;
  position: number;
  version: number;
  archivedAt: number | null;
  createdAt: number;
  updatedAt: number;
}

/** `probability` in percent. */
interface StageTable {
  id: string;
  pipelineId: string;
  name: string;
  probability: number;
  position: number;
  archivedAt: number | null;
}

/**
 * `place`: its order in the column of its stage, the smallest first. `probability` in percent; null: its stage's. `expectedCloseOn` is a
 * date, as a day's number since 1970.
 */
interface OpportunityTable {
  id: string;
  name: string;
  contactId: string;
  companyId: string | null;
  pipelineId: string;
  stageId: string;
  place: number;
  amount: number;
  currency: string;
  expectedCloseOn: number | null;
  probability: number | null;
  ownerId: string | null;
  status: string;
  lostReasonId: string | null;
  lostNote: string | null;
  note: string | null;
  version: number;
  createdBy: string | null;
  createdAt: number;
  updatedAt: number;
  closedAt: number | null;
}

/**
 * What stands in each column, by owner ('' for nobody's), currency and status, so that no column is ever added up. `ownWeight`: amounts
 * times percent of those with a probability of their own; `plain`: amounts of the others.
 */
interface OpportunityTallyTable {
  stageId: string;
  ownerId: string;
  currency: string;
  status: string;
  count: number;
  amount: number;
  ownWeight: number;
  plain: number;
}

/** An opportunity that can be found. `text` holds the words that it is found by. */
interface OpportunityEntryTable {
  number: number;
  opportunityId: string;
  text: string;
}

/** Written by triggers: what an opportunity is found by has changed. */
interface OpportunityToIndexTable {
  opportunityId: string;
}

interface LostReasonTable {
  id: string;
  name: string;
  position: number;
  archivedAt: number | null;
}

export type PurchaseRow = Selectable<PurchaseTable>;
export type PurchaseLineRow = Selectable<PurchaseLineTable>;
export type PurchaseChangeRow = Selectable<PurchaseChangeTable>;
export type LeftPurchaseRow = Selectable<LeftPurchaseTable>;
export type CustomerRuleRow = Selectable<CustomerRuleTable>;
export type PipelineRow = Selectable<PipelineTable>;
export type StageRow = Selectable<StageTable>;
export type OpportunityRow = Selectable<OpportunityTable>;
export type OpportunityTallyRow = Selectable<OpportunityTallyTable>;
export type LostReasonRow = Selectable<LostReasonTable>;
/** A service call. `priority` is the place in `priorities`; `isOver`: solved or closed, since `overAt`; `statusAt`: when the status became what it is. */
interface TicketTable {
  id: string;
  number: number;
  subject: string;
  description: string;
  status: string;
  isOver: number;
  priority: number;
  categoryId: string | null;
  assigneeId: string | null;
  teamId: string | null;
  contactId: string | null;
  companyId: string | null;
  parentId: string | null;
  reasonId: string | null;
  /** By whose hours it is promised where its team has none. */
  inboxId: string | null;
  externalId: string | null;
  isHidden: number;
  /** The sum of its work log. */
  minutes: number;
  updateText: string | null;
  updateAt: number | null;
  version: number;
  createdBy: string | null;
  createdAt: number;
  updatedAt: number;
  statusAt: number;
  firstResponseAt: number | null;
  overAt: number | null;
  erasedAt: number | null;
}

/** One row: the last number that was given. Locked by whoever takes the next, and by whoever changes which ticket is whose parent. */
interface TicketCounterTable {
  id: number;
  lastNumber: number;
}

interface TicketCategoryTable {
  id: string;
  name: string;
  parentId: string | null;
  tellsCustomer: number;
  place: number;
  archivedAt: number | null;
  createdAt: number;
}

interface TicketReasonTable {
  id: string;
  name: string;
  place: number;
  archivedAt: number | null;
  createdAt: number;
}

interface TicketConversationTable {
  ticketId: string;
  conversationId: string;
  linkedAt: number;
}

/** Both ways: two rows for each pair. */
interface TicketRelationTable {
  ticketId: string;
  otherId: string;
}

interface TicketWorkTable {
  id: string;
  ticketId: string;
  agentId: string;
  text: string;
  minutes: number;
  at: number;
  editedAt: number | null;
}

interface TicketChangeTable {
  id: string;
  ticketId: string;
  at: number;
  agentId: string | null;
  field: string;
  before: string | null;
  after: string | null;
}

/** A ticket that can be found. `text` holds the words that it is found by. */
interface TicketEntryTable {
  number: number;
  ticketId: string;
  text: string;
}

/** Written by triggers: what a ticket is found by has changed. */
interface TicketToIndexTable {
  ticketId: string;
}

/** As `SlaBreachTable`, of tickets. */
interface TicketBreachTable {
  id: string;
  ticketId: string;
  policyId: string;
  target: string;
  startedAt: number;
  dueAt: number;
  endedAt: number | null;
  lateMs: number | null;
  teamId: string | null;
  assigneeId: string | null;
}

export type ProposalRow = Selectable<ProposalTable>;
export type AgentRow = Selectable<AgentTable>;
export type RoleRow = Selectable<RoleTable>;
export type TeamRow = Selectable<TeamTable>;
export type AccountLinkRow = Selectable<AccountLinkTable>;
export type AgentSessionRow = Selectable<AgentSessionTable>;
export type ApiTokenRow = Selectable<ApiTokenTable>;
export type InstallationRow = Selectable<InstallationTable>;
export type InboxRow = Selectable<InboxTable>;
export type ContactRow = Selectable<ContactTable>;
export type IdentityRow = Selectable<IdentityTable>;
export type SegmentRow = Selectable<SegmentTable>;
export type CustomerJobRow = Selectable<CustomerJobTable>;
export type CustomerJobItemRow = Selectable<CustomerJobItemTable>;
export type ImportRowRow = Selectable<ImportRowTable>;
export type ContactMergeRow = Selectable<ContactMergeTable>;
export type ContactLikenessRow = Selectable<ContactLikenessTable>;
export type CompanyRow = Selectable<CompanyTable>;
export type CompanyFollowingRow = Selectable<CompanyFollowingTable>;
export type CustomFieldRow = Selectable<CustomFieldTable>;
export type FieldValueRow = Selectable<FieldValueTable>;
export type ConsentRow = Selectable<ConsentTable>;
export type VisitorRow = Selectable<VisitorTable>;
export type ConversationRow = Selectable<ConversationTable>;
export type MessageRow = Selectable<MessageTable>;
export type MessageChangeRow = Selectable<MessageChangeTable>;
export type WordIndexRow = Selectable<WordIndexTable>;
export type TrackedEventRow = Selectable<TrackedEventTable>;
export type InvitationCountRow = Selectable<InvitationCountTable>;
export type RatingRow = Selectable<RatingTable>;
export type TaskRow = Selectable<TaskTable>;
export type TaskAttemptRow = Selectable<TaskAttemptTable>;
export type MailRow = Selectable<MailTable>;
export type AuditRow = Selectable<AuditTable>;
export type AttachmentRow = Selectable<AttachmentTable>;
export type MentionRow = Selectable<MentionTable>;
export type NoticeRow = Selectable<NoticeTable>;
export type CannedResponseRow = Selectable<CannedResponseTable>;
export type MacroRow = Selectable<MacroTable>;
export type MacroRunRow = Selectable<MacroRunTable>;
export type TagRow = Selectable<TagTable>;
export type AgentDraftRow = Selectable<AgentDraftTable>;
export type SavedViewRow = Selectable<SavedViewTable>;
export type BulkUndoRow = Selectable<BulkUndoTable>;
export type BusinessHoursRow = Selectable<BusinessHoursTable>;
export type ConversationRouteRow = Selectable<ConversationRouteTable>;
export type BotTalkRow = Selectable<BotTalkTable>;
export type BotTurnRow = Selectable<BotTurnTable>;
export type SlaPolicyRow = Selectable<SlaPolicyTable>;
export type SlaClockRow = Selectable<SlaClockTable>;
export type SlaBreachRow = Selectable<SlaBreachTable>;
export type AnswerRow = Selectable<AnswerTable>;
export type QuestionRow = Selectable<QuestionTable>;
export type QuestionGroupRow = Selectable<QuestionGroupTable>;
export type QuestionDayRow = Selectable<QuestionDayTable>;
export type QuestionTalkRow = Selectable<QuestionTalkTable>;
export type QuestionMiningRow = Selectable<QuestionMiningTable>;
export type ActivityRow = Selectable<ActivityTable>;
export type DocumentRow = Selectable<DocumentTable>;
export type TicketRow = Selectable<TicketTable>;
export type TicketCategoryRow = Selectable<TicketCategoryTable>;
export type TicketReasonRow = Selectable<TicketReasonTable>;
export type TicketWorkRow = Selectable<TicketWorkTable>;
export type TicketChangeRow = Selectable<TicketChangeTable>;
export type TicketBreachRow = Selectable<TicketBreachTable>;
export type RepeatableCallRow = Selectable<RepeatableCallTable>;
