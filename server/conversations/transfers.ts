/** One hands a conversation to a colleague, or into a team's queue, with a note for them: all of it at once, or nothing. */
import { nanoid } from 'nanoid';
import type { ConversationSummary } from '../../shared/conversation.ts';
import { AppError } from '../../shared/errors.ts';
import type { ConversationTransferRequest } from '../../shared/transfer.ts';
import { maySee } from '../access/sight.ts';
import { listTeams, requireTeam } from '../access/teams.ts';
import { requireAgent } from '../agents/agents.ts';
import type { App } from '../app.ts';
import { addNotices, tellNotices } from '../notices/agent-notices.ts';
import { isUniqueViolation, type Transaction } from '../storage/database.ts';
import type { NoticeRow } from '../storage/tables.ts';
import type { Caller } from '../transport/wire.ts';
import { type ConversationRoom, getOutcome, handOver, listNames } from './conversations.ts';
import { appendMessages, type Posted } from './message-batch.ts';
import { listMessagesByIds } from './message-store.ts';
import { announceDone, announcePosted, doInConversation } from './messages.ts';

interface Transferred {
  note: Posted | null;
  done: Awaited<ReturnType<typeof doInConversation>>;
  told: NoticeRow[];
}

/** A repetition changes nothing. Where somebody else was quicker it is `stale`, and nothing of it stays. */
export async function transferConversation(
  room: ConversationRoom,
  caller: Caller,
  request: ConversationTransferRequest,
): Promise<ConversationSummary> {
  const { app } = room;
  if (request.agentId) await requireAgent(app, request.agentId);
  if (request.teamId) await requireTeam(app.storage.db, request.teamId);
  const store = () => app.storage.write((trx) => transfer(app, trx, { caller, request }));
  // The same request twice at the same moment: the second finds what the first has just stored.
  const stored = await store().catch((error: unknown) => (isUniqueViolation(error) ? store() : Promise.reject(error)));
  if (stored) {
    if (stored.note) announcePosted(room, stored.note, null);
    announceDone(room, stored.done);
    tellNotices(app, stored.told);
  }
  return getOutcome(app, caller, request.conversationId);
}

async function transfer(
  app: App,
  trx: Transaction,
  { caller, request }: { caller: Caller; request: ConversationTransferRequest },
): Promise<Transferred | null> {
  const { id, conversationId, agentId, teamId, note, seen } = request;
  const now = app.now();
  const [first] = await listMessagesByIds(trx, [id]);
  if (first) {
    const isSame = first.conversationId === conversationId && first.authorId === caller.agentId;
    if (isSame) return null;
    throw new AppError('conflict', 'This id has been used already.', { field: 'id' });
  }
  const hasNote = note !== undefined && note.trim() !== '';
  const posted = hasNote ? await appendNote(trx, caller, { id, conversationId, text: note }, now) : null;
  const nameOf = await listNames(trx, [caller.agentId, agentId ?? null]);
  const team = teamId === undefined ? undefined : (await listTeams(trx)).find((known) => known.id === teamId);
  const done = await doInConversation(trx, conversationId, {
    app,
    now,
    decide: async (row) => {
      if (!maySee(caller, row)) throw new AppError('not-found', 'There is no such conversation.');
      if (seen && (row.assigneeId !== seen.assigneeId || row.teamId !== seen.teamId)) throw overtaken();
      const to = agentId ?? null;
      const names = await listNames(trx, [row.assigneeId, to]);
      const deed = row.assigneeId === to ? { values: {} } : handOver(row, to, names);
      const toName = agentId === undefined ? team?.name : nameOf(agentId);
      return {
        ...deed,
        values: { ...deed.values, ...(teamId !== undefined && { teamId }) },
        inner: {
          id: posted ? nanoid() : id,
          authorId: caller.agentId,
          notice: { kind: 'handed', name: caller.name, ...(toName !== undefined && { to: toName }) },
        },
      };
    },
  });
  const receivers = agentId === undefined ? (team?.memberIds ?? []) : [agentId];
  const told = await addNotices(
    trx,
    receivers.map((receiverId) => ({
      agentId: receiverId,
      kind: 'transfer',
      actorId: caller.agentId,
      conversationId,
      note: posted ? { id, seq: posted.message.seq } : undefined,
    })),
    now,
  );
  return { note: posted, done, told };
}

/** Before it is handed over, while it is still the sender's to write in. */
async function appendNote(
  trx: Transaction,
  caller: Caller,
  note: { id: string; conversationId: string; text: string },
  now: number,
): Promise<Posted> {
  const author = { kind: 'agent', id: caller.agentId, name: caller.name } as const;
  const [outcome] = await appendMessages(trx, [{ ...note, author, visibility: 'internal', sight: caller }], { now, mayRepeat: false });
  if (outcome === undefined || outcome instanceof AppError) throw outcome ?? new AppError('internal', 'The note was not stored.');
  return outcome;
}

function overtaken(): AppError {
  return new AppError('stale', 'Somebody else has handed this conversation over meanwhile.');
}
