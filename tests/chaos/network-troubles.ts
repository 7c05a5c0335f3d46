import type { Dice } from './dice.ts';
import type { Ledger } from './ledger.ts';
import type { Line } from './line.ts';
import type { Person } from './person.ts';

/** A dead connection is noticed within this time, whatever its owner does meanwhile. */
const NOTICED_WITHIN_MS = 20_000;

/** Reset; reset and refused for a while; only the server still hears; nobody hears; no network at all for a while; slow. */
const allTroubles = ['cut', 'cut', 'refuse', 'deaf', 'deaf', 'half-open', 'outage', 'lag', 'lag'] as const;
export type Trouble = (typeof allTroubles)[number];
type Later = (ms: number, job: () => void) => void;

interface TroubleOptions {
  /** Which lines can have troubles now. */
  lines: () => readonly Line[];
  troubles?: readonly Trouble[] | undefined;
  dice: Dice;
  /** Milliseconds from one to the next. */
  pace: readonly [least: number, most: number];
}

/** Gives lines small troubles, each some seconds long, until the returned function is called. */
export function troubleLines({ lines, troubles = allTroubles, dice, pace }: TroubleOptions): () => void {
  const ends = new Set<() => void>();
  const later: Later = (ms, job) => {
    const end = () => {
      clearTimeout(timer);
      ends.delete(end);
      job();
    };
    const timer = setTimeout(end, ms);
    ends.add(end);
  };
  const strike = () => {
    const troubled = lines();
    if (troubled.length > 0) trouble(dice.pick(troubled), dice.pick(troubles), dice, later);
    timer = setTimeout(strike, dice.between(...pace));
  };
  let timer = setTimeout(strike, dice.between(...pace));
  return () => {
    clearTimeout(timer);
    for (const end of [...ends]) end();
  };
}

function trouble(line: Line, kind: Trouble, dice: Dice, later: Later): void {
  const ms = dice.between(200, 3_000);
  switch (kind) {
    case 'cut':
      line.cut();
      return;
    case 'refuse':
      line.cut();
      line.isRefusing = true;
      later(ms, () => {
        line.isRefusing = false;
      });
      return;
    case 'deaf':
    case 'half-open': {
      const thaw = line.freeze({ downwards: kind === 'deaf' });
      const isCut = dice.chance(0.5);
      later(ms, () => (isCut ? line.cut() : thaw()));
      return;
    }
    case 'outage': {
      const thaw = line.freeze();
      line.isSilent = true;
      later(ms, () => {
        line.isSilent = false;
        thaw();
      });
      return;
    }
    case 'lag': {
      const most = dice.between(20, 300);
      line.lagMs = () => dice.between(0, most);
      later(ms, () => {
        line.lagMs = () => 0;
      });
    }
  }
}

/**
 * The connections of a person with one tab die without a word, and stay so. Resolves with the time until the tab noticed by itself;
 * what had gathered on them then arrives after all, late and for the second time. Too long a time is a violation.
 */
export function goHalfOpen(person: Person, ledger: Ledger): Promise<number> {
  const startedAt = performance.now();
  const thaws = person.lines.map((line) => line.freeze());
  return new Promise((resolve) => {
    const finish = () => {
      clearTimeout(timer);
      person.onLost = () => {};
      const tookMs = performance.now() - startedAt;
      if (tookMs > NOTICED_WITHIN_MS)
        ledger.accuse('unnoticed', `${person.name} did not notice a dead connection within ${NOTICED_WITHIN_MS} ms.`);
      // The tab has hung up by then, and what it said last goes first.
      setImmediate(() => {
        for (const thaw of thaws) thaw();
      });
      resolve(tookMs);
    };
    const timer = setTimeout(finish, NOTICED_WITHIN_MS + 1);
    person.onLost = finish;
  });
}
