/** Table of contents: infrastructure made, rooms bound to routes and sockets, closed in order. */
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import express, { Router } from 'express';
import type { Logger } from 'pino';
import { Server as SocketServer } from 'socket.io';
import { AppError } from '../shared/errors.ts';
import { PROTOCOL_VERSION } from '../shared/events.ts';
import { PING_INTERVAL_MS, PING_TIMEOUT_MS } from '../shared/limits.ts';
import { bindRoleRoutes } from './access/role-api.ts';
import { bindTeamRoutes } from './access/team-api.ts';
import { bindAdviceRoutes } from './advice/advice-api.ts';
import { CannedMatching } from './advice/canned-matching.ts';
import { bindProposalRoutes } from './advice/proposal-api.ts';
import { forgetOldProposals } from './advice/proposals.ts';
import { Learning } from './advice/reply-learning.ts';
import { bindAgentRoutes, bindAvailability, guardAgentNamespace } from './agents/agent-api.ts';
import { announceAgent, getChosenAvailability } from './agents/agents.ts';
import { bindProfileRoutes } from './agents/profile-api.ts';
import { SessionWatch } from './agents/session-watch.ts';
import { endExpiredTokens, findCaller } from './agents/sessions.ts';
import { prepareInstallation } from './agents/setup.ts';
import { listTwoFactorSeals, resealTwoFactors } from './agents/two-factor-seals.ts';
import { bindAnswerRoutes } from './answers/answer-api.ts';
import { AnswerMatching } from './answers/answer-matching.ts';
import { bindAnswerTransfers, readLargeAnswers } from './answers/answer-transfer-api.ts';
import { type AnswerRoom, detachAnswers } from './answers/answers.ts';
import type { App } from './app.ts';
import { bindAttachmentRoutes, serveAttachments } from './attachments/attachment-api.ts';
import { type Attachments, openAttachments } from './attachments/attachments.ts';
import { bindPhotoRoutes } from './attachments/profile-photo-api.ts';
import { dropBotOf } from './bot/bot-erasure.ts';
import type { BotRoom } from './bot/bot-room.ts';
import { bindDeflectionRoutes } from './bot/deflection-api.ts';
import { QuestionWatch } from './bot/question-watch.ts';
import { TalkEndings } from './bot/talk-endings.ts';
import { bindVisitorAnswers } from './bot/visitor-answer-api.ts';
import { bindCannedResponseRoutes } from './canned/canned-response-api.ts';
import { shareCannedOfTeam } from './canned/canned-responses.ts';
import { bindCompanyRoutes } from './companies/company-api.ts';
import type { Config } from './config.ts';
import { bindBlockRoutes } from './contacts/block-api.ts';
import { type Blocks, openBlocks } from './contacts/blocks.ts';
import { followCompanies } from './contacts/company-follower.ts';
import { consentShelf } from './contacts/consents.ts';
import { bindContactRoutes } from './contacts/contact-api.ts';
import { findFilePlace } from './contacts/file-places.ts';
import { bindIdentityRoutes } from './contacts/identity-api.ts';
import type { TimelineSource } from './contacts/timeline-source.ts';
import { forgetSilentVisitors, forgetVisitorsOf, visitorShelf } from './contacts/visitors.ts';
import { Visits } from './contacts/visits.ts';
import { AvailabilityBoard } from './conversations/availability.ts';
import { bindAvailabilityRoute } from './conversations/availability-api.ts';
import { bindBulk } from './conversations/bulk-api.ts';
import { forgetOldBulks } from './conversations/bulk-changes.ts';
import { bindConversationRoutes } from './conversations/conversation-api.ts';
import { ConversationChanges } from './conversations/conversation-changes.ts';
import { conversationTimeline } from './conversations/conversation-timeline.ts';
import { type ConversationRoom, freeConversationsOf, freeConversationsOfTeam, wakeDue } from './conversations/conversations.ts';
import { bindDesk, type Desk, leaveDesk, refreshDesk } from './conversations/desk-api.ts';
import { conversationShelf } from './conversations/filed-conversations.ts';
import { MessageDoor } from './conversations/messages.ts';
import { QueueBoard } from './conversations/queue-board.ts';
import { Viewers } from './conversations/viewers.ts';
import { bindVisitor, guardVisitorNamespace, type VisitorDesk, welcomeVisitor } from './conversations/visitor-api.ts';
import { bindCustomerRoutes } from './customers/customer-api.ts';
import { bindCustomerJobRoutes } from './customers/customer-job-api.ts';
import { customerJobShelf, forgetOldJobs } from './customers/customer-jobs.ts';
import { CustomerWorker } from './customers/customer-worker.ts';
import { bindPurchaseImportRoutes } from './customers/purchase-import-api.ts';
import { bindSegmentRoutes } from './customers/segment-api.ts';
import { SegmentKeeper } from './customers/segment-keeper.ts';
import { renameTagInSegments } from './customers/segment-tags.ts';
import { bindDocumentRoutes } from './documents/document-api.ts';
import { type DocumentRoom, documentShelf, documentTimeline, forgetRemovedDocuments, tellScanned } from './documents/documents.ts';
import { forgetClearedDrafts } from './drafts/agent-drafts.ts';
import { bindDrafts } from './drafts/draft-api.ts';
import { bindAccountLinkRoutes } from './entrance/account-link-api.ts';
import { bindFieldRoutes } from './fields/custom-field-api.ts';
import { bindNow, bindNowRoutes } from './floor/now-api.ts';
import { NowBoards } from './floor/now-boards.ts';
import { OnSite } from './floor/on-site.ts';
import { bindOnSite, noticeOnSite } from './floor/on-site-api.ts';
import { forgetBusinessClock } from './hours/business-clock.ts';
import { bindHoursRoutes } from './hours/hours-api.ts';
import { readLargeCalendars } from './hours/large-calendar-api.ts';
import { detachHours } from './hours/opening-hours.ts';
import { bindMacroRoutes, bindMacroRuns } from './macros/macro-api.ts';
import { forgetOldRuns } from './macros/macro-run.ts';
import { renameTagInMacros } from './macros/macro-tags.ts';
import { shareMacrosOfTeam } from './macros/macros.ts';
import { forgetOldMail, mailShelf } from './mail/mails.ts';
import { Postman } from './mail/postman.ts';
import { LikenessWatch } from './merging/likeness-watch.ts';
import { noteDue } from './merging/likenesses.ts';
import { bindMergingRoutes, followMerged } from './merging/merge-api.ts';
import { mergingShelf } from './merging/merging-shelf.ts';
import { bindNoticeRequests, bindNoticeRoutes } from './notices/agent-notice-api.ts';
import { forgetOldNotices, noticeShelf } from './notices/agent-notices.ts';
import { bindOpenApi } from './openapi/openapi-api.ts';
import { bindOpportunityRoutes } from './opportunities/opportunity-api.ts';
import { opportunityIndex } from './opportunities/opportunity-entries.ts';
import { findOpportunityPlace } from './opportunities/opportunity-place.ts';
import { freeOpportunitiesOf, opportunityShelf } from './opportunities/opportunity-shelf.ts';
import { opportunityTimeline } from './opportunities/opportunity-timeline.ts';
import { bindPipelineRoutes } from './opportunities/pipeline-api.ts';
import { bindFileErasure } from './privacy/file-erasure-api.ts';
import { bindVisitorData } from './privacy/visitor-privacy-api.ts';
import { LifecycleSweep } from './purchases/lifecycle-sweep.ts';
import { bindPurchaseRoutes, readLargePurchases } from './purchases/purchase-api.ts';
import { leftPurchaseShelf, purchaseChangeShelf } from './purchases/purchase-change-shelves.ts';
import { purchaseShelf } from './purchases/purchase-shelf.ts';
import { purchaseTimeline } from './purchases/purchase-timeline.ts';
import { bindQuestionRoutes } from './questions/question-api.ts';
import { QuestionMining } from './questions/question-mining.ts';
import { bindPicks } from './routing/pick-api.ts';
import { bindRoutingRoutes } from './routing/routing-api.ts';
import { RoutingEngine } from './routing/routing-engine.ts';
import { Indexing } from './search/indexing.ts';
import { bindSearchRoutes } from './search/search-api.ts';
import { openSecretBox } from './secrets/secret-keys.ts';
import { listIdentitySeals, resealIdentitySecrets } from './settings/identity-secrets.ts';
import { bindInboxRoutes } from './settings/inbox-api.ts';
import { listInboxes, prepareFirstInbox } from './settings/inboxes.ts';
import { bindInvitationRoutes } from './settings/invitation-api.ts';
import { InvitationCounts } from './settings/invitation-counts.ts';
import { bindSlaRoutes } from './sla/sla-policy-api.ts';
import { SlaWatch } from './sla/sla-watch.ts';
import { openStorage } from './storage/database.ts';
import { ratingTimeline } from './surveys/rating-timeline.ts';
import { ratingShelf } from './surveys/ratings.ts';
import { bindVisitorRatings } from './surveys/visitor-rating-api.ts';
import { Retagging } from './tags/retagging.ts';
import { bindTagRoutes } from './tags/tag-api.ts';
import { attemptTimeline } from './tasks/attempt-timeline.ts';
import { serveCallbackPages } from './tasks/callback-page-api.ts';
import { type CallbackRoom, callTurn } from './tasks/callbacks.ts';
import { bindTaskRoutes } from './tasks/task-api.ts';
import { TaskBell } from './tasks/task-bell.ts';
import { followTeam, freeTasksOfTeam } from './tasks/task-teams.ts';
import { taskTimeline } from './tasks/task-timeline.ts';
import { freeTasksOf, taskShelf } from './tasks/tasks.ts';
import { bindVisitorCallbacks } from './tasks/visitor-callback-api.ts';
import { freeTicketsOf, freeTicketsOfTeam, ticketShelf } from './tickets/filed-tickets.ts';
import { bindTicketRoutes } from './tickets/ticket-api.ts';
import { bindTicketChoiceRoutes } from './tickets/ticket-choice-api.ts';
import { keepTicketDocuments } from './tickets/ticket-documents.ts';
import { ticketIndex } from './tickets/ticket-entries.ts';
import { ticketTimeline } from './tickets/ticket-timeline.ts';
import { TicketWatch } from './tickets/ticket-watch.ts';
import { bindVisitorTickets } from './tickets/visitor-ticket-api.ts';
import { activityShelf, forgetRemovedActivities } from './timeline/activities.ts';
import { activityTimelines } from './timeline/activity-timeline.ts';
import { noteChanges } from './timeline/change-items.ts';
import { MailDoor } from './timeline/mail-door.ts';
import { bindTimelineRoutes } from './timeline/timeline-api.ts';
import { noteMailOutcome } from './timeline/written-mails.ts';
import { bindVisitorTranscripts } from './transcripts/visitor-transcript-api.ts';
import { Requests, refuseNamespace } from './transport/answer.ts';
import { agentRoom, Broadcast, credentialRoom } from './transport/broadcast.ts';
import { ConnectionGuard } from './transport/connection-guard.ts';
import { writeFrames } from './transport/frames.ts';
import { hostOf } from './transport/origin.ts';
import { packetParser } from './transport/packet-parser.ts';
import { servePages } from './transport/pages.ts';
import { Presence } from './transport/presence.ts';
import { Limits } from './transport/rate-limits.ts';
import { Repeats } from './transport/repeats.ts';
import { limitRequests, problems } from './transport/route.ts';
import { cutSlowBodies, WHOLE_REQUEST_MAX_MS } from './transport/slow-bodies.ts';
import type { Caller, Wire } from './transport/wire.ts';
import { bindViewRoutes } from './views/view-api.ts';
import { renameTagInViews } from './views/view-tags.ts';

/** A socket message of 8,000 characters fits with room to spare; anything larger is cut off before it is read. */
const MESSAGE_BYTES_MAX = 256 * 1024;
/** Clients come back spread over this time, so that a restart is no storm. */
const RECONNECT_SPREAD_MS = 2_000;
const WAKE_EVERY_MS = 5_000;
const SCAN_EVERY_MS = 15_000;
const TIDY_EVERY_MS = 60 * 60 * 1_000;
const UPLOADS =
  /^\/api\/(?:(?:widget\/[^/?]+\/)?attachments|profile\/photo|answers\/import|purchases\/import|(?:customer|purchase)-imports)\b/;

export interface ServerOptions {
  config: Config;
  /** Where the built widget, console and demo shop lie. */
  assetsDir: string;
  log: Logger;
  now?: () => number;
  /** From so many different questions on they are put into groups in a thread of its own. */
  manyQuestions?: number;
  checkReply?: Wire['checkReply'];
  /** The process must end now: the disk cannot be trusted until a fresh start has read it again. */
  onFatal: (error: Error) => void;
}

/** What is counted and told beside the messages. */
interface Boards {
  counts: InvitationCounts;
  availability: AvailabilityBoard;
  attachments: Attachments;
  blocks: Blocks;
  queue: QueueBoard;
  callbacks: CallbackRoom;
  answers: AnswerRoom;
  questions: QuestionMining;
  documents: DocumentRoom;
  customers: CustomerWorker;
  lifecycles: LifecycleSweep;
}

interface SocketParts {
  room: ConversationRoom;
  answers: AnswerRoom;
  viewers: Viewers;
  callbacks: CallbackRoom;
  availability: AvailabilityBoard;
  attachments: Attachments;
  blocks: Blocks;
  bot: BotRoom;
  documents: DocumentRoom;
}

export interface RunningServer {
  app: App;
  /** Where it listens, without a trailing slash. */
  url: string;
  /** The one-time code for the first administrator, or null once there is an agent. */
  setupCode: string | null;
  matching: AnswerMatching;
  mailDoor: MailDoor;
  close: () => Promise<void>;
}

export async function startServer(options: ServerOptions): Promise<RunningServer> {
  const { config, assetsDir, log, now = Date.now, manyQuestions, checkReply, onFatal } = options;
  const storage = await openStorage({ dataDir: config.dataDir, databaseUrl: config.databaseUrl, now, onFatal, log });
  try {
    // A slow request is cut off: headers within 10 s, bodies by `cutSlowBodies`. Node looks every 30 s unless told otherwise.
    const http = createServer({
      headersTimeout: 10_000,
      requestTimeout: WHOLE_REQUEST_MAX_MS,
      connectionsCheckingInterval: 1_000,
      keepAliveTimeout: 15_000,
    });
    const limits = new Limits(config.hasLimits);
    const guard = new ConnectionGuard(limits, config.trustProxy);
    const io = new SocketServer({
      serveClient: false,
      cors: { origin: '*' },
      pingInterval: PING_INTERVAL_MS,
      pingTimeout: PING_TIMEOUT_MS,
      connectTimeout: 10_000,
      maxHttpBufferSize: MESSAGE_BYTES_MAX,
      perMessageDeflate: false,
      parser: packetParser,
      allowRequest: guard.allowRequest,
    });
    const secrets = await openSecretBox(config, [...(await listTwoFactorSeals(storage.db)), ...(await listIdentitySeals(storage.db))]);
    const app: App = {
      config,
      storage,
      secrets,
      log,
      now,
      broadcast: new Broadcast(io),
      presence: new Presence(now),
      limits,
      repeats: new Repeats(storage, now),
      checkReply,
      publicHost: config.publicUrl === null ? null : hostOf(config.publicUrl),
      findCaller: (headers, bearer) => findCaller(app, headers, bearer),
      followers: {
        fileShelves: [
          visitorShelf,
          conversationShelf(() => room.changes),
          taskShelf,
          ratingShelf,
          mailShelf,
          consentShelf,
          mergingShelf(() => app),
          activityShelf,
          documentShelf,
          noticeShelf,
          customerJobShelf,
          purchaseShelf(() => app),
          purchaseChangeShelf,
          leftPurchaseShelf,
          opportunityShelf(() => app),
          ticketShelf(() => app),
        ],
        filesMoved: (contactIds) => blocks.follow(contactIds),
        contactsIndexed: noteDue,
        agentLeaves: async () => () => undefined,
        teamLeaves: async () => () => undefined,
        inboxLeaves: async (trx, inboxId) => {
          const tells = [
            await detachHours(app, trx, { inboxId }),
            await detachAnswers(answers, trx, inboxId),
            await dropBotOf(trx, inboxId),
          ];
          return () => {
            for (const tell of tells) tell();
          };
        },
        accessChanged: async () => undefined,
        hoursChanged: () => undefined,
        routingChanged: () => undefined,
        messagePosted: () => undefined,
        conversationTurning: async () => undefined,
        conversationTurned: () => undefined,
        assigned: () => undefined,
        conversationsChanged: async () => false,
        promisesChanged: () => undefined,
        filesChanged: (trx, changes) => noteChanges(app, trx, changes),
        mailClosed: (trx, outcome) => noteMailOutcome(app, trx, outcome),
        contactChanged: () => undefined,
        tagsLeave: () => undefined,
        tagRenamed: async (trx, turn) => {
          const tells = [
            await renameTagInSegments(app, trx, turn),
            await renameTagInViews(app, trx, turn),
            await renameTagInMacros(app, trx, turn),
          ];
          return () => {
            for (const tell of tells) tell();
          };
        },
        pageViewed: () => undefined,
        visitorsErased: () => undefined,
      },
    };
    await storage.write((trx) => resealTwoFactors(app, trx));
    await storage.write((trx) => resealIdentitySecrets(app, trx));
    const setupCode = await prepareInstallation(app);
    await prepareFirstInbox(app);
    const attachments = await openAttachments(app);
    const blocks = await openBlocks(app);
    const documents: DocumentRoom = { app, attachments, places: { contact: findFilePlace } };
    documents.places.opportunity = findOpportunityPlace;
    keepTicketDocuments(documents);
    attachments.scanned = (ids) => {
      tellScanned(app, ids).catch((error: unknown) => app.log.warn({ err: error }, 'a file that was looked at could not be told'));
    };
    const mailDoor = new MailDoor({ app, attachments });
    const answers = { app, attachments, matching: new AnswerMatching(app) };
    cutSlowBodies(http, (url) => UPLOADS.test(url));
    // Socket.IO takes its own requests away from who listens already, so the routes come first.
    const counts = new InvitationCounts(app);
    const queue: QueueBoard = new QueueBoard(app, () => availability.mark());
    const availability = new AvailabilityBoard(app, queue);
    const viewers = new Viewers();
    const room = { app, changes: new ConversationChanges(app, queue, viewers), queue };
    const postman = new Postman(app);
    const callbacks = { room, bell: new TaskBell(room), postman };
    const customers = new CustomerWorker(app);
    const questions = new QuestionMining(app, manyQuestions);
    const lifecycles = new LifecycleSweep(app);
    const bot: BotRoom = { room, attachments, availability, matching: answers.matching };
    http.on(
      'request',
      bindRoutes(app, assetsDir, {
        counts,
        availability,
        attachments,
        blocks,
        queue,
        callbacks,
        answers,
        questions,
        documents,
        customers,
        lifecycles,
      }),
    );
    io.attach(http);
    guard.watch(io);
    writeFrames(io);
    const unbind = bindSockets(app, io, { room, answers, viewers, callbacks, availability, attachments, blocks, bot, documents });
    const stopSockets = () => {
      unbind();
      questions.stop();
      customers.stop();
      lifecycles.stop();
      counts.close();
    };
    await mailDoor.listen();
    const url = await listen(http, config);
    postman.wake();
    void answers.matching.warm();
    lifecycles.start();
    return {
      app,
      url,
      setupCode,
      matching: answers.matching,
      mailDoor,
      close: () => close({ app, io, http, postman, mailDoor, answers, stopSockets }),
    };
  } catch (error) {
    await storage.close();
    throw error;
  }
}

function bindRoutes(app: App, assetsDir: string, boards: Boards): express.Express {
  const { counts, availability, attachments, blocks, queue, callbacks, answers, questions, documents, customers, lifecycles } = boards;
  const site = express();
  site.disable('x-powered-by');
  site.set('trust proxy', app.config.trustProxy);
  site.set('query parser', 'simple');

  site.get('/health/live', (_request, response) => response.json({ status: 'live', protocol: PROTOCOL_VERSION }));
  site.get('/health/ready', async (_request, response) => {
    await app.storage.check();
    response.json({ status: 'ready' });
  });

  const api = Router();
  api.use((_request, response, next) => {
    response.set({ 'Cache-Control': 'no-store', 'X-Content-Type-Options': 'nosniff' });
    next();
  });
  api.use(limitRequests(app));
  api.use('/business-hours', readLargeCalendars(app, MESSAGE_BYTES_MAX));
  api.use('/answers', readLargeAnswers(app, MESSAGE_BYTES_MAX));
  api.use('/purchases', readLargePurchases(app, MESSAGE_BYTES_MAX));
  api.use(express.json({ limit: MESSAGE_BYTES_MAX }));
  bindRoleRoutes(app, api);
  bindTeamRoutes(app, api);
  bindAgentRoutes(app, api);
  bindProfileRoutes(app, api);
  bindAccountLinkRoutes(app, api);
  bindInboxRoutes(app, api, forgetVisitorsOf);
  bindInvitationRoutes(app, api, counts);
  bindHoursRoutes(app, api);
  bindAvailabilityRoute(app, api, availability);
  api.use(followMerged(app));
  bindContactRoutes(app, api);
  bindTimelineRoutes({ app, postman: callbacks.postman, sources: timelineSources(documents) }, api);
  bindDocumentRoutes(documents, api);
  bindCustomerRoutes(app, api);
  bindSegmentRoutes(app, api);
  bindCustomerJobRoutes(app, api, () => customers.wake());
  bindPurchaseImportRoutes(app, api, () => customers.wake());
  bindMergingRoutes(app, api);
  bindIdentityRoutes(app, api);
  bindFileErasure(callbacks.room, api, attachments);
  bindFieldRoutes(app, api);
  bindCompanyRoutes(app, api);
  bindConversationRoutes(app, api);
  bindViewRoutes(app, api);
  bindSearchRoutes(app, api);
  bindTaskRoutes(callbacks, api);
  bindPurchaseRoutes(app, api, lifecycles);
  bindPipelineRoutes(app, api);
  bindOpportunityRoutes(app, api);
  bindTicketRoutes(callbacks.room, api);
  bindTicketChoiceRoutes(app, api);
  bindAttachmentRoutes(app, api, { attachments, blocks });
  bindPhotoRoutes(app, api, attachments);
  bindNoticeRoutes(app, api);
  bindBlockRoutes(app, api, blocks);
  bindCannedResponseRoutes(app, api, attachments);
  bindMacroRoutes(app, api);
  bindAnswerTransfers(answers, api);
  bindAnswerRoutes(answers, api);
  bindAdviceRoutes({ app, matching: answers.matching, canned: new CannedMatching(app) }, api);
  bindProposalRoutes(answers, api);
  bindDeflectionRoutes(app, api);
  bindTagRoutes(app, api);
  bindNowRoutes(app, api);
  bindRoutingRoutes(app, api, queue);
  bindSlaRoutes(app, api);
  bindQuestionRoutes(app, api, () => questions.hurry());
  bindOpenApi(app, api);
  site.use('/api', api);
  site.get('/attachments/:id/:signature', limitRequests(app), serveAttachments(attachments));
  site.use(serveCallbackPages(callbacks));

  site.use(servePages(assetsDir, async () => (await listInboxes(app))[0]?.key ?? ''));
  site.use(() => {
    throw new AppError('not-found', 'There is nothing here.');
  });
  site.use(problems(app));
  return site;
}

/** All that stands in the timeline of a customer file, each with the room that tells it. At the end of the list come new ones: cursors count. */
export function timelineSources(documents: DocumentRoom): TimelineSource[] {
  return [
    ...activityTimelines,
    conversationTimeline,
    ratingTimeline,
    taskTimeline,
    attemptTimeline,
    documentTimeline(() => documents),
    purchaseTimeline,
    opportunityTimeline,
    ticketTimeline,
  ];
}

/** Binds both namespaces; the returned function stops what runs by the clock, and the telling of who leaves. */
function bindSockets(
  app: App,
  io: SocketServer,
  { room, answers, viewers, callbacks, availability, attachments, blocks, bot, documents }: SocketParts,
): () => void {
  const { changes, queue } = room;
  const { bell, postman } = callbacks;
  const door = new MessageDoor(room);
  const visits = new Visits(app);
  const watch = new SessionWatch(app);
  const shared = { room, door, viewers };
  const onSite = new OnSite(app);
  const boards = new NowBoards(app, viewers);
  app.followers.pageViewed = (socketId, page) => onSite.viewed(socketId, page);
  app.followers.visitorsErased = (visitorIds) => onSite.forget(visitorIds);
  let isStopped = false;

  refuseNamespace(app, io.of('/'));
  const visitors = io.of('/visitor');
  guardVisitorNamespace(app, visitors);
  const visitorRequests = new Requests<VisitorDesk>(app, (event, { seat }) => blocks.requireWelcome(event, seat.visitor));
  bindVisitor(visitorRequests, { room, door, visits });
  bindVisitorRatings(visitorRequests, room);
  bindVisitorCallbacks(visitorRequests, callbacks);
  bindVisitorTickets(visitorRequests, app);
  bindVisitorAnswers(visitorRequests, bot);
  bindVisitorTranscripts(visitorRequests, { app, postman });
  bindVisitorData(visitorRequests, { room, attachments });
  visitors.on('connection', (socket) => {
    visitorRequests.attend(socket, { socket, seat: socket.data.seat });
    noticeOnSite(app, onSite, socket);
    welcomeVisitor(socket, { room, visits, availability }).catch((error: unknown) => endBrokenSession(app, socket, error));
  });

  const agents = io.of('/agent');
  guardAgentNamespace(app, agents);
  const agentRequests = new Requests<Desk>(app);
  bindAvailability(app, agentRequests);
  bindDesk(agentRequests, shared);
  bindNoticeRequests(app, agentRequests);
  bindBulk(agentRequests, room);
  bindMacroRuns(agentRequests, room);
  bindDrafts(agentRequests, app);
  bindOnSite(agentRequests, { room, door, onSite });
  bindNow(agentRequests, boards);
  const routing = new RoutingEngine(room);
  bindPicks(agentRequests, { room, routing });
  app.followers.agentLeaves = async (trx, agentId) => {
    const tells = [
      await freeConversationsOf(room, trx, agentId),
      await freeTasksOf(app, trx, agentId),
      await freeOpportunitiesOf(app, trx, agentId),
      await freeTicketsOf(app, trx, agentId),
    ];
    return () => {
      for (const tell of tells) tell();
    };
  };
  app.followers.assigned = (given) => {
    callTurn(app, bell, given).catch((error: unknown) => app.log.warn({ err: error }, 'a turn that has come could not be rung'));
  };
  app.followers.teamLeaves = async (trx, teamId) => {
    const tells = [
      await freeConversationsOfTeam(room, trx, teamId),
      await freeTicketsOfTeam(app, trx, teamId),
      await shareCannedOfTeam(app, trx, teamId),
      await shareMacrosOfTeam(app, trx, teamId),
      await freeTasksOfTeam(app, trx, teamId),
      await detachHours(app, trx, { teamId }),
    ];
    return () => {
      for (const tell of tells) tell();
    };
  };
  app.followers.accessChanged = async (agentIds) => {
    routing.forget();
    const concerned = [...agents.sockets.values()].filter((socket) => agentIds.includes((socket.data.caller as Caller).agentId));
    await Promise.all(
      concerned.map(async (socket) => {
        const fresh = await app.findCaller(socket.handshake.headers, bearerOf(socket.handshake.auth));
        await refreshDesk(shared, { socket, caller: socket.data.caller }, fresh);
      }),
    );
  };
  agents.on('connection', (socket) => {
    const caller: Caller = socket.data.caller;
    agentRequests.attend(socket, { socket, caller });
    const isBySession = bearerOf(socket.handshake.auth) === undefined;
    if (isBySession) watch.enter(caller.credentialId);
    if (isBySession) socket.onAny(() => watch.use(caller.credentialId));
    const arrive = async () => {
      await socket.join(['agents', agentRoom(caller.agentId), credentialRoom(caller.credentialId)]);
      const chosen = await getChosenAvailability(app, caller.agentId);
      if (!socket.connected) return;
      app.presence.enter(caller.agentId, socket.id, chosen);
      // Between the handshake and the rooms the session may have been revoked, or the role changed.
      const fresh = await app.findCaller(socket.handshake.headers, bearerOf(socket.handshake.auth));
      await refreshDesk(shared, { socket, caller }, fresh);
      if (!socket.connected) return;
      await announceAgent(app, caller.agentId);
    };
    socket.on('disconnect', (reason) => {
      app.presence.leave(caller.agentId, socket.id, { isSilent: reason.startsWith('transport') || reason === 'ping timeout' });
      leaveDesk(shared, socket.id);
      onSite.unwatch(socket.id);
      boards.unwatch(socket.id);
      if (isBySession) watch.leave(caller.credentialId);
      if (isStopped) return;
      announceAgent(app, caller.agentId).catch((error: unknown) => app.log.error({ err: error }, 'a leave could not be told'));
    });
    arrive().catch((error: unknown) => endBrokenSession(app, socket, error));
  });

  routing.start();
  const learning = new Learning(app, answers.matching);
  learning.start();
  bell.start();
  const indexing = new Indexing(app, [ticketIndex, opportunityIndex]);
  const segments = new SegmentKeeper(app);
  const likenesses = new LikenessWatch(app);
  const companies = followCompanies(app);
  const sla = new SlaWatch(app, changes);
  app.followers.conversationsChanged = (rows) => sla.follow(rows);
  const tickets = new TicketWatch(room);
  app.followers.promisesChanged = () => {
    sla.policiesChanged();
    tickets.reckonAnew();
  };
  app.followers.contactChanged = (contactId) => {
    sla.contactChanged(contactId);
    tickets.contactChanged(contactId);
  };
  app.followers.hoursChanged = () => {
    forgetBusinessClock(app);
    availability.mark();
    sla.reckonAnew();
    tickets.reckonAnew();
    routing.forget();
    queue.refresh();
  };
  const endings = new TalkEndings(bot);
  const questions = new QuestionWatch(bot, () => endings.noteFirst());
  app.followers.messagePosted = (message) => {
    questions.posted(message);
    tickets.posted(message);
  };
  const { conversationTurned } = app.followers;
  app.followers.conversationTurned = (before, after) => {
    conversationTurned(before, after);
    endings.turned(before, after);
    followTeam(app, before, after).catch((error: unknown) => app.log.warn({ err: error }, 'calls could not follow their conversation'));
  };
  const retagging = new Retagging(room);
  app.followers.tagsLeave = () => retagging.wake();
  const waking = setInterval(() => {
    wakeDue(room).catch((error: unknown) => app.log.warn({ err: error }, 'snoozed conversations could not be opened'));
    endExpiredTokens(app).catch((error: unknown) => app.log.warn({ err: error }, 'expired tokens could not be ended'));
    watch.look().catch((error: unknown) => app.log.warn({ err: error }, 'sessions could not be looked through'));
  }, WAKE_EVERY_MS);
  const scanning = setInterval(() => {
    attachments.scanWaiting().catch((error: unknown) => app.log.warn({ err: error }, 'files could not be looked at'));
  }, SCAN_EVERY_MS);
  const tidying = setInterval(() => {
    forgetSilentVisitors(app).catch((error: unknown) => app.log.warn({ err: error }, 'silent visitors could not be forgotten'));
    forgetOldRuns(app).catch((error: unknown) => app.log.warn({ err: error }, 'old runs of macros could not be forgotten'));
    forgetClearedDrafts(app).catch((error: unknown) => app.log.warn({ err: error }, 'cleared drafts could not be forgotten'));
    forgetOldBulks(app).catch((error: unknown) => app.log.warn({ err: error }, 'what could be undone could not be forgotten'));
    app.repeats.forgetOld().catch((error: unknown) => app.log.warn({ err: error }, 'old replies could not be forgotten'));
    forgetOldMail(app).catch((error: unknown) => app.log.warn({ err: error }, 'old mail could not be forgotten'));
    forgetOldProposals(app).catch((error: unknown) => app.log.warn({ err: error }, 'old proposals could not be forgotten'));
    forgetOldJobs(app).catch((error: unknown) => app.log.warn({ err: error }, 'old work on customers could not be forgotten'));
    forgetOldNotices(app).catch((error: unknown) => app.log.warn({ err: error }, 'old notices could not be forgotten'));
    forgetRemovedActivities(app).catch((error: unknown) => app.log.warn({ err: error }, 'removed activities could not be forgotten'));
    forgetRemovedDocuments(documents).catch((error: unknown) => app.log.warn({ err: error }, 'removed documents could not be forgotten'));
    attachments.tidy().catch((error: unknown) => app.log.warn({ err: error }, 'abandoned uploads could not be removed'));
  }, TIDY_EVERY_MS);
  return () => {
    isStopped = true;
    clearInterval(waking);
    clearInterval(scanning);
    clearInterval(tidying);
    routing.stop();
    bell.stop();
    questions.stop();
    endings.stop();
    indexing.stop();
    segments.stop();
    likenesses.stop();
    companies.stop();
    retagging.stop();
    sla.stop();
    tickets.stop();
    learning.stop();
    visits.close();
    changes.stop();
    queue.stop();
    availability.stop();
    onSite.stop();
    boards.stop();
  };
}

function bearerOf(auth: Record<string, unknown>): string | undefined {
  return typeof auth.token === 'string' ? auth.token : undefined;
}

/** Without its first fact a client waits for ever: it is sent away, and comes back by itself. */
function endBrokenSession(app: App, socket: { disconnect: (close: boolean) => unknown }, error: unknown): void {
  app.log.error({ err: error }, 'a session could not be started');
  socket.disconnect(true);
}

function listen(http: HttpServer, config: Config): Promise<string> {
  return new Promise((resolve, reject) => {
    http.once('error', reject);
    http.listen(config.port, config.host, () => {
      http.off('error', reject);
      const { address, port, family } = http.address() as AddressInfo;
      resolve(`http://${family === 'IPv6' ? `[${address}]` : address}:${port}`);
    });
  });
}

interface Closing {
  app: App;
  io: SocketServer;
  http: HttpServer;
  postman: Postman;
  mailDoor: MailDoor;
  answers: AnswerRoom;
  stopSockets: () => void;
}

/**
 * Everybody is told when to come back, spread in time, and is served until it leaves; then the doors close, and last
 * the storage, which finishes what it has begun. A send that this cuts off stays in its sender's outbox and is
 * repeated at the next server, which finds the first copy if there is one.
 */
async function close({ app, io, http, postman, mailDoor, answers, stopSockets }: Closing): Promise<void> {
  stopSockets();
  for (const name of ['/visitor', '/agent']) {
    for (const socket of io.of(name).sockets.values()) {
      socket.emit('server:closing', { reconnectInMs: Math.round(200 + Math.random() * RECONNECT_SPREAD_MS) });
    }
  }
  await Promise.race([everybodyLeft(io), new Promise((resolve) => setTimeout(resolve, 500).unref())]);
  // What is still open then is silent or half sent, and would be waited for: Node ends by itself only what has answered.
  const closed = io.close();
  http.closeAllConnections();
  await closed;
  await mailDoor.close();
  await postman.stop();
  await answers.matching.close();
  await app.storage.close();
}

function everybodyLeft(io: SocketServer): Promise<void> {
  return new Promise((resolve) => {
    const look = setInterval(() => {
      if (io.engine.clientsCount > 0) return;
      clearInterval(look);
      resolve();
    }, 20);
    look.unref();
  });
}
