import { sql } from 'kysely';
import { nanoid } from 'nanoid';
import { expect, test } from 'vitest';
import { type TaskListAsk, taskList } from '../../server/tasks/task-list-store.ts';
import { permissions } from '../../shared/agent.ts';
import { openFreshStorage } from '../helpers/storage.ts';

const agentId = nanoid();
const whole: TaskListAsk = {
  status: 'open',
  limit: 51,
  after: null,
  teamId: null,
  now: 1_800_000_000_000,
  abandonedAt: 0,
  onlineIds: [],
  today: { from: 0, to: 1 },
  sight: { agentId, permissions, teamIds: [nanoid()], mateIds: new Set() },
};

test.each<[string, Partial<TaskListAsk>, string]>([
  ['everything that is open', {}, 'taskByDue'],
  ['a later page of it', { after: { at: 1, id: nanoid() } }, 'taskByDue'],
  ['what is overdue', { due: 'overdue' }, 'taskByDue'],
  ['what is due today', { due: 'today' }, 'taskByDue'],
  ['one’s own', { owner: 'me' }, 'taskByOwner'],
  ['a team’s', { teamId: nanoid() }, 'taskByTeam'],
  ['a person’s', { contactId: nanoid() }, 'taskByContactDue'],
  ['everything that is done', { status: 'done' }, 'taskByDone'],
  ['one’s own that is done', { status: 'done', owner: 'me' }, 'taskByOwnerDone'],
  ['a team’s that is done', { status: 'done', teamId: nanoid() }, 'taskByTeamDone'],
  ['a person’s that is done', { status: 'done', contactId: nanoid() }, 'taskByContactDone'],
])('among a million tasks %s is found in its order, and sorted by nobody', async (_, ask, index) => {
  const storage = await openFreshStorage('SQLite');
  const plan = await taskList(storage.db, { ...whole, ...ask }).explain<{ detail: string }>(undefined, sql`query plan`);
  const steps = plan.map(({ detail }) => detail);
  expect(steps[0]).toContain(`task USING INDEX ${index} `);
  expect(steps.filter((step) => step.startsWith('SCAN') || step.includes('TEMP B-TREE'))).toEqual([]);
});
