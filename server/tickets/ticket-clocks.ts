/**
 * The clocks of tickets: first response, from its creation until somebody takes it up, and resolution, from its creation until it is
 * solved. Both stand still while it waits for the customer or is on hold. Reckoned by the same rules as those of chats (sla/).
 */
import { alwaysOpen, type HoursClock } from '../../shared/hours-clock.ts';
import type { SlaPolicy, SlaRules, SlaTarget } from '../../shared/sla.ts';
import { isTicketRunning, type TicketStatus } from '../../shared/ticket-moves.ts';
import { maySee } from '../access/sight.ts';
import { listSights } from '../access/sights.ts';
import type { App } from '../app.ts';
import { clockOf } from '../hours/hours-clocks.ts';
import { addNotices, tellNotices } from '../notices/agent-notices.ts';
import type { NewNotice } from '../notices/new-notice.ts';
import { isFor, toPriority } from '../sla/promised-clocks.ts';
import { type Looked, type Turn, takeTurn } from '../sla/sla-turn.ts';
import { firstLedger } from '../sla/waiting-ledger.ts';
import type { Db, Transaction } from '../storage/database.ts';
import type { NoticeRow, SlaClockRow, SlaPolicyRow } from '../storage/tables.ts';
import {
  breachKey,
  deleteTicketBreach,
  endTicketBreach,
  insertTicketBreaches,
  listBreachesOf,
  listPolicyRows,
  listTimedRows,
  lockTicketClocks,
  type TimedRow,
  updateTicketClocks,
} from './ticket-clock-store.ts';

/** Those that are for tickets; the next response is no promise of theirs. */
export async function listTicketPolicies(db: Db): Promise<SlaPolicy[]> {
  return (await listPolicyRows(db)).map(toPolicy).filter((policy) => isFor(policy, 'tickets'));
}

function toPolicy({ id, place, version, rules }: SlaPolicyRow): SlaPolicy {
  return { id, place, version, ...(JSON.parse(rules) as SlaRules), nextResponseMs: null };
}

/** Everything of a ticket's row that its clocks are reckoned from. */
function seenOf({ status, statusAt, firstResponseAt, teamId, inboxId, priority, contactId, categoryId }: TimedRow): string {
  return [status, statusAt, firstResponseAt, teamId, inboxId, priority, contactId, categoryId].join(' ');
}

/** Resolves with those whose lists now show something else. */
export async function settleTickets(app: App, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  // The hours are asked before the transaction: on SQLite everybody waits for it.
  const hours = await listHours(app, await listTimedRows(app.storage.db, ids));
  const { changed, told } = await app.storage.write((trx) => settleWithin(app, trx, { ids, hours }));
  tellNotices(app, told);
  return changed;
}

type Hours = ReadonlyMap<string, HoursClock>;

async function listHours(app: App, rows: readonly TimedRow[]): Promise<Hours> {
  const places = new Map(rows.map((row) => [placeOf(row), row]));
  const clocks = await Promise.all(
    [...places].map(async ([place, { inboxId, teamId }]) => [place, await clockOf(app, { inboxId: inboxId ?? '', teamId })] as const),
  );
  return new Map(clocks);
}

const placeOf = ({ inboxId, teamId }: Pick<TimedRow, 'inboxId' | 'teamId'>) => `${inboxId} ${teamId}`;

async function settleWithin(
  app: App,
  trx: Transaction,
  { ids, hours }: { ids: readonly string[]; hours: Hours },
): Promise<{ changed: string[]; told: NoticeRow[] }> {
  const now = app.now();
  const policies = await listTicketPolicies(trx);
  const wanted = (await listTimedRows(trx, ids)).map(({ id }) => id);
  const clocks = await lockTicketClocks(trx, wanted, JSON.stringify(firstLedger));
  // Read after the lock: what another server has written of them is there.
  const rows = await listTimedRows(trx, wanted);
  const turns: (Turn & { looked: Looked })[] = [];
  const changed: SlaClockRow[] = [];
  const shown: string[] = [];
  for (const row of rows) {
    const before = clocks.get(row.id);
    if (!before) continue;
    const looked = toLooked(row);
    const turn = takeTurn(before, looked, { policies, hours: hours.get(placeOf(row)) ?? alwaysOpen, now });
    turns.push({ ...turn, looked });
    if (isSame(before, turn.row)) continue;
    changed.push(turn.row);
    if (firstClock(before) !== firstClock(turn.row)) shown.push(row.id);
  }
  await updateTicketClocks(trx, changed);
  await keepBreaches(trx, turns);
  return { changed: shown, told: await addNotices(trx, await listNews(app, trx, turns), now) };
}

/** As a conversation is looked at: it waits since its creation, and once more since somebody took it up. */
function toLooked(row: TimedRow): Looked {
  const { id, status, isOver, createdAt, statusAt, firstResponseAt, overAt, inboxId, teamId, assigneeId, priority } = row;
  const isRunning = isTicketRunning(status as TicketStatus);
  return {
    id,
    seen: seenOf(row),
    createdAt,
    facts: {
      status: isOver === 1 ? 'resolved' : isRunning ? 'open' : 'snoozed',
      waitingSince: firstResponseAt ?? createdAt,
      firstResponseAt,
      resolvedAt: isOver === 1 ? overAt : null,
      endedAt: overAt,
      changedAt: statusAt,
      answeredAt: firstResponseAt,
    },
    subject: {
      kind: 'tickets',
      inboxId,
      teamId,
      priority: toPriority(priority),
      lifecycle: row.lifecycle ?? '',
      fields: JSON.parse(row.customerFields ?? '{}'),
      categoryIds: [row.categoryId, row.parentCategoryId].filter((one) => one !== null),
    },
    assigneeId,
  };
}

function isSame(before: SlaClockRow, after: SlaClockRow): boolean {
  return (Object.keys(after) as (keyof SlaClockRow)[]).every((name) => before[name] === after[name]);
}

function firstClock({ policyId, target, warnAt, dueAt }: SlaClockRow): string {
  return `${policyId} ${target} ${warnAt} ${dueAt}`;
}

async function keepBreaches(trx: Transaction, turns: readonly Turn[]): Promise<void> {
  await insertTicketBreaches(
    trx,
    turns.flatMap(({ breaches }) => breaches.map(({ conversationId, inboxId: _, ...breach }) => ({ ticketId: conversationId, ...breach }))),
  );
  const touched = turns.filter(({ ended, takenBack }) => ended.length + takenBack.length > 0);
  const rows = await listBreachesOf(
    trx,
    touched.map(({ row }) => row.id),
  );
  const known = new Map(rows.map((row) => [breachKey(row), row]));
  const find = (ticketId: string, clock: { target: SlaTarget; startedAt: number }) => known.get(breachKey({ ticketId, ...clock }));
  for (const { row, ended, takenBack } of touched) {
    for (const clock of takenBack) {
      const breach = find(row.id, clock);
      if (breach) await deleteTicketBreach(trx, breach.id);
    }
    for (const { endedAt, lateMsAfter, ...clock } of ended) {
      const breach = find(row.id, clock);
      if (breach && breach.endedAt === null) await endTicketBreach(trx, breach.id, { endedAt, lateMs: lateMsAfter(breach.dueAt) });
    }
  }
}

/** A warning goes to whoever has the ticket, where nobody has to its team, else to those who lead; a breach to those who lead as well. */
async function listNews(app: App, db: Db, turns: readonly (Turn & { looked: Looked })[]): Promise<NewNotice[]> {
  const telling = turns.filter(({ told }) => told.length > 0);
  if (telling.length === 0) return [];
  const sights = [...(await listSights(db)).values()].filter(({ permissions }) => permissions.includes('tickets:view'));
  const online = new Set(app.presence.onlineIds());
  return telling.flatMap(({ looked: { id, assigneeId, subject }, told }) => {
    const { teamId } = subject;
    const seers = sights.filter((sight) => maySee(sight, { assigneeId, teamId }));
    const leaders = seers.filter(({ permissions }) => permissions.includes('reports:view'));
    const owner = seers.filter(({ agentId }) => agentId === assigneeId);
    const mates = seers.filter(({ agentId, teamIds, permissions }) => {
      return teamId !== null && teamIds.includes(teamId) && permissions.includes('tickets:edit') && online.has(agentId);
    });
    const warned = assigneeId !== null ? owner : mates.length > 0 ? mates : leaders;
    return told.flatMap(({ kind, target, dueAt }) => {
      const heard = new Set((kind === 'sla-warning' ? warned : [...owner, ...leaders]).map(({ agentId }) => agentId));
      return [...heard].map((agentId) => ({ agentId, kind, actorId: null, conversationId: null, ticketId: id, sla: { target, dueAt } }));
    });
  });
}
