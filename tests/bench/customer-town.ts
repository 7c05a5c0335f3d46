/** A business with a great many customers, written straight into a migrated SQLite file: rows made in SQL, indexes afterwards. */
import Database from 'better-sqlite3';
import type { SegmentRow } from '../../server/storage/tables.ts';

export interface Town {
  contacts: number;
  /** Of the timeline, for each customer. */
  itemsEach: number;
}

const DAY_MS = 24 * 3_600_000;
const filled = [
  'contact',
  'identity',
  'contactTag',
  'company',
  'fieldValue',
  'conversation',
  'task',
  'activity',
  'opportunity',
  'ticket',
  'purchase',
  'segment',
  'segmentMember',
];

/** Fields of the town, by name. */
export const townFields = { plants: 'field-number-plants00', source: 'field-choice-source00', renewal: 'field-date-renewal000' };
export const townChoice = 'choice-fair0000000000';
export const townOwner = 'agent-dana00000000000';
export const townInbox = 'inbox-shop00000000000';
export const townStages = ['stage-asked0000000000', 'stage-offered00000000', 'stage-agreed000000000'] as const;
export const townCategory = 'category-repair000000';

/** `now` is when the town was last seen alive. */
export function fillTown(file: string, { contacts, itemsEach }: Town, now: number): void {
  const db = new Database(file);
  db.pragma('journal_mode = OFF');
  db.pragma('synchronous = OFF');
  db.pragma('cache_size = -1000000');
  db.pragma('foreign_keys = OFF');
  db.pragma('temp_store = MEMORY');
  const made = db
    .prepare(
      `select type, name, sql from sqlite_master where sql is not null and type in ('index', 'trigger') and tbl_name in (${filled.map(() => '?')})`,
    )
    .all(filled) as { type: string; name: string; sql: string }[];
  for (const { type, name } of made) db.exec(`drop ${type} "${name}"`);
  const has = (table: string) => db.prepare(`select 1 from sqlite_master where type = 'table' and name = ?`).get(table) !== undefined;
  const run = (sql: string, values: Record<string, unknown> = {}) => db.prepare(sql).run({ now, day: DAY_MS, contacts, ...values });
  const numbers = (count: string) => `with recursive n(i) as (select 1 union all select i + 1 from n where i < ${count})`;

  db.exec(`create temp table person as ${numbers(String(contacts))} select i, lower(substr(hex(randomblob(11)), 1, 21)) as id from n`);
  db.exec('create unique index temp.personByPlace on person (i)');
  run(
    `${numbers('1000')} insert into company (id, name, nameKey, createdAt, updatedAt) select printf('company-%013d', i), 'Company ' || i, 'company ' || i, 0, 0 from n`,
  );
  run(`insert into contact (id, name, company, lifecycle, locale, fields, createdAt, lastSeenAt, ownerId, companyId, tags, purchaseCount, purchaseTotal, firstPurchaseAt, lastPurchaseAt)
    select id, case i % 4 when 0 then 'רות כהן ' || i when 1 then 'Dan Levy ' || i when 2 then 'יעל מזרחי ' || i else 'Maria Smith ' || i end,
      case when i % 10 = 0 then 'Company ' || (i % 1000 + 1) end, case i % 20 when 0 then 'lapsed' when 1 then 'customer' when 2 then 'customer' when 3 then 'customer' else 'lead' end,
      case i % 7 when 0 then 'en-US' when 1 then 'ru' else 'he-IL' end, '{}', $now - (abs(random()) % 730) * $day, $now - (abs(random()) % 400) * $day - abs(random()) % $day,
      case when i % 3 = 0 then '${townOwner}' when i % 500 = 1 then 'agent-seldom000000000' end, case when i % 10 = 0 then printf('company-%013d', i % 1000 + 1) end,
      case when i % 5 = 0 then '["vip"]' when i % 2000 = 1 then '["rare"]' else '[]' end,
      case when i % 4 = 0 then i % 9 else 0 end, case when i % 4 = 0 then abs(random()) % 1000000 else 0 end,
      case when i % 4 = 0 then $now - (abs(random()) % 730) * $day end, case when i % 4 = 0 then $now - (abs(random()) % 400) * $day end from person`);
  run(
    `insert into identity (id, contactId, kind, value, isVerified, createdAt) select lower(substr(hex(randomblob(11)), 1, 21)), id, 'email', 'user' || i || '@shop.example', i % 9 = 0, 1 from person`,
  );
  run(
    `insert into identity (id, contactId, kind, value, isVerified, createdAt) select lower(substr(hex(randomblob(11)), 1, 21)), id, 'phone', printf('+9725%08d', i), 0, 1 from person where i % 5 <> 4`,
  );
  run(`insert into contactTag (contactId, tag) select id, 'vip' from person where i % 5 = 0`);
  run(`insert into contactTag (contactId, tag) select id, 'rare' from person where i % 2000 = 1`);
  run(
    `insert into fieldValue (entityId, fieldId, value, textKey, number) select id, '${townFields.plants}', i % 97, null, i % 97 from person where i % 2 = 0`,
  );
  run(
    `insert into fieldValue (entityId, fieldId, value, textKey, number) select id, '${townFields.source}', '"x"', case when i % 50 = 1 then '${townChoice}' else 'choice-web00000000000' end, null from person where i % 3 = 1`,
  );
  run(
    `insert into fieldValue (entityId, fieldId, value, textKey, number) select id, '${townFields.renewal}', '"x"', 'x', $now + ((i * 7919) % 730 - 365) * $day from person where i % 3 = 2`,
  );
  const activities = has('activity') ? Math.max(0, itemsEach - 3) : 0;
  const talks = itemsEach - activities - 1;
  run(`insert into conversation (id, inboxId, visitorId, contactId, status, tags, lastSeq, lastPublicSeq, unread, agentReadSeq, visitorReadSeq, joinedIds, priority, createdAt, updatedAt)
    select lower(substr(hex(randomblob(11)), 1, 21)), '${townInbox}', 'visitor-0000000000000', id, case when i % 5000 = 1 and k = 1 then 'open' else 'resolved' end, '[]', 2, 2, 0, 2, 2, '', 1, $now - (abs(random()) % 700) * $day, $now - (abs(random()) % 700) * $day
    from person, (${numbers(String(Math.max(1, talks)))} select i as k from n)`);
  run(
    `insert into task (id, kind, contactId, visitorId, phone, dueAt, status, createdAt, awaitsTurn, attemptCount) select lower(substr(hex(randomblob(11)), 1, 21)), 'callback', id, 'visitor-0000000000000', '', $now, case when i % 1000 = 1 then 'open' else 'done' end, $now - (abs(random()) % 700) * $day, 0, 0 from person`,
  );
  if (activities > 0) {
    run(`insert into activity (id, contactId, kind, at, words, title, createdAt, updatedAt) select lower(substr(hex(randomblob(11)), 1, 21)), id, case k % 3 when 0 then 'call' when 1 then 'note' else 'email' end, $now - (abs(random()) % 700) * $day, ' called about order', 'Called about the order', $now, $now
      from person, (${numbers(String(activities))} select i as k from n)`);
  }
  const stage = `case i % 6 when 0 then '${townStages[0]}' when 2 then '${townStages[1]}' else '${townStages[2]}' end`;
  run(`insert into opportunity (id, name, contactId, pipelineId, stageId, place, amount, currency, expectedCloseOn, ownerId, status, version, createdAt, updatedAt, closedAt)
    select lower(substr(hex(randomblob(11)), 1, 21)), 'Garden', id, 'pipeline-sales0000000', ${stage}, i, abs(random()) % 1000000, case when i % 50 = 0 then 'USD' else 'ILS' end,
      ($now + ((i * 7919) % 730 - 365) * $day) / $day, case when i % 500 = 0 then 'agent-seldom000000000' else '${townOwner}' end, case when i % 10 = 0 then 'open' when i % 4 = 0 then 'won' else 'lost' end,
      1, $now, $now, case when i % 10 = 0 then null else $now - (abs(random()) % 700) * $day end from person where i % 2 = 0`);
  run(`insert into ticket (id, number, subject, description, status, isOver, priority, categoryId, assigneeId, contactId, isHidden, minutes, version, createdAt, updatedAt, statusAt)
    select lower(substr(hex(randomblob(11)), 1, 21)), i, 'Broken', '', case when i % 300 = 0 then 'open' else 'closed' end, i % 300 <> 0, case when i % 90 = 0 then 3 else 1 end,
      case when i % 30 = 0 then '${townCategory}' else 'category-other0000000' end, '${townOwner}', id, 0, 0, 1, $now - (abs(random()) % 700) * $day, $now, $now from person where i % 3 = 0`);
  run(`insert into purchase (id, contactId, status, currency, total, at, source, version, createdAt, updatedAt)
    select lower(substr(hex(randomblob(11)), 1, 21)), id, 'paid', case when i % 40 = 0 then 'USD' else 'ILS' end, abs(random()) % 1000000, $now - (abs(random()) % 400) * $day, 'import', 1, $now, $now from person where i % 4 = 0`);
  const field = db.prepare(
    `insert into customField (id, entity, key, name, kind, choices, position, createdAt, updatedAt) values (?, 'contact', ?, ?, ?, ?, ?, 0, 0)`,
  );
  field.run(townFields.plants, 'plants', 'Plants', 'number', '[]', 1);
  field.run(townFields.source, 'source', 'Source', 'choice', JSON.stringify([{ id: townChoice, label: 'Fair' }]), 2);
  field.run(townFields.renewal, 'renewal', 'Renewal', 'date', '[]', 3);
  for (const { sql } of made.toSorted((one, other) => (one.type < other.type ? -1 : 1))) db.exec(sql);
  db.exec('delete from contactChange; delete from segmentChange; analyze');
  db.close();
}

/** Segments whose members are known already. */
export function fillSegments(
  file: string,
  segments: readonly (Pick<SegmentRow, 'id' | 'name' | 'filter'> & { where: string })[],
  now: number,
): void {
  const db = new Database(file);
  db.pragma('journal_mode = OFF');
  db.pragma('synchronous = OFF');
  const insert = db.prepare(
    `insert into segment (id, name, ownerId, isShared, filter, memberCount, fillTo, lookedAt, version, createdAt, updatedAt) values (?, ?, '${townOwner}', 1, ?, ?, null, ?, 1, 0, 0)`,
  );
  for (const { id, name, filter, where } of segments) {
    const { changes } = db
      .prepare(`insert into segmentMember (segmentId, contactId) select ?, id from contact where ${where} order by id`)
      .run(id);
    insert.run(id, name, filter, changes, now);
  }
  db.close();
}
