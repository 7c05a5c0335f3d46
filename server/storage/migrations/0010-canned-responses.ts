import { type Kysely, SqliteAdapter, sql } from 'kysely';

/**
 * Canned responses, macros and the known tags. Which conversation carries which tag follows its own `tags` by triggers, whoever writes
 * them; messages do not touch that column and pay nothing.
 */
export async function migrateCannedResponses(db: Kysely<unknown>): Promise<void> {
  const isSqlite = db.getExecutor().adapter instanceof SqliteAdapter;
  await addRepertoire(db);
  await addTags(db);
  await (isSqlite ? followOnSqlite : followOnPostgres)(db);
  await countTags(db, isSqlite);
  await letSupervisorsManageTags(db);
}

async function addRepertoire({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('cannedResponse')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('place', 'text', (column) => column.notNull())
    .addColumn('shortcut', 'text', (column) => column.notNull())
    .addColumn('shortcutKey', 'text', (column) => column.notNull())
    .addColumn('title', 'text', (column) => column.notNull())
    .addColumn('texts', 'text', (column) => column.notNull())
    .addColumn('files', 'text', (column) => column.notNull())
    .addColumn('createdAt', 'bigint', (column) => column.notNull())
    .addColumn('updatedAt', 'bigint', (column) => column.notNull())
    .execute();
  await schema.createIndex('cannedResponseOnceInPlace').on('cannedResponse').columns(['place', 'shortcutKey']).unique().execute();
  await schema.createIndex('cannedResponseInPlace').on('cannedResponse').columns(['place', 'updatedAt']).execute();
  await schema.createIndex('cannedResponseByCreated').on('cannedResponse').columns(['createdAt', 'id']).execute();

  await schema
    .createTable('macro')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('place', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('steps', 'text', (column) => column.notNull())
    .addColumn('createdAt', 'bigint', (column) => column.notNull())
    .addColumn('updatedAt', 'bigint', (column) => column.notNull())
    .execute();
  await schema.createIndex('macroInPlace').on('macro').columns(['place', 'updatedAt']).execute();
  await schema.createIndex('macroByCreated').on('macro').columns(['createdAt', 'id']).execute();
  await schema
    .createTable('macroRun')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('macroId', 'text', (column) => column.notNull())
    .addColumn('agentId', 'text', (column) => column.notNull())
    .addColumn('conversationId', 'text', (column) => column.notNull())
    .addColumn('before', 'text', (column) => column.notNull())
    .addColumn('ranAt', 'bigint', (column) => column.notNull())
    .execute();
  await schema.createIndex('macroRunByTime').on('macroRun').column('ranAt').execute();
  await schema.createIndex('macroRunByConversation').on('macroRun').column('conversationId').execute();

  await schema.alterTable('attachment').addColumn('keeperId', 'text').execute();
}

async function addTags({ schema }: Kysely<unknown>): Promise<void> {
  await schema
    .createTable('tag')
    .addColumn('name', 'text', (column) => column.primaryKey())
    .addColumn('colour', 'text', (column) => column.notNull())
    .addColumn('conversations', 'integer', (column) => column.notNull())
    .addColumn('isLeaving', 'integer', (column) => column.notNull())
    .addColumn('becomes', 'text')
    .addColumn('createdAt', 'bigint', (column) => column.notNull())
    .execute();
  await schema
    .createTable('conversationTag')
    .addColumn('conversationId', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('conversationTagKey', ['conversationId', 'name'])
    .execute();
  await schema.createIndex('conversationTagByName').on('conversationTag').columns(['name', 'conversationId']).execute();
}

async function followOnSqlite(db: Kysely<unknown>): Promise<void> {
  const names = (of: 'old' | 'new') => `(select value from json_each(${of}."tags"))`;
  const learn = `insert into "tag" ("name", "colour", "conversations", "isLeaving", "createdAt")
      select distinct value, 'neutral', 0, 0, new."updatedAt" from json_each(new."tags") where true on conflict ("name") do nothing;`;
  const note = `insert into "conversationTag" ("conversationId", "name")
      select new."id", value from json_each(new."tags") where true on conflict do nothing;`;
  await sql`create trigger "conversationTagged" after update of "tags" on "conversation" when old."tags" <> new."tags" begin ${sql.raw(`
    ${learn}
    update "tag" set "conversations" = "conversations" - 1 where "name" in ${names('old')} and "name" not in ${names('new')};
    update "tag" set "conversations" = "conversations" + 1 where "name" in ${names('new')} and "name" not in ${names('old')};
    delete from "conversationTag" where "conversationId" = new."id" and "name" not in ${names('new')};
    ${note}
  `)} end`.execute(db);
  await sql`create trigger "conversationBornTagged" after insert on "conversation" when new."tags" <> '[]' begin ${sql.raw(`
    ${learn}
    update "tag" set "conversations" = "conversations" + 1 where "name" in ${names('new')};
    ${note}
  `)} end`.execute(db);
}

/** Tags are counted in the order of their names, so that two who tag at once never wait for each other in a ring. */
async function followOnPostgres(db: Kysely<unknown>): Promise<void> {
  const body = `
    declare was jsonb := '[]';
    begin
      if tg_op = 'UPDATE' then was := old."tags"::jsonb; end if;
      insert into "tag" ("name", "colour", "conversations", "isLeaving", "createdAt")
        select moved."name", 'neutral', sum(moved.step), 0, new."updatedAt" from (
          select distinct jsonb_array_elements_text(new."tags"::jsonb) as "name", 1 as step
          union all select distinct jsonb_array_elements_text(was), -1
        ) as moved group by moved."name" having sum(moved.step) <> 0 order by moved."name"
        on conflict ("name") do update set "conversations" = "tag"."conversations" + excluded."conversations";
      delete from "conversationTag" where "conversationId" = new."id"
        and "name" not in (select jsonb_array_elements_text(new."tags"::jsonb));
      insert into "conversationTag" ("conversationId", "name")
        select distinct new."id", jsonb_array_elements_text(new."tags"::jsonb) on conflict do nothing;
      return null;
    end`;
  await sql`create function "followTags"() returns trigger language plpgsql as ${sql.raw(`$$ ${body} $$`)}`.execute(db);
  await sql`create trigger "conversationTagged" after update of "tags" on "conversation" for each row
    when (old."tags" is distinct from new."tags") execute function "followTags"()`.execute(db);
  await sql`create trigger "conversationBornTagged" after insert on "conversation" for each row
    when (new."tags" <> '[]') execute function "followTags"()`.execute(db);
}

/** What conversations carry already. */
async function countTags(db: Kysely<unknown>, isSqlite: boolean): Promise<void> {
  const each = isSqlite
    ? sql`select distinct "conversation"."id" as "conversationId", value as "name" from "conversation", json_each("conversation"."tags")
        where "conversation"."tags" <> '[]'`
    : sql`select distinct "id" as "conversationId", jsonb_array_elements_text("tags"::jsonb) as "name" from "conversation" where "tags" <> '[]'`;
  await sql`insert into "conversationTag" ("conversationId", "name") ${each}`.execute(db);
  await sql`insert into "tag" ("name", "colour", "conversations", "isLeaving", "createdAt")
    select "name", 'neutral', count(*), 0, 0 from "conversationTag" group by "name"`.execute(db);
}

async function letSupervisorsManageTags(db: Kysely<unknown>): Promise<void> {
  const known = db as Kysely<{ role: { id: string; permissions: string } }>;
  const role = await known.selectFrom('role').select('permissions').where('id', '=', 'supervisor').executeTakeFirst();
  if (!role) return;
  const permissions: string[] = JSON.parse(role.permissions);
  // A business that has taken the canned responses away from its supervisors does not want to give them more.
  if (!permissions.includes('canned:manage')) return;
  await known
    .updateTable('role')
    .set({ permissions: JSON.stringify([...permissions, 'tags:manage']) })
    .where('id', '=', 'supervisor')
    .execute();
}
