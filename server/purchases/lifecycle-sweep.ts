/** The days go by: customers who have not bought for long lapse, and values follow the business's currency. */
import type { CustomerRules } from '../../shared/purchase.ts';
import type { App } from '../app.ts';
import { readCustomerRules, readRecount, setCustomerRules, setRecount } from '../contacts/customer-rules.ts';
import { lapsedBefore, settleValues } from './customer-value.ts';
import { listBuyerIds, listIdsToLapse, listIdsToRevive } from './customer-value-store.ts';
import { tell } from './purchases.ts';

const LOOK_EVERY_MS = 10 * 60 * 1_000;
/** So many files at once, so that writing messages never waits long. */
const PORTION = 200;

export class LifecycleSweep {
  readonly #app: App;
  #timer: NodeJS.Timeout | null = null;
  #sweeping: Promise<void> | null = null;
  #isWanted = false;
  #isStopped = false;

  constructor(app: App) {
    this.#app = app;
  }

  start(): void {
    this.#timer = setInterval(() => this.wake(), LOOK_EVERY_MS);
    this.wake();
  }

  stop(): void {
    this.#isStopped = true;
    if (this.#timer) clearInterval(this.#timer);
  }

  wake(): void {
    this.#isWanted = true;
    this.#sweeping ??= this.#sweep()
      .catch((error: unknown) => this.#app.log.warn({ err: error }, 'lapsed customers could not be looked for'))
      .finally(() => {
        this.#sweeping = null;
        if (this.#isWanted && !this.#isStopped) this.wake();
      });
  }

  async #sweep(): Promise<void> {
    this.#isWanted = false;
    while (!this.#isStopped && (await recountPortion(this.#app)));
    while (!this.#isStopped && (await lapsePortion(this.#app)));
  }
}

/** Whether there may be more. */
async function lapsePortion(app: App): Promise<boolean> {
  const { db } = app.storage;
  const cutoff = lapsedBefore(await readCustomerRules(db), app.now());
  const ids = [...(await listIdsToLapse(db, cutoff, PORTION)), ...(await listIdsToRevive(db, cutoff, PORTION))];
  if (ids.length === 0) return false;
  const changed = await app.storage.write((trx) => settleValues(app, trx, { ids }));
  await tell(app, changed);
  return changed.length > 0;
}

/** Goes on where it was when the server was stopped. */
async function recountPortion(app: App): Promise<boolean> {
  const { db } = app.storage;
  const from = await readRecount(db);
  if (from === null) return false;
  const ids = await listBuyerIds(db, from, PORTION);
  const changed = await app.storage.write(async (trx) => {
    const settled = await settleValues(app, trx, { ids });
    await setRecount(trx, from, ids.length < PORTION ? null : (ids.at(-1) ?? null));
    return settled;
  });
  await tell(app, changed);
  return true;
}

export async function writeCustomerRules(app: App, rules: CustomerRules, sweep: Pick<LifecycleSweep, 'wake'>): Promise<CustomerRules> {
  await app.storage.write((trx) => setCustomerRules(trx, rules));
  sweep.wake();
  return readCustomerRules(app.storage.db);
}
