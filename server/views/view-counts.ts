/** How many conversations are in each view of an agent. However many views there are, asking takes the server only so long. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import type { ViewCount, ViewCounts, ViewFilter } from '../../shared/view.ts';
import { readyMadeViews } from '../../shared/view-filter.ts';
import type { App } from '../app.ts';
import type { Caller } from '../transport/wire.ts';
import { listViews } from './saved-views.ts';
import { searched } from './view-order.ts';
import { countView } from './view-pages.ts';

/** Beyond it a count is "so many, or more". */
const COUNT_MAX = 9_999;
/** For all views of one request together. */
const COUNT_ALL_FOR_MS = 400;
/** A count that took long is good for so many times as long; one that took no time is made anew. */
const GOOD_FOR_TIMES = 4;
/** What was counted before that is nobody's answer any more. */
const KEPT_MS = 60_000;

interface Counted {
  count: Promise<ViewCount>;
  countedAt: number;
  goodUntil: number;
}

interface Asked {
  name: string;
  filter: ViewFilter;
  key: string;
}

export class ViewCounter {
  readonly #app: App;
  readonly #counted = new Map<string, Counted>();

  constructor(app: App) {
    this.#app = app;
  }

  /** Where the time does not suffice, a view has the count it had last, or is said to have more than none; it comes first the next time. */
  async count(caller: Caller, forMs = COUNT_ALL_FOR_MS): Promise<ViewCounts> {
    const until = performance.now() + forMs;
    for (const [key, { countedAt }] of this.#counted) if (countedAt < performance.now() - KEPT_MS) this.#counted.delete(key);
    const { mentions: _, resolved: __, ...readyMade } = readyMadeViews;
    const saved = (await listViews(this.#app, caller)).map(({ id, filter }) => [id, filter] as const);
    const asked = [...Object.entries(readyMade), ...saved].map(([name, filter]) => ({ name, filter, key: keyOf(caller, filter) }));
    const countedAt = ({ key }: Asked) => this.#counted.get(key)?.countedAt ?? 0;
    const counts: ViewCounts['counts'] = {};
    for (const one of asked.sort((a, b) => countedAt(a) - countedAt(b))) counts[one.name] = await this.#countOne(caller, one, until);
    return { counts };
  }

  async #countOne(caller: Caller, { filter, key }: Asked, until: number): Promise<ViewCount> {
    const began = performance.now();
    const known = this.#counted.get(key);
    if (known && began < known.goodUntil) return known.count;
    if (began > until) return known?.count ?? { count: 0, isMore: true };
    // Whoever asks the same meanwhile waits for the same answer.
    const counted = { count: countView(this.#app, caller, filter, { most: COUNT_MAX, until }), countedAt: began, goodUntil: Infinity };
    this.#counted.set(key, counted);
    try {
      await counted.count;
      const done = performance.now();
      counted.goodUntil = done + (done - began) * GOOD_FOR_TIMES;
    } catch (error) {
      this.#counted.delete(key);
      throw error;
    }
    await nextTurn();
    return counted.count;
  }
}

/** Those who see the same share what is counted, unless the view is another for each of them. */
function keyOf(caller: Caller, filter: ViewFilter): string {
  const { agentId, permissions, teamIds, mateIds } = caller;
  const whose = permissions.includes('conversations:view-all') ? 'all' : [agentId, ...teamIds, ...mateIds, ...permissions];
  return JSON.stringify([whose, searched(filter, caller, 0)]);
}
