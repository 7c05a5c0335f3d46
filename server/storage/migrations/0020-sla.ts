import type { Kysely } from 'kysely';

/** What is promised to customers, which clocks run, and which promises were not kept. */
export async function migrateSla(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('slaPolicy')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('rules', 'text', (column) => column.notNull())
    .addColumn('place', 'integer', (column) => column.notNull())
    .addColumn('version', 'integer', (column) => column.notNull())
    .addColumn('createdAt', 'bigint', (column) => column.notNull())
    .execute();

  const clock = schema
    .createTable('slaClock')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('policyId', 'text')
    .addColumn('seen', 'text', (column) => column.notNull())
    .addColumn('ledger', 'text', (column) => column.notNull())
    .addColumn('responseTarget', 'text');
  const moments = [
    'responseStartedAt',
    'responseWarnAt',
    'responseDueAt',
    'responseWarnedAt',
    'responseBreachedAt',
    'resolutionWarnAt',
    'resolutionDueAt',
    'resolutionWarnedAt',
    'resolutionBreachedAt',
    'warnAt',
    'dueAt',
    'nextAt',
  ];
  await moments
    .reduce((table, name) => table.addColumn(name, 'bigint'), clock)
    .addColumn('target', 'text')
    .execute();
  // Only clocks of which something is still to be said.
  await schema
    .createIndex('slaClockByNext')
    .on('slaClock')
    .columns(['nextAt', 'id'])
    .where('nextAt' as never, 'is not', null)
    .execute();
  await schema
    .createIndex('slaClockRunning')
    .on('slaClock')
    .column('id')
    .where('dueAt' as never, 'is not', null)
    .execute();

  await schema
    .createTable('slaBreach')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('conversationId', 'text', (column) => column.notNull())
    .addColumn('policyId', 'text', (column) => column.notNull())
    .addColumn('target', 'text', (column) => column.notNull())
    .addColumn('startedAt', 'bigint', (column) => column.notNull())
    .addColumn('dueAt', 'bigint', (column) => column.notNull())
    .addColumn('endedAt', 'bigint')
    .addColumn('lateMs', 'bigint')
    .addColumn('inboxId', 'text', (column) => column.notNull())
    .addColumn('teamId', 'text')
    .addColumn('assigneeId', 'text')
    .execute();
  await schema.createIndex('slaBreachOnce').on('slaBreach').columns(['conversationId', 'target', 'startedAt']).unique().execute();
  await schema.createIndex('slaBreachByDue').on('slaBreach').columns(['dueAt', 'id']).execute();

  await schema.alterTable('notice').addColumn('sla', 'text').execute();
}
