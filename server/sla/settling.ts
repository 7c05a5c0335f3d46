/**
 * Looks at conversations and sets their clocks, says what is due to be said, and writes down what was late. The same wherever it comes
 * from: a change, the clock, a policy or hours that changed, a start. A clock's row is locked, so of two servers one says it.
 */
import type { HoursClock } from '../../shared/hours-clock.ts';
import type { SlaTarget } from '../../shared/sla.ts';
import { maySee, type Sight } from '../access/sight.ts';
import { listSights } from '../access/sights.ts';
import type { App } from '../app.ts';
import { clockOf } from '../hours/hours-clocks.ts';
import { addNotices, tellNotices } from '../notices/agent-notices.ts';
import type { NewNotice } from '../notices/new-notice.ts';
import type { Db, Transaction } from '../storage/database.ts';
import type { ConversationRow, NoticeRow, SlaClockRow } from '../storage/tables.ts';
import { toPriority } from './promised-clocks.ts';
import {
  deleteBreach,
  endBreach,
  insertBreaches,
  keyOf,
  type LookedRow,
  listAnswers,
  listBreachesOf,
  listLookedRows,
  lockClocks,
  updateClocks,
} from './sla-clock-store.ts';
import { listPolicies } from './sla-policy-store.ts';
import { type Looked, type Turn, takeTurn } from './sla-turn.ts';
import { firstLedger, hasWaitEnded, type Ledger } from './waiting-ledger.ts';

/** Everything of a conversation's row that its clocks are reckoned from. */
export function seenOf(
  row: Pick<ConversationRow, 'status' | 'waitingSince' | 'firstResponseAt' | 'teamId' | 'inboxId' | 'priority' | 'contactId'>,
): string {
  const { status, waitingSince, firstResponseAt, teamId, inboxId, priority, contactId } = row;
  return [status, waitingSince, firstResponseAt, teamId, inboxId, priority, contactId].join(' ');
}

/** Resolves with those of which lists now show something else. */
export async function settle(app: App, ids: readonly string[]): Promise<string[]> {
  if (ids.length === 0) return [];
  // The hours are asked before the transaction: on SQLite everybody waits for it.
  const hours = await listHours(app, await listLookedRows(app.storage.db, ids));
  const { changed, told } = await app.storage.write((trx) => settleWithin(app, trx, { ids, hours }));
  tellNotices(app, told);
  return changed;
}

async function listHours(app: App, rows: readonly LookedRow[]): Promise<Map<string, HoursClock>> {
  const places = new Map(rows.map((row) => [placeOf(row), row]));
  const clocks = await Promise.all(
    [...places].map(async ([place, { inboxId, teamId }]) => [place, await clockOf(app, { inboxId, teamId })] as const),
  );
  return new Map(clocks);
}

const placeOf = ({ inboxId, teamId }: LookedRow) => `${inboxId} ${teamId}`;

async function settleWithin(
  app: App,
  trx: Transaction,
  { ids, hours }: { ids: readonly string[]; hours: ReadonlyMap<string, HoursClock> },
): Promise<{ changed: string[]; told: NoticeRow[] }> {
  const now = app.now();
  const clocks = await lockClocks(trx, ids, JSON.stringify(firstLedger));
  // Read after the lock: what another server has written of them is there.
  const rows = (await listLookedRows(trx, ids)).filter((row) => hours.has(placeOf(row)));
  const policies = await listPolicies(trx);
  const answers = await listAnswers(
    trx,
    rows.flatMap((row) => endedWaitOf(row, clocks.get(row.id))),
  );
  const turns: (Turn & { looked: Looked })[] = [];
  const changed: SlaClockRow[] = [];
  const shown: string[] = [];
  for (const row of rows) {
    const before = clocks.get(row.id);
    const clock = hours.get(placeOf(row));
    if (!before || !clock) continue;
    const looked = toLooked(row, answers.get(row.id) ?? null);
    const turn = takeTurn(before, looked, { policies, hours: clock, now });
    turns.push({ ...turn, looked });
    if (isSame(before, turn.row)) continue;
    changed.push(turn.row);
    if (firstClock(before) !== firstClock(turn.row)) shown.push(row.id);
  }
  await updateClocks(trx, changed);
  await keepBreaches(trx, turns);
  return { changed: shown, told: await addNotices(trx, await listNews(app, trx, turns), now) };
}

/** The wait that its clocks know of is over: when was it answered? */
function endedWaitOf({ id, waitingSince, lastSeq }: LookedRow, clock: SlaClockRow | undefined) {
  const was: Ledger | undefined = clock && JSON.parse(clock.ledger);
  if (!was || was.waitingSince === null || !hasWaitEnded(was, { waitingSince })) return [];
  return [{ id, since: was.waitingSince, lastSeq }];
}

function toLooked(row: LookedRow, answeredAt: number | null): Looked {
  const { id, status, waitingSince, firstResponseAt, resolvedAt, endedAt, createdAt, updatedAt, inboxId, teamId, assigneeId, lifecycle } =
    row;
  return {
    id,
    seen: seenOf(row),
    createdAt,
    facts: { status, waitingSince, firstResponseAt, resolvedAt, endedAt, changedAt: updatedAt, answeredAt },
    subject: { inboxId, teamId, priority: toPriority(row.priority), lifecycle, fields: JSON.parse(row.fields) },
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
  await insertBreaches(
    trx,
    turns.flatMap(({ breaches }) => breaches),
  );
  const touched = turns.filter(({ ended, takenBack }) => ended.length + takenBack.length > 0);
  const known = new Map(
    (
      await listBreachesOf(
        trx,
        touched.map(({ row }) => ({ conversationId: row.id })),
      )
    ).map((row) => [keyOf(row), row]),
  );
  const find = (conversationId: string, clock: { target: SlaTarget; startedAt: number }) => known.get(keyOf({ conversationId, ...clock }));
  for (const { row, ended, takenBack } of touched) {
    for (const clock of takenBack) {
      const breach = find(row.id, clock);
      if (breach) await deleteBreach(trx, breach.id);
    }
    for (const { endedAt, lateMsAfter, ...clock } of ended) {
      const breach = find(row.id, clock);
      // What has ended stays as it was written down, though the conversation goes on and ends once more.
      if (breach && breach.endedAt === null) await endBreach(trx, breach.id, { endedAt, lateMs: lateMsAfter(breach.dueAt) });
    }
  }
}

/**
 * A warning goes to whoever has the conversation; where nobody has, to those of its team who are here, or to those who lead. A breach
 * goes to those who lead as well. Nobody is told of what they may not see.
 */
async function listNews(app: App, db: Db, turns: readonly (Turn & { looked: Looked })[]): Promise<NewNotice[]> {
  const telling = turns.filter(({ told }) => told.length > 0);
  if (telling.length === 0) return [];
  const sights = await listSights(db);
  const online = new Set(app.presence.onlineIds());
  return telling.flatMap(({ looked: { id, assigneeId, subject }, told }) => {
    const seers = [...sights.values()].filter((sight) => maySee(sight, { assigneeId, teamId: subject.teamId }));
    const leaders = seers.filter(({ permissions }) => permissions.includes('reports:view'));
    const owner = seers.filter(({ agentId }) => agentId === assigneeId);
    const mates = seers.filter((sight) => subject.teamId !== null && mayHelp(sight, subject.teamId) && online.has(sight.agentId));
    const warned = assigneeId !== null ? owner : mates.length > 0 ? mates : leaders;
    return told.flatMap(({ kind, target, dueAt }) => {
      const heard = new Set((kind === 'sla-warning' ? warned : [...owner, ...leaders]).map(({ agentId }) => agentId));
      return [...heard].map((agentId) => ({ agentId, kind, actorId: null, conversationId: id, sla: { target, dueAt } }));
    });
  });
}

function mayHelp({ teamIds, permissions }: Sight, teamId: string): boolean {
  return teamIds.includes(teamId) && permissions.includes('conversations:reply');
}
