import { type Kysely, sql } from 'kysely';
import { wordsOf } from '../../../shared/fold.ts';

/** Mails looked at in one go. */
const AT_ONCE = 500;

interface Mails {
  activity: { id: string; title: string | null; text: string | null; words: string; addressWords: string; kind: string };
}

/**
 * Mails are found by their addresses only by who sees these. A person's own documents stand with the person whose file they are in. A call
 * that may be repeated belongs to the run that carries it out.
 */
export async function migrateAddressWords(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema
    .alterTable('activity')
    .addColumn('addressWords', 'text', (column) => column.notNull().defaultTo(' '))
    .execute();
  await setAddressesApart(db as Kysely<Mails>);

  await sql`update "document" set "entityId" = "contactId"
    where "entity" = 'contact' and "contactId" is not null and "entityId" <> "contactId"`.execute(db);

  await schema.alterTable('repeatableCall').addColumn('claimId', 'text').execute();
  await schema
    .createIndex('repeatableCallToForget')
    .on('repeatableCall')
    .column('startedAt')
    .where(sql<boolean>`("reply" is not null or "status" is null)`)
    .execute();
}

async function setAddressesApart(db: Kysely<Mails>): Promise<void> {
  for (let after = ''; ; ) {
    const rows = await db
      .selectFrom('activity')
      .select(['id', 'title', 'text', 'words'])
      .where('kind', '=', 'email')
      .where('id', '>', after)
      .orderBy('id')
      .limit(AT_ONCE)
      .execute();
    for (const { id, title, text, words } of rows) {
      const said = new Set([title, text].flatMap((part) => wordsOf(part ?? '').map(({ word }) => word)));
      const rest = words.split(' ').filter((word) => word !== '' && !said.has(word));
      if (rest.length === 0) continue;
      const apart = { words: ` ${[...said].join(' ')} `, addressWords: ` ${rest.join(' ')} ` };
      await db.updateTable('activity').set(apart).where('id', '=', id).execute();
    }
    const last = rows.at(-1);
    if (rows.length < AT_ONCE || !last) return;
    after = last.id;
  }
}
