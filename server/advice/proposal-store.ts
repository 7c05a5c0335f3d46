import type { Db, Transaction } from '../storage/database.ts';
import { lockRows } from '../storage/rows.ts';
import type { ProposalRow } from '../storage/tables.ts';
import type { Cursor } from '../transport/cursor.ts';

/** `target` of what would be a new answer. */
export const NEW_ANSWER = 'new';

/** A row with what it is shown with. */
export interface ListedProposal extends ProposalRow {
  agentName: string | null;
  deciderName: string | null;
  assigneeId: string | null;
  teamId: string | null;
  hasConversation: string | null;
  answerQuestion: string | null;
  answerIsOn: number | null;
}

/** The latest first. What belongs to an answer that is gone is gone, too. */
export async function listProposalRows(
  db: Db,
  { status, target, before, limit }: { status: string; target?: string | undefined; before: Cursor | null; limit: number },
): Promise<ListedProposal[]> {
  let query = shownProposals(db)
    .where('proposal.status', '=', status)
    .orderBy('proposal.lastAt', 'desc')
    .orderBy('proposal.id', 'desc')
    .limit(limit);
  if (target !== undefined) query = query.where('proposal.target', '=', target);
  if (before) {
    query = query.where(({ eb, refTuple, tuple }) => eb(refTuple('proposal.lastAt', 'proposal.id'), '<', tuple(before.at, before.id)));
  }
  return query.execute();
}

export async function findShownProposal(db: Db, id: string): Promise<ListedProposal | undefined> {
  return shownProposals(db).where('proposal.id', '=', id).executeTakeFirst();
}

function shownProposals(db: Db) {
  return db
    .selectFrom('proposal')
    .leftJoin('agent', 'agent.id', 'proposal.agentId')
    .leftJoin('agent as decider', 'decider.id', 'proposal.decidedBy')
    .leftJoin('conversation', 'conversation.id', 'proposal.conversationId')
    .leftJoin('answer', 'answer.id', 'proposal.target')
    .selectAll('proposal')
    .select([
      'agent.name as agentName',
      'decider.name as deciderName',
      'conversation.assigneeId',
      'conversation.teamId',
      'conversation.id as hasConversation',
      'answer.question as answerQuestion',
      'answer.isOn as answerIsOn',
    ])
    .where((where) => where.or([where('proposal.target', '=', NEW_ANSWER), where('answer.id', 'is not', null)]));
}

/** When something was proposed last; null if nothing ever was. */
export async function findLastAt(db: Db): Promise<number | null> {
  const { lastAt } = await db
    .selectFrom('proposal')
    .select(({ fn }) => fn.max('lastAt').as('lastAt'))
    .executeTakeFirstOrThrow();
  return lastAt === null ? null : Number(lastAt);
}

export async function isProposed(db: Db, conversationId: string, seq: number): Promise<boolean> {
  const query = db.selectFrom('proposal').select('id').where('conversationId', '=', conversationId).where('seq', '=', seq);
  return (await query.limit(1).executeTakeFirst()) !== undefined;
}

export async function countOpen(db: Db, target?: string): Promise<number> {
  let query = db
    .selectFrom('proposal')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .where('status', '=', 'open');
  if (target !== undefined) query = query.where('target', '=', target);
  return Number((await query.executeTakeFirstOrThrow()).count);
}

/** The oldest of a target's open ones, so many, to make room. */
export async function deleteOldestOpen(trx: Transaction, target: string, count: number): Promise<void> {
  const oldest = trx.selectFrom('proposal').select('id').where('target', '=', target).where('status', '=', 'open');
  await trx.deleteFrom('proposal').where('id', 'in', oldest.orderBy('lastAt').orderBy('id').limit(count)).execute();
}

/** The same question to the same answer once: then it is counted, and stands as it was said the last time. A decision stays one. */
export async function putProposal(trx: Transaction, row: ProposalRow): Promise<void> {
  const { cause, question, language, reply, conversationId, seq, agentId, lastAt } = row;
  await trx
    .insertInto('proposal')
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(['target', 'questionKey']).doUpdateSet((held) => ({
        ...{ cause, question, language, reply, conversationId, seq, agentId, lastAt },
        count: held('proposal.count', '+', 1),
      })),
    )
    .execute();
}

export async function lockProposals(trx: Transaction, ids: readonly string[]): Promise<ProposalRow[]> {
  return (await lockRows(trx, 'proposal', [...ids].sort())) as ProposalRow[];
}

export async function decideProposal(
  trx: Transaction,
  id: string,
  decision: Pick<ProposalRow, 'status' | 'decidedBy' | 'decidedAt'>,
): Promise<void> {
  await trx.updateTable('proposal').set(decision).where('id', '=', id).execute();
}

export async function deleteProposalsOf(trx: Transaction, conversationIds: readonly string[]): Promise<void> {
  await trx.deleteFrom('proposal').where('conversationId', 'in', conversationIds).execute();
}

/** Of answers and conversations that are gone, and what was decided long ago. */
export async function deleteStale(trx: Transaction, decidedBefore: number): Promise<void> {
  await trx
    .deleteFrom('proposal')
    .where((where) =>
      where.or([
        where.and([
          where('target', '<>', NEW_ANSWER),
          where.not(where.exists(where.selectFrom('answer').select('answer.id').whereRef('answer.id', '=', 'proposal.target'))),
        ]),
        where.and([where('status', '=', 'approved'), where('decidedAt', '<', decidedBefore)]),
      ]),
    )
    .execute();
}
