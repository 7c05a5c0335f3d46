import { sql } from 'kysely';
import type { Sight } from '../access/sight.ts';
import type { Db, Transaction } from '../storage/database.ts';
import { inSight } from '../storage/sight-condition.ts';
import type { AgentDraftRow } from '../storage/tables.ts';
import type { Cursor } from '../transport/cursor.ts';

/** As it stands in the indexes, so that they are used. */
const nothing = sql.lit('');

/** Only a higher version takes the place of what is held. */
export async function putDraftRow(trx: Transaction, row: AgentDraftRow): Promise<void> {
  const { agentId: _, conversationId: __, ...fresh } = row;
  await trx
    .insertInto('agentDraft')
    .values(row)
    .onConflict((conflict) =>
      conflict.columns(['agentId', 'conversationId']).doUpdateSet(fresh).where('agentDraft.version', '<', row.version),
    )
    .execute();
}

export async function getDraftRow(trx: Transaction, key: Pick<AgentDraftRow, 'agentId' | 'conversationId'>): Promise<AgentDraftRow> {
  return trx
    .selectFrom('agentDraft')
    .selectAll()
    .where('agentId', '=', key.agentId)
    .where('conversationId', '=', key.conversationId)
    .executeTakeFirstOrThrow();
}

/** What the agent has begun and may see, the latest first. */
export async function listDraftRows(
  db: Db,
  sight: Sight,
  { before, limit }: { before: Cursor | null; limit: number },
): Promise<AgentDraftRow[]> {
  let query = db
    .selectFrom('agentDraft')
    .innerJoin('conversation', 'conversation.id', 'agentDraft.conversationId')
    .selectAll('agentDraft')
    .where('agentDraft.agentId', '=', sight.agentId)
    .where('agentDraft.text', '<>', nothing)
    .where((where) => inSight(where, sight))
    .orderBy('agentDraft.updatedAt', 'desc')
    .orderBy('agentDraft.conversationId', 'desc')
    .limit(limit);
  if (before) {
    query = query.where(({ eb, refTuple, tuple }) =>
      eb(refTuple('agentDraft.updatedAt', 'agentDraft.conversationId'), '<', tuple(before.at, before.id)),
    );
  }
  return query.execute();
}

/** A browser that still holds one of them knows a lower version, and clears its own. */
export async function clearDraftRows(trx: Transaction, conversationIds: readonly string[], now: number): Promise<void> {
  await trx
    .updateTable('agentDraft')
    .set((held) => ({ text: '', seenSeq: null, version: held('version', '+', 1), updatedAt: now }))
    .where('conversationId', 'in', conversationIds)
    .where('text', '<>', nothing)
    .execute();
}

export async function deleteClearedDrafts(trx: Transaction, before: number): Promise<void> {
  await trx.deleteFrom('agentDraft').where('text', '=', nothing).where('updatedAt', '<', before).execute();
}
