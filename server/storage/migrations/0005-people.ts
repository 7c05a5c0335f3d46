import type { Kysely } from 'kysely';

/** Roles made of permissions, teams, links that let people in, and what an account knows of its person. */
export async function migratePeople(db: Kysely<unknown>): Promise<void> {
  const { schema } = db;
  await schema
    .createTable('role')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('name', 'text')
    .addColumn('permissions', 'text', (column) => column.notNull())
    .addColumn('isReadyMade', 'integer', (column) => column.notNull())
    .addColumn('requiresTwoFactor', 'integer', (column) => column.notNull())
    .addColumn('createdAt', 'bigint', (column) => column.notNull())
    .execute();
  const ledger = db as Kysely<{
    role: { id: string; permissions: string; isReadyMade: number; requiresTwoFactor: number; createdAt: number };
  }>;
  const rows = Object.entries(readyMade).map(([id, permissions], at) => ({
    id,
    permissions: JSON.stringify(permissions),
    isReadyMade: 1,
    requiresTwoFactor: 0,
    createdAt: at,
  }));
  await ledger.insertInto('role').values(rows).execute();

  for (const [name, first] of [
    ['languages', '[]'],
    ['signature', ''],
    ['notifications', '{}'],
  ] as const) {
    await schema
      .alterTable('agent')
      .addColumn(name, 'text', (column) => column.notNull().defaultTo(first))
      .execute();
  }
  await schema.alterTable('agent').addColumn('twoFactorSecret', 'text').execute();
  await schema.alterTable('agent').addColumn('twoFactorPending', 'text').execute();
  await schema.alterTable('agent').addColumn('twoFactorStep', 'bigint').execute();
  await schema.alterTable('agent').addColumn('recoveryHashes', 'text').execute();

  await schema
    .createTable('team')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('createdAt', 'bigint', (column) => column.notNull())
    .execute();
  await schema
    .createTable('teamMember')
    .addColumn('teamId', 'text', (column) => column.notNull().references('team.id'))
    .addColumn('agentId', 'text', (column) => column.notNull().references('agent.id'))
    .addPrimaryKeyConstraint('teamMemberKey', ['teamId', 'agentId'])
    .execute();
  await schema.createIndex('teamMemberByAgent').on('teamMember').column('agentId').execute();

  await schema
    .createTable('accountLink')
    .addColumn('id', 'text', (column) => column.primaryKey())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('tokenHash', 'text', (column) => column.notNull().unique())
    .addColumn('email', 'text', (column) => column.notNull())
    .addColumn('agentId', 'text', (column) => column.references('agent.id'))
    .addColumn('role', 'text')
    .addColumn('teamIds', 'text', (column) => column.notNull())
    .addColumn('invitedBy', 'text')
    .addColumn('createdAt', 'bigint', (column) => column.notNull())
    .addColumn('expiresAt', 'bigint', (column) => column.notNull())
    .execute();
  await schema.createIndex('accountLinkByEmail').on('accountLink').columns(['kind', 'email']).execute();

  // For an agent who sees only some: unresolved ones are few, and no message of theirs touches these.
  for (const [name, column] of [
    ['conversationResolvedByAssignee', 'assigneeId'],
    ['conversationResolvedByTeam', 'teamId'],
  ] as const) {
    await schema
      .createIndex(name)
      .on('conversation')
      .columns([column, 'updatedAt', 'id'])
      .where('status' as never, '=', 'resolved')
      .execute();
  }
  await schema
    .createIndex('conversationByTeam')
    .on('conversation')
    .column('teamId')
    .where('teamId' as never, 'is not', null)
    .execute();
}

/** As this migration found them; what roles hold later is in their rows. */
const ofAgents = [
  'conversations:view-own',
  'conversations:view-queue',
  'conversations:view-team',
  'conversations:view-all',
  'conversations:reply',
  'conversations:assign',
  'contacts:view',
  'contacts:view-details',
  'contacts:edit',
  'tasks:view',
  'tasks:edit',
  'visitors:view',
];
const readyMade: Record<string, readonly string[]> = {
  administrator: [],
  supervisor: [...ofAgents, 'conversations:export', 'reports:view', 'answers:manage', 'canned:manage', 'teams:manage'],
  agent: ofAgents,
  viewer: [
    'conversations:view-own',
    'conversations:view-queue',
    'conversations:view-team',
    'conversations:view-all',
    'contacts:view',
    'tasks:view',
    'reports:view',
  ],
};
