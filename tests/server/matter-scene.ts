/** What goes on with people in the tests of filters: opportunities, tickets and tasks, and a judge of them that knows nothing of SQL. */
import * as fc from 'fast-check';
import { nanoid } from 'nanoid';
import type { Transaction } from '../../server/storage/database.ts';
import { noCall, noTodo, quiet } from '../../server/tasks/new-task.ts';
import type { MatterCondition } from '../../shared/matter-condition.ts';
import { priorities } from '../../shared/routing.ts';
import { taskKinds, taskStatuses } from '../../shared/task.ts';
import { isTicketOver, ticketStatuses } from '../../shared/ticket-moves.ts';
import { DAY_MS, type WallClock } from '../../shared/wall-clock.ts';
import type { When } from '../../shared/when.ts';

const ids = ['V1StGXR8_Z5jdHi6B-myT', 'AAAAAAAAAAAAAAAAAAAAA'];
const stages = ['sssssssssssssssssssss', 'ttttttttttttttttttttt'];
const SOME_DAY = 8_640_000_000_000_000;

interface Sale {
  stageId: string;
  status: 'open' | 'won' | 'lost';
  ownerId: string | null;
  lostReasonId: string | null;
  amount: number;
  currency: string;
  expectedCloseOn: number | null;
  closedAt: number | null;
}

interface Call {
  status: (typeof ticketStatuses)[number];
  categoryId: string | null;
  priority: (typeof priorities)[number];
  ownerId: string | null;
  createdAt: number;
}

interface Duty {
  kind: (typeof taskKinds)[number];
  status: (typeof taskStatuses)[number];
  ownerId: string | null;
  priority: (typeof priorities)[number];
  dueAt: number | null;
}

export interface Matters {
  sales: Sale[];
  calls: Call[];
  duties: Duty[];
  /** What was paid in another currency than the business's. */
  dollars: number[];
}

export const noMatters: Matters = { sales: [], calls: [], duties: [], dollars: [] };

/** Around whom it all goes on. */
export interface Around {
  now: number;
  clock: WallClock;
  agentIds: readonly string[];
}

export function mattersOf({ now, clock, agentIds }: Around): fc.Arbitrary<Matters> {
  const today = clock.dayAt(now);
  const owner = fc.option(fc.constantFrom(...agentIds));
  const priority = fc.constantFrom(...priorities);
  const past = fc.constantFrom(now - 40 * DAY_MS, now - 3 * DAY_MS);
  const sale = fc
    .record({
      stageId: fc.constantFrom(...stages),
      status: fc.constantFrom('open' as const, 'won' as const, 'lost' as const),
      ownerId: owner,
      lostReasonId: fc.option(fc.constantFrom(...ids)),
      amount: fc.constantFrom(0, 5_000, 120_000),
      currency: fc.constantFrom('ILS', 'USD'),
      expectedCloseOn: fc.option(fc.constantFrom(today - 31, today - 30, today - 1, today, today + 14, today + 15)),
      closedAt: past,
    })
    .map((one) => ({ ...one, closedAt: one.status === 'open' ? null : one.closedAt }));
  const call = fc.record({
    status: fc.constantFrom(...ticketStatuses),
    categoryId: fc.option(fc.constantFrom(...ids)),
    priority,
    ownerId: owner,
    createdAt: past,
  });
  const duty = fc.record({
    kind: fc.constantFrom(...taskKinds),
    status: fc.constantFrom(...taskStatuses),
    ownerId: owner,
    priority,
    dueAt: fc.option(fc.constantFrom(now - 40 * DAY_MS, now - DAY_MS, now + 3 * DAY_MS, now + 30 * DAY_MS)),
  });
  const few = { maxLength: 2 };
  return fc.record({
    sales: fc.array(sale, few),
    calls: fc.array(call, few),
    duties: fc.array(duty, few),
    dollars: fc.array(fc.constantFrom(100, 9_900), few),
  });
}

/** Conditions on them, each with any of what can be asked. */
export function matterConditionsOf({ now, agentIds }: Around): fc.Arbitrary<MatterCondition> {
  const some = <Value>(values: readonly Value[]) => fc.subarray([...values], { minLength: 1 });
  const is = fc.boolean();
  const owners = some([...agentIds, 'nobody']);
  const days = fc.constantFrom(1, 14, 30);
  const when: fc.Arbitrary<When> = fc.oneof(
    fc.record({ op: fc.constantFrom('older' as const, 'within' as const, 'ahead' as const), days }),
    fc.record({ op: fc.constantFrom('before' as const, 'after' as const), at: fc.constantFrom(now - 10 * DAY_MS, now) }),
    fc.constant({ op: 'between' as const, from: now - 10 * DAY_MS, to: now + 10 * DAY_MS }),
    fc.constantFrom({ op: 'never' as const }, { op: 'ever' as const }),
  ) as fc.Arbitrary<When>;
  const worth = fc.record(
    { currency: fc.constantFrom('ILS', 'USD'), from: fc.constantFrom(0, 5_000), to: fc.constantFrom(5_000, 200_000) },
    { requiredKeys: ['currency'] },
  );
  const asked = { requiredKeys: ['on', 'is'] as ('on' | 'is')[] };
  return fc.oneof(
    fc.record(
      {
        on: fc.constant('opportunity' as const),
        is,
        pipelineIds: fc.constant([ids[0] as string]),
        stageIds: some(stages),
        statuses: some(['open', 'won', 'lost'] as const),
        owners,
        lostReasonIds: some(ids),
        amount: worth,
        closes: when,
        closed: when,
      },
      asked,
    ),
    fc.record(
      {
        on: fc.constant('ticket' as const),
        is,
        statuses: some(ticketStatuses),
        categoryIds: some(ids),
        priorities: some(priorities),
        owners,
        opened: when,
      },
      asked,
    ),
    fc.record(
      {
        on: fc.constant('task' as const),
        is,
        kinds: some(taskKinds),
        statuses: some(taskStatuses),
        owners,
        priorities: some(priorities),
        isOverdue: fc.boolean(),
        due: when,
      },
      asked,
    ),
  ) as fc.Arbitrary<MatterCondition>;
}

export async function storeMatters(trx: Transaction, contactId: string, { sales, calls, duties, dollars }: Matters): Promise<void> {
  const made = { version: 1, createdBy: null, createdAt: 1, updatedAt: 1 };
  for (const sale of sales) {
    const rest = { companyId: null, place: 1, probability: null, lostNote: null, note: null };
    const row = { ...sale, ...made, ...rest, id: nanoid(), contactId, name: '', pipelineId: ids[0] as string };
    await trx.insertInto('opportunity').values(row).execute();
  }
  for (const { ownerId, priority, status, ...call } of calls) {
    const last = await trx
      .selectFrom('ticket')
      .select((of) => of.fn.max('number').as('number'))
      .executeTakeFirstOrThrow();
    const none = { teamId: null, companyId: null, parentId: null, reasonId: null, inboxId: null, externalId: null, updateText: null };
    const moments = { updateAt: null, statusAt: 1, firstResponseAt: null, overAt: null, erasedAt: null };
    const row = { ...made, ...none, ...moments, ...call, id: nanoid(), contactId, number: Number(last.number ?? 0) + 1, status };
    const rank = priorities.indexOf(priority);
    await trx
      .insertInto('ticket')
      .values({
        ...row,
        subject: '',
        description: '',
        isOver: isTicketOver(status) ? 1 : 0,
        priority: rank,
        assigneeId: ownerId,
        isHidden: 0,
        minutes: 0,
      })
      .execute();
  }
  for (const { priority, dueAt, ...duty } of duties) {
    const none = { conversationId: null, note: null, outcome: null, doneAt: null, rangAt: null };
    const row = { ...noCall, ...noTodo, ...quiet, ...none, ...duty, id: nanoid(), contactId, createdAt: 1 };
    await trx
      .insertInto('task')
      .values({ ...row, priority: priorities.indexOf(priority), dueAt: dueAt ?? SOME_DAY })
      .execute();
  }
  for (const total of dollars) {
    const none = { companyId: null, externalId: null, number: null, note: null, opportunityId: null, endsAt: null };
    const row = { ...made, ...none, id: nanoid(), contactId, status: 'paid', currency: 'USD', total, at: 1, source: 'hand' };
    await trx.insertInto('purchase').values(row).execute();
  }
}

export function matterHolds(condition: MatterCondition, matters: Matters, { now, clock }: { now: number; clock: WallClock }): boolean {
  const isIn = <Value>(value: Value, values: readonly Value[] | undefined) => values === undefined || values.includes(value);
  const isOf = (ownerId: string | null, owners: readonly string[] | undefined) => isIn(ownerId ?? 'nobody', owners);
  const at = (moment: number | null, when: When | undefined) => when === undefined || wasThen(when, moment, now);
  switch (condition.on) {
    case 'opportunity': {
      const { pipelineIds, stageIds, statuses, owners, lostReasonIds, amount, closes, closed } = condition;
      const fits = (one: Sale) =>
        isIn(ids[0] as string, pipelineIds) &&
        isIn(one.stageId, stageIds) &&
        isIn(one.status, statuses) &&
        isOf(one.ownerId, owners) &&
        (lostReasonIds === undefined || (one.lostReasonId !== null && lostReasonIds.includes(one.lostReasonId))) &&
        (amount === undefined ||
          (one.currency === amount.currency && one.amount >= (amount.from ?? 0) && one.amount <= (amount.to ?? Number.MAX_VALUE))) &&
        (closes === undefined || wasOn(closes, one.expectedCloseOn, { now, clock })) &&
        at(one.closedAt, closed);
      return matters.sales.some(fits) === condition.is;
    }
    case 'ticket': {
      const { statuses, categoryIds, priorities: ranks, owners, opened } = condition;
      const fits = (one: Call) =>
        isIn(one.status, statuses) &&
        (categoryIds === undefined || (one.categoryId !== null && categoryIds.includes(one.categoryId))) &&
        isIn(one.priority, ranks) &&
        isOf(one.ownerId, owners) &&
        at(one.createdAt, opened);
      return matters.calls.some(fits) === condition.is;
    }
    case 'task': {
      const { kinds, statuses, owners, priorities: ranks, isOverdue, due } = condition;
      const isLate = (one: Duty) => one.status === 'open' && one.dueAt !== null && one.dueAt <= now;
      const fits = (one: Duty) =>
        isIn(one.kind, kinds) &&
        isIn(one.status, statuses) &&
        isOf(one.ownerId, owners) &&
        isIn(one.priority, ranks) &&
        (isOverdue === undefined || isLate(one) === isOverdue) &&
        at(one.dueAt, due);
      return matters.duties.some(fits) === condition.is;
    }
  }
}

export function wasThen(when: When, at: number | null, now: number): boolean {
  if (when.op === 'never' || when.op === 'ever') return (at !== null) === (when.op === 'ever');
  if (at === null) return false;
  switch (when.op) {
    case 'before':
      return at < when.at;
    case 'after':
      return at >= when.at;
    case 'between':
      return at >= when.from && at <= when.to;
    case 'older':
      return at <= now - when.days * DAY_MS;
    case 'within':
      return at > now - when.days * DAY_MS;
    case 'ahead':
      return at > now && at <= now + when.days * DAY_MS;
  }
}

/** Of whole days: what is lately, and what lies ahead, begin and end with today. */
function wasOn(when: When, day: number | null, { now, clock }: { now: number; clock: WallClock }): boolean {
  if (when.op === 'never' || when.op === 'ever') return (day !== null) === (when.op === 'ever');
  if (day === null) return false;
  const far = day - clock.dayAt(now);
  switch (when.op) {
    case 'before':
      return day < clock.dayAt(when.at);
    case 'after':
      return day >= clock.dayAt(when.at);
    case 'between':
      return day >= clock.dayAt(when.from) && day <= clock.dayAt(when.to);
    case 'older':
      return far < -when.days;
    case 'within':
      return far <= 0 && far >= -when.days;
    case 'ahead':
      return far >= 0 && far <= when.days;
  }
}
