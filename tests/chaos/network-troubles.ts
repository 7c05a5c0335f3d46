import type { Dice } from './dice.ts';
import type { Ledger } from './ledger.ts';
import type { Line } from './line.ts';
import type { Person } from './person.ts';

/** A dead connection is noticed within this time, whatever its owner does meanwhile. */
const NOTICED_WITHIN_MS = 20_000;

/** Gives lines small troubles of all kinds, each some seconds long, until the returned function is called. */
export function troubleLines(
  people: readonly Person[],
  isSpared: (line: Line) => boolean,
  dice: Dice,
  pace: readonly [number, number],
): () => void {
  const ends = new Set<() => void>();
  const later = (ms: number, job: () => void) => {
    const end = () => {
      clearTimeout(timer);
      ends.delete(end);
      job();
    };
    const timer = setTimeout(end, ms);
    ends.add(end);
  };
  let timer: NodeJS.Timeout;
  const next = () => {
    timer = setTimeout(
      () => {
        const lines = people.flatMap((person) => person.lines).filter((line) => !isSpared(line));
        if (lines.length > 0) trouble(dice.pick(lines), dice, later);
        next();
      },
      dice.between(...pace),
    );
  };
  next();
  return () => {
    clearTimeout(timer);
    for (const end of [...ends]) end();
  };
}

function trouble(line: Line, dice: Dice, later: (ms: number, job: () => void) => void): void {
  const kind = dice.pick(['cut', 'cut', 'refuse', 'deaf', 'deaf', 'half-open', 'outage', 'lag', 'lag'] as const);
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
