/**
 * The desk of one signed-in agent: the live session, the conversations it knows, those that lie open, and what is on its way
 * out. State without a screen: the console draws it, and the tests' agent is this same desk in Node.
 */
import { signal } from '@preact/signals';
import { nanoid } from 'nanoid';
import type { Agent, AgentAvailability, SignedInAgent } from '../../shared/agent.ts';
import type { PendingFile } from '../../shared/attachment.ts';
import type { Contact } from '../../shared/contact.ts';
import type { ConversationSummary } from '../../shared/conversation.ts';
import type { ErrorReply, Reply } from '../../shared/errors.ts';
import type { AgentSessionStarted } from '../../shared/events.ts';
import type { MacroRunReply, MacroRunRequest } from '../../shared/macro.ts';
import type { Mention } from '../../shared/mention.ts';
import type { Message, Visibility } from '../../shared/message.ts';
import { type KeyValueStore, Outbox, type PendingMacro } from '../../shared/outbox.ts';
import type { Priority } from '../../shared/routing.ts';
import type { ConversationTransferRequest } from '../../shared/transfer.ts';
import { Repertoire } from '../canned/repertoire.ts';
import { Connection, type ConnectionOptions, type RequestPayload, type Schedule, scheduleTimeout } from '../connection.ts';
import { Http } from '../http.ts';
import { likenessNews } from '../merging/duplicate-news.ts';
import { AgentUploads } from '../messages/agent-uploads.ts';
import { Courier, type NotResolvedReason } from '../messages/courier.ts';
import { DraftSync } from '../messages/draft-sync.ts';
import { type Draft, Drafts } from '../messages/drafts.ts';
import { NoticeBoard } from '../notices/notice-board.ts';
import { CallDesk } from '../tasks/call-desk.ts';
import { TaskBoard } from '../tasks/task-board.ts';
import { followTickets } from '../tickets/ticket-news.ts';
import { timelineNews } from '../timeline/file-news.ts';
import { followFiles } from '../timeline/follow-files.ts';
import { AdviceDesk } from './advice-desk.ts';
import { BulkDesk } from './bulk-desk.ts';
import { Colleagues } from './colleagues.ts';
import { ConversationListState } from './conversation-list-state.ts';
import { ConversationShelf } from './conversation-shelf.ts';
import { Deck } from './deck.ts';
import type { OpenConversation } from './open-conversation.ts';
import { leftMeanwhile, OwnRouting } from './own-routing.ts';
import { ViewCatalogue } from './view-catalogue.ts';
import { listIdsOfView, viewSource } from './view-source.ts';

export interface DeskOptions {
  /** Whose outbox and drafts these are; the server decides who signs in. */
  agentId: string;
  /** '' in the browser: the page's own origin. */
  serverUrl: string;
  /** For Node. In the browser the session cookie speaks for the agent; in Node it may also stand in `extraHeaders`. */
  apiToken?: string;
  /** The console's own, which notices the end of the session. */
  http?: Http;
  socketOptions?: ConnectionOptions['socketOptions'];
  /** Where outbox and drafts are kept: `localStorage`, or a map in its clothes. */
  storage: KeyValueStore;
  /** Where this one tab keeps which conversations lie open; without it the storage above does. */
  tabStorage?: KeyValueStore;
  now?: () => number;
  schedule?: Schedule;
  createId?: () => string;
  /** The server refused the connection for good. `unauthenticated`: the session is over, sign in again. */
  onRefused?: (error: ErrorReply) => void;
  /** Somebody else has signed in at this browser meanwhile. The desk has closed: nothing of this agent's goes out in another's name. */
  onOtherAgent?: () => void;
  /** A message was sent with the wish to resolve its conversation, which stays open. */
  onNotResolved?: (conversationId: string, why: NotResolvedReason) => void;
  /** The wish was granted. */
  onResolved?: (conversationId: string) => void;
  /** A macro was run with the reply that it has. */
  onMacroRun?: (macroId: string, ran: MacroRunReply) => void;
  /** What was this agent's is not any more, since before the connection was lost. */
  onLeft?: (conversations: readonly ConversationSummary[]) => void;
  /** A draft that nobody had yet gave way to a later one from another browser of the same agent. */
  onDraftReplaced?: (conversationId: string, lost: Draft) => void;
}

interface SendOptions {
  isGuarded?: boolean;
  isResolving?: boolean;
  seenSeq?: number | undefined;
  files?: readonly PendingFile[] | undefined;
  mentions?: readonly Mention[] | undefined;
  isWhisper?: boolean | undefined;
  macro?: PendingMacro | undefined;
}

type ChangingRequest =
  | 'conversation:assign'
  | 'conversation:transfer'
  | 'conversation:resolve'
  | 'conversation:reopen'
  | 'conversation:snooze'
  | 'conversation:tag'
  | 'conversation:prioritize';
type Changed = Reply<{ conversation: ConversationSummary }>;

/** Nothing moves before `open()`. */
export function createDesk(options: DeskOptions): Desk {
  return new Desk(options);
}

export class Desk {
  readonly agentId: string;
  readonly http: Http;
  readonly connection: Connection;
  readonly list: ConversationListState;
  readonly views: ViewCatalogue;
  readonly bulk: BulkDesk;
  readonly courier: Courier;
  readonly drafts: Drafts;
  readonly draftSync: DraftSync;
  readonly deck: Deck;
  readonly uploads: AgentUploads;
  readonly colleagues = new Colleagues();
  readonly tasks: TaskBoard;
  readonly calls: CallDesk;
  readonly notices: NoticeBoard;
  readonly repertoire: Repertoire;
  readonly ownRouting: OwnRouting;
  readonly advice: AdviceDesk;
  /** This agent as the live session knows it. */
  readonly me = signal<SignedInAgent | null>(null);
  /** Set when the server refused the connection for good. */
  readonly refusal = signal<ErrorReply | null>(null);
  /** The customer file that has changed last, whoever looks at it. */
  readonly changedContact = signal<Contact | null>(null);
  readonly #outbox: Outbox;
  readonly #shelf: ConversationShelf;
  readonly #onLeft: DeskOptions['onLeft'];
  readonly #onOtherAgent: () => void;
  readonly #createId: () => string;

  constructor({ agentId, serverUrl, apiToken, http, storage, socketOptions, schedule = scheduleTimeout, ...options }: DeskOptions) {
    this.agentId = agentId;
    this.#onOtherAgent = () => options.onOtherAgent?.();
    const place = { serverUrl, ...(apiToken !== undefined && { apiToken }) };
    this.http = http ?? new Http(place);
    this.tasks = new TaskBoard(this.http);
    this.calls = new CallDesk({ agentId, http: this.http, store: storage, ...(options.now && { now: options.now }) });
    this.#createId = options.createId ?? nanoid;
    this.ownRouting = new OwnRouting(this.http, agentId);
    this.advice = new AdviceDesk(this.http, this.me);
    this.#onLeft = options.onLeft;
    this.notices = new NoticeBoard({ agentId, http: this.http, schedule, see: (which) => this.connection.request('notice:seen', which) });
    this.repertoire = new Repertoire(this.http, { store: storage, agentId });
    this.connection = new Connection({
      ...place,
      schedule,
      ...(socketOptions && { socketOptions }),
      onRefused: (error) => {
        this.refusal.value = error;
        options.onRefused?.(error);
      },
    });
    this.#shelf = new ConversationShelf({
      connection: this.connection,
      schedule,
      onOpened: ({ conversation, isFresh }) => (isFresh ? this.list.put(conversation) : this.list.learn(conversation)),
    });
    this.list = new ConversationListState(agentId, viewSource(this.http), this.notices.mentions);
    this.views = new ViewCatalogue({ http: this.http, list: this.list, agentId, schedule });
    this.bulk = new BulkDesk({
      connection: this.connection,
      list: this.list,
      schedule,
      listIds: (view, cursor) => listIdsOfView(this.http, view, cursor),
    });
    const now = options.now ?? Date.now;
    this.drafts = new Drafts({ store: storage, agentId, now, onWritten: (conversationId) => this.draftSync.written(conversationId) });
    this.draftSync = new DraftSync({
      drafts: this.drafts,
      now,
      schedule,
      isLive: () => this.connection.isLive,
      set: (draft) => this.connection.request('draft:set', draft),
      list: (request) => this.connection.request('draft:list', request),
      onReplaced: (conversationId, lost) => options.onDraftReplaced?.(conversationId, lost),
    });
    this.deck = new Deck({
      stores: [...(options.tabStorage ? [options.tabStorage] : []), storage],
      agentId,
      isWritten: (id) => this.drafts.of(id).peek().text !== '',
    });
    this.#outbox = new Outbox(storage, agentId);
    this.uploads = new AgentUploads({
      ...place,
      agentId,
      now,
      schedule,
      inUse: () => [...this.drafts.files(), ...this.#outbox.list().flatMap(({ files = [] }) => files)],
    });
    this.courier = new Courier({
      outbox: this.#outbox,
      agentId,
      now,
      schedule,
      createId: options.createId ?? nanoid,
      isLive: () => this.connection.isLive,
      post: (draft) => this.connection.request('message:post', draft),
      runMacro: (request) => this.connection.request('macro:run', request),
      onMacroRun: (macroId, ran) => options.onMacroRun?.(macroId, ran),
      list: (request) => this.connection.request('message:list', request),
      upload: (files) => this.uploads.finish(files),
      onPosted: (message, conversation) => {
        this.list.learn(conversation);
        this.#posted(message);
      },
      resolve: async (conversationId) => {
        const reply = await this.resolve(conversationId);
        if (reply.ok) options.onResolved?.(conversationId);
        return reply;
      },
      onNotResolved: (conversationId, why) => options.onNotResolved?.(conversationId, why),
    });
    this.#listen();
  }

  open(): void {
    this.connection.open();
  }

  close(): void {
    this.courier.close();
    this.calls.close();
    this.tasks.close();
    this.bulk.close();
    this.draftSync.close();
    this.views.close();
    this.notices.mentions.close();
    for (const conversation of this.#shelf.all) conversation.close();
    this.connection.close();
  }

  /** The person is back at the window, or the network is: what lies open is asked for again, and silence means a dead connection. */
  wake(): void {
    if (this.connection.state.value === 'reconnecting') return this.connection.restart();
    if (!this.connection.isLive) return;
    const { shown } = this.#shelf;
    for (const conversation of shown) void conversation.open({ isProbe: true });
    const [anyId] = this.list.summaries.value.keys();
    if (shown.length === 0 && anyId !== undefined) void this.connection.probe('message:list', { conversationId: anyId, limit: 1 });
  }

  /** Another tab of this agent wrote to the storage; null: it was emptied. */
  storageChanged(key: string | null): void {
    if (key === null || this.#outbox.owns(key)) this.courier.refresh();
    if (key !== null) this.drafts.reload(key);
  }

  /** What the desk holds of a conversation, opened or not. */
  conversation(id: string): OpenConversation {
    return this.#shelf.take(id);
  }

  /** Shows a conversation in one more place; each call is answered by one `leaveConversation`. */
  openConversation(id: string): OpenConversation {
    const conversation = this.#shelf.take(id);
    this.#shelf.show(id);
    if (this.connection.isLive) void conversation.open();
    return conversation;
  }

  leaveConversation(id: string): void {
    if (!this.#shelf.hide(id)) return;
    this.#shelf.find(id)?.close();
    if (this.connection.isLive) void this.connection.request('conversation:leave', { conversationId: id });
  }

  /** Asks again for a conversation that could not be opened. */
  reopenFailed(id: string): void {
    void this.conversation(id).open();
  }

  /**
   * Sends what the agent wrote, guarded by `seenSeq`, or by what is in sight now. Returns the message's id; throws where the browser's storage
   * is full, and then nothing was sent.
   */
  send(
    conversationId: string,
    text: string,
    visibility: Visibility = 'public',
    { isGuarded = true, isResolving = false, seenSeq, files = [], mentions = [], isWhisper = false, macro }: SendOptions = {},
  ): string {
    const lastShown = this.#shelf.find(conversationId)?.messages.transcript.value.messages.at(-1);
    const lastSeq = lastShown?.seq ?? this.list.summaries.value.get(conversationId)?.lastSeq;
    const expectedSeq = seenSeq ?? lastSeq;
    return this.courier.send({
      conversationId,
      text,
      files,
      visibility,
      mentions,
      isWhisper,
      ...(isGuarded && expectedSeq !== undefined && { expectedSeq }),
      ...(isResolving && { resolving: { seenSeq: lastSeq ?? 0 } }),
      ...(macro && { macro }),
    });
  }

  /** What is absent stays as it is. */
  assign(conversationId: string, to: { agentId?: string | null; teamId?: string | null }): Promise<Changed> {
    return this.#change('conversation:assign', { conversationId, ...to });
  }

  /** For a request that may be repeated after a lost reply. */
  newId(): string {
    return this.#createId();
  }

  /** All of it or nothing; `stale` where somebody else was quicker. The same `id` again, after a lost reply, changes nothing. */
  transfer(request: Omit<ConversationTransferRequest, 'id'> & { id?: string }): Promise<Changed> {
    return this.#change('conversation:transfer', { id: this.#createId(), ...request });
  }

  /** A note to whoever has the conversation, kept until the server has it. Returns its id. */
  whisper(conversationId: string, text: string): string {
    return this.send(conversationId, text, 'internal', { isWhisper: true });
  }

  /** The agents whom a mention in this conversation reaches. */
  async audience(conversationId: string): Promise<ReadonlySet<string> | null> {
    const reply = await this.connection.request('conversation:audience', { conversationId });
    return reply.ok ? new Set(reply.data.agentIds) : null;
  }

  resolve(conversationId: string): Promise<Changed> {
    return this.#change('conversation:resolve', { conversationId });
  }

  reopen(conversationId: string): Promise<Changed> {
    return this.#change('conversation:reopen', { conversationId });
  }

  snooze(conversationId: string, until: number): Promise<Changed> {
    return this.#change('conversation:snooze', { conversationId, until });
  }

  tag(conversationId: string, tags: string[]): Promise<Changed> {
    return this.#change('conversation:tag', { conversationId, tags });
  }

  /** This one, or whoever is next in the queue. Null where nobody waits whom this agent may take. */
  async pick(conversationId?: string): Promise<Reply<{ conversation: ConversationSummary | null }>> {
    const reply = await this.connection.request('conversation:pick', conversationId === undefined ? {} : { conversationId });
    if (reply.ok && reply.data.conversation) this.list.learn(reply.data.conversation);
    return reply;
  }

  prioritize(conversationId: string, priority: Priority): Promise<Changed> {
    return this.#change('conversation:prioritize', { conversationId, priority });
  }

  /** A macro that says nothing to the visitor. Under the same id it is run once. */
  async runMacro(request: MacroRunRequest): Promise<Reply<MacroRunReply>> {
    const reply = await this.connection.request('macro:run', request);
    if (reply.ok) this.list.learn(reply.data.conversation);
    return reply;
  }

  setAvailability(availability: AgentAvailability): Promise<Reply<unknown>> {
    return this.connection.request('availability:set', { availability });
  }

  #listen(): void {
    const { connection } = this;
    this.repertoire.listen(connection);
    followTickets(this.http, connection);
    connection.on('session:started', (session) => this.#started(session));
    connection.on('conversation:changed', (summary) => {
      this.notices.conversationsChanged(this.list.summaries.value, [summary]);
      // What it says of this agent may have been written when it was out of sight.
      if (!this.list.summaries.value.has(summary.id) && !this.#seesAll) this.notices.mentions.loadSoon();
      this.list.put(summary);
      this.#shelf.find(summary.id)?.belongsTo(summary.contact.id);
    });
    connection.on('conversation:gone', ({ conversationId }) => {
      this.list.remove(conversationId);
      this.notices.mentions.drop(conversationId);
      this.#shelf.find(conversationId)?.gone();
      if (this.me.value?.permissions.includes('tasks:view')) void this.tasks.sightChanged();
    });
    connection.on('agents:changed', ({ agents }) => this.colleagues.replace(agents));
    connection.on('teams:changed', ({ teams }) => {
      this.colleagues.teams.value = teams;
    });
    connection.on('views:changed', ({ ownerId }) => void this.views.changed(ownerId));
    connection.on('business:changed', ({ name }) => {
      if (this.me.value) this.me.value = { ...this.me.value, business: name };
    });
    connection.on('message:posted', (message) => {
      this.#posted(message);
      if (message.author.id === this.agentId) this.courier.confirm(message.id);
    });
    connection.on('answer:rated', ({ conversationId, ...rated }) => this.#shelf.find(conversationId)?.messages.rated(rated));
    connection.on('conversation:read', ({ conversationId, reader, seq }) => {
      if (reader === 'visitor') this.list.visitorRead(conversationId, seq);
    });
    connection.on('typing:changed', ({ conversationId, who, typing, text = '' }) => {
      if (who.kind === 'visitor') this.#shelf.find(conversationId)?.visitorTyped(typing ? text : '');
    });
    connection.on('viewers:changed', ({ conversationId, ...viewers }) => this.#shelf.find(conversationId)?.viewed(viewers));
    connection.on('contact:changed', (contact) => {
      this.changedContact.value = contact;
      this.list.renamed(contact);
      for (const conversation of this.#shelf.all) conversation.contactChanged(contact);
    });
    connection.on('contact:erased', ({ contact, conversationIds }) => {
      this.list.renamed(contact);
      for (const conversation of this.#shelf.all) if (conversationIds.includes(conversation.id)) conversation.erased(contact);
      for (const id of conversationIds) this.drafts.erase(id);
    });
    connection.on('draft:changed', (draft) => this.draftSync.received(draft));
    connection.on('notice:posted', (notice) => this.notices.posted(notice));
    connection.on('notice:seen', (seen) => this.notices.seenElsewhere(seen));
    connection.on('task:changed', (task) => {
      this.tasks.taskChanged(task);
      this.calls.changed(task);
    });
    connection.on('likenesses:changed', () => {
      likenessNews.value += 1;
    });
    followFiles(connection);
    connection.on('task:due', (task) => this.calls.due(task));
    connection.on('task:removed', ({ id }) => {
      this.calls.removed(id);
      void this.tasks.sightChanged();
    });
    connection.on('routing:changed', (change) => this.ownRouting.changed(change));
    connection.on('agent:changed', (change) => {
      if (!this.colleagues.change(change)) void this.#meetColleagues();
      if (this.me.value?.id === change.id) this.me.value = { ...this.me.value, ...change };
    });
  }

  #started({ agent, agents, teams, conversations, attachmentBytesMax }: AgentSessionStarted): void {
    if (agent.id !== this.agentId) {
      this.close();
      this.#onOtherAgent();
      return;
    }
    this.refusal.value = null;
    this.me.value = agent;
    if (agent.permissions.includes('tasks:view')) void this.tasks.sightChanged();
    if (agent.permissions.includes('tasks:edit')) void this.calls.load();
    this.colleagues.replace(agents);
    this.colleagues.teams.value = teams;
    // What came while nobody listened is news, too; at the first start everything would be.
    if (this.list.isLoaded.value) {
      timelineNews.value = { contactId: null };
      likenessNews.value += 1;
      this.notices.conversationsChanged(this.list.summaries.value, conversations);
      const left = leftMeanwhile(this.list.summaries.value, conversations, agent.id);
      if (left.length > 0) this.#onLeft?.(left);
    }
    void this.ownRouting.load();
    void this.notices.load();
    this.list.teamIds = agent.teamIds;
    void this.views.load();
    this.list.replace(conversations, (id) => this.#shelf.isShown(id));
    for (const conversation of this.#shelf.shown) void conversation.open();
    this.repertoire.started();
    this.uploads.bytesMax = attachmentBytesMax;
    this.uploads.resume();
    this.courier.resume();
    void this.draftSync.resume();
  }

  /** Somebody new has signed in since this session began. */
  async #meetColleagues(): Promise<void> {
    const reply = await this.http.get<{ items: Agent[] }>('/agents');
    if (reply.ok) this.colleagues.replace(reply.data.items);
  }

  get #seesAll(): boolean {
    return this.me.value?.permissions.includes('conversations:view-all') ?? false;
  }

  #posted(message: Message): void {
    this.#shelf.find(message.conversationId)?.posted(message);
  }

  async #change<Event extends ChangingRequest>(event: Event, payload: RequestPayload<Event>): Promise<Changed> {
    const reply = (await this.connection.request(event, payload)) as Changed;
    if (reply.ok) this.list.learn(reply.data.conversation);
    return reply;
  }
}
