import { sql } from 'kysely';
import type { Db, Transaction } from '../storage/database.ts';
import { rowsFrom } from '../storage/rows.ts';
import type { QuestionRow } from '../storage/tables.ts';
import type { Cursor } from '../transport/cursor.ts';

export type QuestionToGroup = Pick<QuestionRow, 'id' | 'text' | 'likeness' | 'groupId' | 'isPlaced' | 'askedAt'>;

/** Newest first. */
export async function listQuestionsToGroup(db: Db, before: Cursor | null, limit: number): Promise<QuestionToGroup[]> {
  let query = db
    .selectFrom('question')
    .select(['id', 'text', 'likeness', 'groupId', 'isPlaced', 'askedAt'])
    .where('text', '<>', '')
    .orderBy('askedAt', 'desc')
    .orderBy('id', 'desc')
    .limit(limit);
  if (before) query = query.where(sql<boolean>`("askedAt", "id") < (${before.at}, ${before.id})`);
  return query.execute();
}

export interface Move {
  questionId: string;
  /** '' is none. */
  was: string;
  becomes: string;
}

/** Where nobody has moved them meanwhile. Gives the days of those that moved. */
export async function moveAll(trx: Transaction, moves: readonly Move[]): Promise<number[]> {
  if (moves.length === 0) return [];
  const given = rowsFrom(trx, moves, { questionId: 'text', was: 'text', becomes: 'text' });
  const { rows } = await sql<{ day: number }>`update "question" set "groupId" = nullif("given"."becomes", '') from ${given} as "given"
    where "question"."id" = "given"."questionId" and coalesce("question"."groupId", '') = "given"."was" and "question"."isPlaced" = 0
    returning "question"."day"`.execute(trx);
  return rows.map(({ day }) => day);
}

/** Groups in which nothing is any more, and about which nobody has decided anything. */
export async function deleteEmptyGroups(trx: Transaction): Promise<void> {
  await trx
    .deleteFrom('questionGroup')
    .where('isKept', '=', 0)
    .where(({ not, exists, selectFrom }) =>
      not(exists(selectFrom('question').select('question.id').whereRef('question.groupId', '=', 'questionGroup.id'))),
    )
    .execute();
}
