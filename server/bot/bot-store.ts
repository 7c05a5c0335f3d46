import { sql } from 'kysely';
import type { BotOutcome, BotReason } from '../../shared/deflection.ts';
import type { Db, Transaction } from '../storage/database.ts';
import type { BotTalkRow, BotTurnRow } from '../storage/tables.ts';

export async function findLatestTalk(db: Db, conversationId: string): Promise<BotTalkRow | undefined> {
  return db
    .selectFrom('botTalk')
    .selectAll()
    .where('conversationId', '=', conversationId)
    .orderBy('startedAt', 'desc')
    .limit(1)
    .executeTakeFirst();
}

/** In ascending order. */
export async function listTurns(db: Db, conversationId: string): Promise<BotTurnRow[]> {
  return db.selectFrom('botTurn').selectAll().where('conversationId', '=', conversationId).orderBy('seq').execute();
}

export async function hasTurn(db: Db, id: string): Promise<boolean> {
  return (await db.selectFrom('botTurn').select('id').where('id', '=', id).executeTakeFirst()) !== undefined;
}

export async function findTurnByReply(db: Db, replyId: string): Promise<BotTurnRow | undefined> {
  return db.selectFrom('botTurn').selectAll().where('replyId', '=', replyId).executeTakeFirst();
}

export async function insertTurn(trx: Transaction, row: BotTurnRow): Promise<void> {
  await trx.insertInto('botTurn').values(row).execute();
}

export async function updateHelpful(trx: Transaction, id: string, isHelpful: boolean): Promise<void> {
  await trx
    .updateTable('botTurn')
    .set({ helpful: isHelpful ? 1 : 0 })
    .where('id', '=', id)
    .execute();
}

export async function insertTalk(trx: Transaction, row: BotTalkRow): Promise<void> {
  await trx.insertInto('botTalk').values(row).execute();
}

export async function updateTalk(
  trx: Transaction,
  id: string,
  values: { outcome: BotOutcome; reason: BotReason | null; settledAt: number; endsAt: number | null },
): Promise<void> {
  await trx.updateTable('botTalk').set(values).where('id', '=', id).execute();
}

/** The latest talk of the conversation, if it has come to one of these outcomes, comes to another. */
export async function turnTalk(
  trx: Transaction,
  conversationId: string,
  { from, to, reason, now }: { from: readonly BotOutcome[]; to: BotOutcome; reason: BotReason | null; now: number },
): Promise<void> {
  await trx
    .updateTable('botTalk')
    .set({ outcome: to, reason, settledAt: now, endsAt: null })
    .where('id', '=', (talk) =>
      talk
        .selectFrom('botTalk as latest')
        .select('latest.id')
        .where('latest.conversationId', '=', conversationId)
        .orderBy('latest.startedAt', 'desc')
        .limit(1),
    )
    .where('outcome', 'in', [...from])
    .execute();
}

export async function hasAnyTalk(db: Db): Promise<boolean> {
  return (await db.selectFrom('botTalk').select('id').limit(1).executeTakeFirst()) !== undefined;
}

export async function listEnding(db: Db, now: number, limit: number): Promise<BotTalkRow[]> {
  return db
    .selectFrom('botTalk')
    .selectAll()
    .where('endsAt', 'is not', null)
    .where('endsAt', '<=', now)
    .orderBy('endsAt')
    .orderBy('id')
    .limit(limit)
    .execute();
}

/** Who waits since `since` or later and may have asked something that nobody has looked at. Written out so that the index of the queue serves. */
export async function listUnlooked(db: Db, since: number, limit: number): Promise<{ id: string; updatedAt: number }[]> {
  return db
    .selectFrom('conversation')
    .select(['conversation.id', 'conversation.updatedAt'])
    .where('conversation.status', '=', sql.lit('open'))
    .where('conversation.assigneeId', 'is', null)
    .where('conversation.waitingSince', 'is not', null)
    .where('conversation.updatedAt', '>=', since)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('botTurn')
            .select('botTurn.id')
            .whereRef('botTurn.conversationId', '=', 'conversation.id')
            .whereRef(
              'botTurn.seq',
              '>=',
              (turn) =>
                turn
                  .selectFrom('message')
                  .select((message) => message.fn.max('message.seq').as('seq'))
                  .whereRef('message.conversationId', '=', 'conversation.id')
                  .where('message.authorKind', '=', 'visitor') as never,
            ),
        ),
      ),
    )
    .orderBy('conversation.updatedAt', 'desc')
    .limit(limit)
    .execute();
}

/** What its agents have not read. */
export async function countUnread(trx: Transaction, conversationId: string): Promise<number> {
  const { count } = await trx
    .selectFrom('message')
    .innerJoin('conversation', 'conversation.id', 'message.conversationId')
    .select((message) => message.fn.countAll<number>().as('count'))
    .where('message.conversationId', '=', conversationId)
    .whereRef('message.seq', '>', 'conversation.agentReadSeq')
    .where('message.authorKind', '=', 'visitor')
    .executeTakeFirstOrThrow();
  return Number(count);
}

/** What was asked and chosen there; how often, and what came of it, stays. */
export async function clearTurns(trx: Transaction, conversationIds: readonly string[]): Promise<void> {
  await trx
    .updateTable('botTurn')
    .set({ language: null, offered: '[]', chosen: null, confidence: 0 })
    .where('conversationId', 'in', [...conversationIds])
    .execute();
}

export async function deleteOfInbox(trx: Transaction, inboxId: string): Promise<void> {
  await trx.deleteFrom('botTurn').where('inboxId', '=', inboxId).execute();
  await trx.deleteFrom('botTalk').where('inboxId', '=', inboxId).execute();
}
