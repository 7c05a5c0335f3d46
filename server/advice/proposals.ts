/** What is proposed to be learnt, for those who look after the answers: looked through, approved, refused. */
import { nanoid } from 'nanoid';
import { answerCreateSchema, PHRASING_LENGTH_MAX, PHRASINGS_MAX } from '../../shared/automatic-answer.ts';
import { AppError } from '../../shared/errors.ts';
import type { Language } from '../../shared/language.ts';
import type {
  Proposal,
  ProposalApproveRequest,
  ProposalDecideRequest,
  ProposalListQuery,
  ProposalPage,
  ProposalsDecided,
} from '../../shared/proposal.ts';
import { maySee } from '../access/sight.ts';
import { type AnswerRoom, changeAnswer, createAnswer, getAnswer } from '../answers/answers.ts';
import type { App } from '../app.ts';
import { lockUnerasedConversation } from '../conversations/conversations.ts';
import { derivedId } from '../conversations/derived-id.ts';
import { toPlain } from '../matching/plain-words.ts';
import type { Transaction } from '../storage/database.ts';
import { formatCursor, parseCursor } from '../transport/cursor.ts';
import type { Caller } from '../transport/wire.ts';
import {
  countOpen,
  decideProposal,
  deleteOldestOpen,
  deleteProposalsOf,
  deleteStale,
  findShownProposal,
  type ListedProposal,
  listProposalRows,
  lockProposals,
  NEW_ANSWER,
  putProposal,
} from './proposal-store.ts';

/** Of one answer, and of new ones together: whoever looks after them reads no more. */
const OPEN_MAX = { phrasing: 50, new: 500 };
/** Who refused stays refused; what was approved is an answer's own by then. */
const APPROVED_KEPT_MS = 180 * 24 * 60 * 60 * 1_000;
/** Somebody else may change the answer in the same moment. */
const TRIES = 3;

export interface Learnt {
  /** Null: a new answer. */
  answerId: string | null;
  cause: Proposal['cause'];
  /** Masked, and as long as a phrasing at the most. */
  question: string;
  language: Language;
  reply: string;
  conversationId: string;
  seq: number;
  agentId: string | null;
}

/** Nothing is proposed of a conversation that was erased meanwhile. */
export async function propose(app: App, { answerId, ...learnt }: Learnt): Promise<void> {
  const now = app.now();
  const target = answerId ?? NEW_ANSWER;
  const max = answerId === null ? OPEN_MAX.new : OPEN_MAX.phrasing;
  await app.storage.write(async (trx) => {
    await lockUnerasedConversation(trx, learnt.conversationId);
    const row = { ...learnt, id: nanoid(), target, questionKey: toPlain(learnt.question), count: 1 };
    await putProposal(trx, { ...row, status: 'open', decidedBy: null, decidedAt: null, firstAt: now, lastAt: now });
    const surplus = (await countOpen(trx, target)) - max;
    if (surplus > 0) await deleteOldestOpen(trx, target, surplus);
  });
}

export async function listProposals(app: App, caller: Caller, query: ProposalListQuery): Promise<ProposalPage> {
  const { status, answerId: target, cursor, limit } = query;
  const [rows, open] = await Promise.all([
    listProposalRows(app.storage.db, { status, target, before: parseCursor(cursor), limit: limit + 1 }),
    countOpen(app.storage.db),
  ]);
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return {
    items: items.map((row) => toProposal(caller, row)),
    next: rows.length > limit && last ? formatCursor({ at: last.lastAt, id: last.id }) : null,
    open,
  };
}

/** Done again after a lost reply, it changes nothing more. */
export async function approveProposal(
  room: AnswerRoom,
  caller: Caller,
  { id, change }: { id: string; change: ProposalApproveRequest },
): Promise<Proposal> {
  const { app } = room;
  const proposal = await getShown(app, id);
  if (proposal.status === 'refused') throw new AppError('conflict', 'This proposal has been refused meanwhile.');
  if (proposal.status === 'open') {
    const answerId = change.answerId ?? (proposal.target === NEW_ANSWER ? null : proposal.target);
    const question = change.question ?? proposal.question;
    if (answerId === null) await makeAnswer(room, caller, { proposal, change: { ...change, question } });
    else await addPhrasing(room, caller, { answerId, question });
    await decide(app, caller, { id, status: 'approved' });
  }
  return toProposal(caller, await getShown(app, id));
}

/** Each by itself: what cannot be decided holds nothing else up. */
export async function decideProposals(room: AnswerRoom, caller: Caller, request: ProposalDecideRequest): Promise<ProposalsDecided> {
  const { app } = room;
  const decided: ProposalsDecided = { decidedIds: [], refused: [] };
  for (const id of new Set(request.ids)) {
    try {
      if (request.decision === 'approve') await approveUnread(room, caller, id);
      else await decide(app, caller, { id, status: request.decision === 'refuse' ? 'refused' : 'open' });
      decided.decidedIds.push(id);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      decided.refused.push({ id, code: error.code, message: error.message });
    }
  }
  return decided;
}

/** The customer had these conversations erased. */
export async function eraseProposals(trx: Transaction, conversationIds: readonly string[]): Promise<void> {
  if (conversationIds.length > 0) await deleteProposalsOf(trx, conversationIds);
}

export async function forgetOldProposals(app: App): Promise<void> {
  await app.storage.write((trx) => deleteStale(trx, app.now() - APPROVED_KEPT_MS));
}

async function approveUnread(room: AnswerRoom, caller: Caller, id: string): Promise<void> {
  const proposal = await getShown(room.app, id);
  if (proposal.target === NEW_ANSWER && proposal.status === 'open') {
    throw new AppError('conflict', 'A new answer is approved by itself, once somebody has read it.');
  }
  await approveProposal(room, caller, { id, change: {} });
}

async function getShown(app: App, id: string): Promise<ListedProposal> {
  const row = await findShownProposal(app.storage.db, id);
  if (!row) throw new AppError('not-found', 'There is no such proposal.');
  return row;
}

async function makeAnswer(
  room: AnswerRoom,
  caller: Caller,
  { proposal, change }: { proposal: ListedProposal; change: ProposalApproveRequest & { question: string } },
): Promise<void> {
  const language = change.language ?? (proposal.language as Language);
  const draft = answerCreateSchema.safeParse({
    // A retry finds what the first attempt has made.
    id: derivedId(`answer of proposal ${proposal.id}`),
    question: { [language]: change.question },
    bodies: { [language]: { text: change.reply ?? proposal.reply } },
  });
  if (!draft.success) throw new AppError('invalid', 'reply: this cannot be an answer', { field: 'reply' });
  await createAnswer(room, caller.agentId, draft.data);
}

async function addPhrasing(
  room: AnswerRoom,
  caller: Caller,
  { answerId, question }: { answerId: string; question: string },
): Promise<void> {
  for (let tried = 1; ; tried += 1) {
    const answer = await getAnswer(room.app.storage.db, answerId);
    const held = new Set([...Object.values(answer.question), ...answer.phrasings].map((phrase) => toPlain(phrase)));
    if (held.has(toPlain(question))) return;
    if (answer.phrasings.length >= PHRASINGS_MAX) throw new AppError('conflict', `This answer has ${PHRASINGS_MAX} phrasings already.`);
    const patch = { phrasings: [...answer.phrasings, question.slice(0, PHRASING_LENGTH_MAX)], expectedAt: answer.updatedAt };
    try {
      await changeAnswer(room, caller.agentId, { id: answerId, patch });
      return;
    } catch (error) {
      if (!(error instanceof AppError) || error.code !== 'conflict' || tried === TRIES) throw error;
    }
  }
}

/** What is decided so already stays as it is; a refusal can be taken back, an approval cannot. */
async function decide(app: App, caller: Caller, { id, status }: { id: string; status: Proposal['status'] }): Promise<void> {
  await app.storage.write(async (trx) => {
    const [row] = await lockProposals(trx, [id]);
    if (!row) throw new AppError('not-found', 'There is no such proposal.');
    if (row.status === status) return;
    if (row.status === 'approved') throw new AppError('conflict', 'This proposal has been approved meanwhile.');
    const decision = status === 'open' ? { decidedBy: null, decidedAt: null } : { decidedBy: caller.agentId, decidedAt: app.now() };
    await decideProposal(trx, id, { status, ...decision });
  });
}

function toProposal(caller: Caller, row: ListedProposal): Proposal {
  const { assigneeId, teamId, hasConversation, answerQuestion } = row;
  const isSeen = hasConversation !== null && maySee(caller, { assigneeId, teamId });
  const isNew = row.target === NEW_ANSWER || answerQuestion === null;
  return {
    id: row.id,
    answer: isNew ? null : { id: row.target, question: JSON.parse(answerQuestion), isOn: row.answerIsOn === 1 },
    cause: row.cause as Proposal['cause'],
    question: row.question,
    language: row.language as Language,
    reply: row.reply,
    count: row.count,
    agent: row.agentId === null ? null : { id: row.agentId, name: row.agentName ?? '' },
    conversation: isSeen ? { id: row.conversationId, seq: row.seq } : null,
    firstAt: row.firstAt,
    lastAt: row.lastAt,
    status: row.status as Proposal['status'],
    decidedBy: row.decidedBy === null ? null : { id: row.decidedBy, name: row.deciderName ?? '' },
    decidedAt: row.decidedAt,
  };
}
