/** What a customer is worth, and whether it is one: kept in its file, in the transaction of every purchase that changes it. */
import { grouped } from '../../shared/grouped.ts';
import type { CustomerRules, CustomerValue } from '../../shared/purchase.ts';
import { DAY_MS, toDate } from '../../shared/wall-clock.ts';
import type { App } from '../app.ts';
import { readCustomerRules } from '../contacts/customer-rules.ts';
import { getContactName } from '../contacts/open-file.ts';
import { businessClock } from '../hours/business-clock.ts';
import type { Db, Transaction } from '../storage/database.ts';
import { lockRows } from '../storage/rows.ts';
import type { ContactRow } from '../storage/tables.ts';
import { type BoughtIn, listBought, listPaid, updateValues, type ValueRow } from './customer-value-store.ts';

const MONTHS_SHOWN = 24;

interface Settling {
  ids: readonly string[];
  /** Who has just bought, and is a customer again whatever somebody had said of it. */
  boughtBy?: ReadonlySet<string>;
  /** What the files were worth before says nothing: things were moved between them. */
  isAnew?: boolean;
}

/** Reckons these files anew from all of their purchases. Returns whose files say something else now. */
export async function settleValues(
  app: Pick<App, 'now' | 'followers'>,
  trx: Transaction,
  { ids, boughtBy = new Set(), isAnew = false }: Settling,
): Promise<string[]> {
  const now = app.now();
  const files = (await lockRows(trx, 'contact', [...new Set(ids)].sort())) as ContactRow[];
  const rules = await readCustomerRules(trx);
  const bought = grouped(await listBought(trx, [...new Set(ids)]), ({ contactId }) => contactId);
  const changed = files.flatMap((file) => {
    const next = reckon(file, bought.get(file.id) ?? [], { rules, now, hasJustBought: boughtBy.has(file.id), isAnew });
    return isSame(file, next) ? [] : [{ file, next }];
  });
  await updateValues(
    trx,
    changed.map(({ next }) => next),
  );
  const turned = changed.filter(({ file, next }) => file.lifecycle !== next.lifecycle);
  const told = turned.map(({ file: { id: contactId, lifecycle: before }, next: { lifecycle: after } }) => ({
    ...{ contactId, agent: null, at: now },
    changes: [{ key: 'lifecycle', before, after }],
  }));
  if (told.length > 0) await app.followers.filesChanged(trx, told);
  return changed.map(({ next }) => next.id);
}

interface Judging {
  rules: CustomerRules;
  now: number;
  hasJustBought: boolean;
  isAnew: boolean;
}

function reckon(file: ContactRow, bought: readonly BoughtIn[], judging: Judging): ValueRow {
  const lastAt = bought.length > 0 ? Math.max(...bought.map((one) => one.lastAt)) : null;
  const value = {
    id: file.id,
    purchaseCount: bought.reduce((sum, { count }) => sum + count, 0),
    purchaseTotal: bought.find(({ currency }) => currency === judging.rules.currency)?.total ?? 0,
    firstPurchaseAt: bought.length > 0 ? Math.min(...bought.map(({ firstAt }) => firstAt)) : null,
    lastPurchaseAt: lastAt,
    activeUntil: lastAt === null ? null : Math.max(lastAt, ...bought.flatMap(({ endsAt }) => endsAt ?? [])),
  };
  const isByHand = file.isLifecycleByHand === 1 && !judging.hasJustBought;
  return { ...value, lifecycle: isByHand ? file.lifecycle : lifecycleOf(file, value, judging), isLifecycleByHand: isByHand ? 1 : 0 };
}

function lifecycleOf(
  file: ContactRow,
  { purchaseCount, activeUntil }: Pick<ValueRow, 'purchaseCount' | 'activeUntil'>,
  { rules, now, isAnew }: Judging,
): string {
  // Who was made a customer by its purchases is none without them.
  if (purchaseCount === 0) return (isAnew || file.purchaseCount > 0) && rules.isLeadUntilPurchase ? 'lead' : file.lifecycle;
  if (file.lifecycle === 'lead' && !rules.isLeadUntilPurchase) return 'lead';
  return (activeUntil ?? 0) < lapsedBefore(rules, now) ? 'lapsed' : 'customer';
}

/** Whoever was active last before this moment has lapsed. */
export function lapsedBefore({ lapseAfterDays }: CustomerRules, now: number): number {
  return lapseAfterDays === null ? 0 : now - lapseAfterDays * DAY_MS;
}

function isSame(file: ContactRow, next: ValueRow): boolean {
  return Object.entries(next).every(([name, value]) => file[name as keyof ContactRow] === value);
}

/** What these people have paid, each currency by itself. */
export async function listPaidTotals(
  db: Db,
  contactIds: readonly string[],
): Promise<Pick<BoughtIn, 'contactId' | 'currency' | 'total' | 'count'>[]> {
  return contactIds.length === 0 ? [] : listBought(db, contactIds);
}

export async function readValue(app: App, contactId: string): Promise<CustomerValue> {
  const { db } = app.storage;
  await getContactName(db, contactId);
  const [{ currency }, bought, clock] = [await readCustomerRules(db), await listBought(db, [contactId]), await businessClock(app)];
  const own = bought.find((one) => one.currency === currency);
  const count = bought.reduce((sum, one) => sum + one.count, 0);
  const firstAt = count > 0 ? Math.min(...bought.map((one) => one.firstAt)) : null;
  const lastAt = count > 0 ? Math.max(...bought.map((one) => one.lastAt)) : null;
  const months = new Map<string, { total: number; count: number }>();
  for (const { at, total } of await listPaid(db, contactId, currency)) {
    const month = toDate(clock.dayAt(at)).slice(0, 7);
    const held = months.get(month) ?? { total: 0, count: 0 };
    months.set(month, { total: held.total + total, count: held.count + 1 });
  }
  const bounds = (month: string) => {
    const [year = 1970, number = 1] = month.split('-').map(Number);
    const momentOf = (at: number) => clock.momentOf(Math.round(at / DAY_MS), 0);
    return { from: momentOf(Date.UTC(year, number - 1, 1)), to: momentOf(Date.UTC(year, number, 1)) };
  };
  return {
    currency,
    total: own?.total ?? 0,
    count,
    byCurrency: bought
      .map(({ currency, total, count }) => ({ currency, total, count }))
      .toSorted((one, other) => Number(other.currency === currency) - Number(one.currency === currency) || other.count - one.count),
    average: own ? Math.round(own.total / own.count) : null,
    everyDays: count > 1 && firstAt !== null && lastAt !== null ? (lastAt - firstAt) / DAY_MS / (count - 1) : null,
    firstAt,
    lastAt,
    months: [...months].slice(-MONTHS_SHOWN).map(([month, sums]) => ({ month, ...bounds(month), ...sums })),
  };
}
