/** Runs a macro: all of its steps in one transaction, or none. Under the same id it is run once, however often it is asked for. */
import { nanoid } from 'nanoid';
import { AppError } from '../../shared/errors.ts';
import type { BeforeMacro, MacroRunReply, MacroRunRequest, MacroSteps } from '../../shared/macro.ts';
import type { Message } from '../../shared/message.ts';
import { requireRight } from '../access/rights.ts';
import { maySee } from '../access/sight.ts';
import { listTeams, requireTeam } from '../access/teams.ts';
import { requireAgent } from '../agents/agents.ts';
import type { App } from '../app.ts';
import { placesOf } from '../canned/reach-places.ts';
import { assignmentOf, type ConversationRoom, getOutcome, snoozingOf, toEnd } from '../conversations/conversations.ts';
import type { Post, Posted } from '../conversations/message-batch.ts';
import {
  announceDone,
  announcePosted,
  type Deed,
  type Done,
  doInConversation,
  findMessage,
  postWithin,
  requireNothingNew,
} from '../conversations/messages.ts';
import { addNotices, tellNotices } from '../notices/agent-notices.ts';
import type { NewNotice } from '../notices/new-notice.ts';
import type { Transaction } from '../storage/database.ts';
import type { NoticeRow } from '../storage/tables.ts';
import type { Caller } from '../transport/wire.ts';
import { deleteRunsBefore, eraseRunTags, findMacroRow, findRun, insertRun, readBefore } from './macro-store.ts';

const TAGS_MAX = 30;
/** A client that was away for longer has no right to expect that its retry is known. */
const RUNS_KEPT_MS = 7 * 24 * 60 * 60 * 1_000;

interface Ran {
  /** The reply that was said. */
  message: Message | null;
  posted: Posted[];
  done: (Done | null)[];
  before: BeforeMacro;
  /** Who is told that the conversation is theirs now. */
  told: NoticeRow[];
}

export async function runMacro(
  room: ConversationRoom,
  { caller, socketId }: { caller: Caller; socketId: string },
  request: MacroRunRequest,
): Promise<MacroRunReply> {
  const { app } = room;
  const steps = await getUsableSteps(app, caller, request);
  requireRight(caller, 'conversations:reply');
  if (steps.assign) requireRight(caller, 'conversations:assign');
  const target = await assigneeOf(app, caller, steps);
  const { message, posted, done, before, told } = await app.storage.write(async (trx) => {
    const earlier = await findRun(trx, request.id);
    if (earlier) {
      const isSame = earlier.agentId === caller.agentId && earlier.conversationId === request.conversationId;
      if (!isSame || earlier.macroId !== request.macroId) {
        throw new AppError('conflict', 'This id has been used already.', { field: 'id' });
      }
      return { message: await findMessage(trx, request.id), posted: [], done: [], before: JSON.parse(earlier.before), told: [] };
    }
    const posts = postsOf(caller, steps, request);
    const ran = await takeSteps(trx, { app, caller, steps, request, posts, target, now: app.now() });
    const { id, macroId, conversationId } = request;
    await insertRun(trx, { id, macroId, conversationId, agentId: caller.agentId, before: ran.before, ranAt: app.now() });
    return ran;
  });
  for (const one of posted) announcePosted(room, one, socketId);
  for (const one of done) announceDone(room, one);
  tellNotices(app, told);
  return { conversation: await getOutcome(app, caller, request.conversationId), message, before };
}

export async function forgetOldRuns(app: App): Promise<void> {
  await app.storage.write((trx) => deleteRunsBefore(trx, app.now() - RUNS_KEPT_MS));
}

/** These conversations were erased: what a run found there is not told again. */
export async function eraseRuns(trx: Transaction, conversationIds: readonly string[]): Promise<void> {
  if (conversationIds.length > 0) await eraseRunTags(trx, conversationIds);
}

/** As the agent saw them; a macro that is another one by now is not run. */
async function getUsableSteps(app: App, caller: Caller, { id, macroId, version }: MacroRunRequest): Promise<MacroSteps> {
  const row = await findMacroRow(app.storage.db, macroId);
  if (!row || !placesOf(caller).includes(row.place)) throw new AppError('not-found', 'There is no such macro.', { field: 'macroId' });
  const isChanged = version !== undefined && version !== row.updatedAt;
  // What was done before it was changed stays done.
  if (isChanged && !(await findRun(app.storage.db, id))) {
    throw new AppError('stale', 'This macro has been changed meanwhile. Please look at it again.', { field: 'version' });
  }
  return JSON.parse(row.steps);
}

interface Target {
  agentId?: string | null;
  teamId?: string | null;
  /** Whoever has it keeps it if in this team; else the team's queue has it. */
  memberIds?: readonly string[];
}

async function assigneeOf(app: App, caller: Caller, { assign }: MacroSteps): Promise<Target | null> {
  if (!assign) return null;
  if (!('id' in assign)) return { agentId: assign.to === 'me' ? caller.agentId : null };
  if (assign.to === 'agent') {
    await requireAgent(app, assign.id);
    return { agentId: assign.id };
  }
  await requireTeam(app.storage.db, assign.id);
  const team = (await listTeams(app.storage.db)).find(({ id }) => id === assign.id);
  return { teamId: assign.id, memberIds: team?.memberIds ?? [] };
}

/** The reply first, under the run's own id. What the client has filled in is what is said. */
function postsOf(caller: Caller, steps: MacroSteps, request: MacroRunRequest): Post[] {
  const { id, conversationId, text = '', attachmentIds } = request;
  const author = { kind: 'agent', id: caller.agentId, name: caller.name } as const;
  const posts: Post[] = [];
  if (steps.reply) {
    if (text.trim() === '' && !attachmentIds?.length) throw new AppError('invalid', 'text: must not be empty', { field: 'text' });
    posts.push({ id, conversationId, author, visibility: 'public', text, attachmentIds, sight: caller });
  }
  const note = request.note ?? steps.note;
  if (steps.note.trim() !== '' && note.trim() !== '') {
    posts.push({ id: nanoid(), conversationId, author, visibility: 'internal', text: note, sight: caller });
  }
  return posts;
}

interface Run {
  app: App;
  caller: Caller;
  steps: MacroSteps;
  request: MacroRunRequest;
  posts: readonly Post[];
  target: Target | null;
  now: number;
}

async function takeSteps(trx: Transaction, { app, caller, steps, request, posts, target, now }: Run): Promise<Ran> {
  const { conversationId, expectedSeq, until } = request;
  const change = (decide: Parameters<typeof doInConversation>[2]['decide']) => doInConversation(trx, conversationId, { app, decide, now });
  // Locked from here on: what is looked at stays as it is.
  await change((row) => {
    if (!maySee(caller, row)) throw new AppError('not-found', 'There is no such conversation.');
    return null;
  });
  const before = await readBefore(trx, conversationId);
  if (expectedSeq !== undefined && (steps.reply || steps.end)) {
    await requireNothingNew(trx, conversationId, { seq: expectedSeq, agentId: caller.agentId });
  }
  const posted = await postWithin(trx, posts, now);
  const done: (Done | null)[] = [];
  const tags = tagsAfter(before.tags, steps);
  if (tags) done.push(await change(() => ({ values: { tags: JSON.stringify(tags) } })));
  const given = target && (await change((row) => assignmentOf(trx, row, placed(target, row.assigneeId))));
  if (given) done.push(given);
  if (steps.end) done.push(await change((row) => endOf(steps, { row, until, now })));
  const told = await addNotices(trx, given ? newsOf(given, caller) : [], now);
  return { message: replyAmong(posted), posted, done, before, told };
}

function tagsAfter(held: readonly string[], { addTags, removeTags }: MacroSteps): string[] | null {
  const next = [...new Set([...held.filter((tag) => !removeTags.includes(tag)), ...addTags])];
  if (next.length > TAGS_MAX)
    throw new AppError('invalid', `addTags: a conversation carries at most ${TAGS_MAX} tags`, { field: 'addTags' });
  return next.length === held.length && next.every((tag) => held.includes(tag)) ? null : next;
}

function placed({ agentId, teamId, memberIds }: Target, assigneeId: string | null): { agentId?: string | null; teamId?: string | null } {
  if (teamId === undefined) return agentId === undefined ? {} : { agentId };
  const isMember = assigneeId !== null && memberIds?.includes(assigneeId);
  return isMember ? { teamId } : { teamId, agentId: null };
}

function newsOf({ conversation: { id, assigneeId }, before }: Done, caller: Caller): NewNotice[] {
  if (assigneeId === null || assigneeId === before.assigneeId) return [];
  return [{ agentId: assigneeId, kind: 'assignment', actorId: caller.agentId, conversationId: id }];
}

function endOf(
  { end }: MacroSteps,
  { row, until, now }: { row: Parameters<typeof toEnd>[0]; until: number | undefined; now: number },
): Deed | null {
  if (end?.status === 'resolved') return toEnd(row, now);
  if (until === undefined) throw new AppError('invalid', 'until: say until when it sleeps', { field: 'until' });
  return snoozingOf(until, now);
}

function replyAmong(posted: readonly Posted[]): Message | null {
  return posted.find(({ message }) => message.visibility === 'public')?.message ?? null;
}
