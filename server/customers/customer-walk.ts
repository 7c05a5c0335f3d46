/** Looks through customers in steps that hold nobody up, for so long and no longer. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Db } from '../storage/database.ts';
import { countFitting, findFewest, findLookedTo, type Looking, listFitting, type Place } from './customer-page-store.ts';

/** As many files as are put in order at once, where an index has them together; beyond these the order itself is followed. */
const FEW = 3_000;
const LOOK_FIRST = 400;
const LOOK_MOST = 16_000;
/** A step that takes longer is followed by a smaller one. */
const STEP_MS = 12;

interface Walked {
  places: Place[];
  /** Where to go on; null at the end. */
  next: Place | null;
  /** The time was up before the page was full. */
  isLooking: boolean;
}

/** Decides how: by an index that has the few who may fit, or along the order. */
async function planned(db: Db, looking: Looking): Promise<Looking> {
  if (looking.among) return looking;
  return { ...looking, among: await findFewest(db, looking, FEW) };
}

export async function walk(db: Db, asked: Looking, { limit, forMs }: { limit: number; forMs: number }): Promise<Walked> {
  // What many fit is found along the order at once, before anybody asks which index has them.
  const atOnce = asked.among ? [] : await listFitting(db, asked, { look: LOOK_FIRST, limit: limit + 1 });
  if (atOnce.length > limit) return { places: atOnce.slice(0, limit), next: atOnce[limit - 1] ?? null, isLooking: false };
  const looking = await planned(db, asked);
  if (looking.among) {
    const found = await listFitting(db, looking, { look: null, limit: limit + 1 });
    const places = found.slice(0, limit);
    return { places, next: found.length > limit ? (places.at(-1) ?? null) : null, isLooking: false };
  }
  const deadline = performance.now() + forMs;
  const places: Place[] = [];
  let look = Math.max(LOOK_FIRST, limit + 1);
  let { after } = looking;
  for (;;) {
    const startedAt = performance.now();
    const step = { ...looking, after };
    const missing = limit - places.length;
    const found = await listFitting(db, step, { look, limit: missing + 1 });
    places.push(...found.slice(0, missing));
    if (found.length > missing) return { places, next: places.at(-1) ?? after, isLooking: false };
    after = (await findLookedTo(db, step, look)) ?? null;
    if (after === null) return { places, next: null, isLooking: false };
    const now = performance.now();
    // Full, and nobody knows yet whether there is one more.
    if (missing === found.length && limit > 0) return { places, next: after, isLooking: false };
    if (now > deadline) return { places, next: after, isLooking: true };
    look = nextLook(look, now - startedAt);
    await nextTurn();
  }
}

export async function countAlong(db: Db, asked: Looking, forMs: number): Promise<{ count: number; next: Place | null }> {
  const looking = await planned(db, asked);
  if (looking.among) return { count: await countFitting(db, looking, null), next: null };
  const deadline = performance.now() + forMs;
  let count = 0;
  let look = LOOK_FIRST;
  let { after } = looking;
  for (;;) {
    const startedAt = performance.now();
    const step = { ...looking, after };
    count += await countFitting(db, step, look);
    after = (await findLookedTo(db, step, look)) ?? null;
    const now = performance.now();
    if (after === null || now > deadline) return { count, next: after };
    look = nextLook(look, now - startedAt);
    await nextTurn();
  }
}

function nextLook(look: number, tookMs: number): number {
  if (tookMs > STEP_MS) return Math.max(LOOK_FIRST, Math.floor((look * STEP_MS) / tookMs));
  return tookMs < STEP_MS / 2 ? Math.min(LOOK_MOST, look * 2) : look;
}
