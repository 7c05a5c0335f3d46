import { setTimeout as sleep } from 'node:timers/promises';
import type { Contestant } from './contestants.ts';
import { median, quantile } from './figures.ts';
import type { Effort } from './server-process.ts';

const FIRST_WARM_UP_MS = 3_000;
const WARM_UP_MS = 700;
const WATCHED_MS = 4_000;

export interface Speed {
  /** Acknowledged messages a second. */
  rate: number;
  p50Ms: number;
  p99Ms: number;
  /** Of all threads of the server's process; a database of its own is not in it. */
  cpuUsPerMessage: number;
  longestDelayMs: number;
}

/** Each contestant in turn, several times over, so that a noisy neighbour disturbs all of them alike. One list of rounds for each. */
export async function measureSpeeds(contestants: readonly Contestant[], rounds: number): Promise<Speed[][]> {
  const speeds: Speed[][] = contestants.map(() => []);
  for (let round = 0; round < rounds; round += 1) {
    for (const [index, contestant] of contestants.entries()) {
      const speed = await measureOnce(contestant, round === 0 ? FIRST_WARM_UP_MS : WARM_UP_MS);
      speeds[index]?.push(speed);
      console.log(`  round ${round + 1} of ${rounds}, ${contestant.name}: ${Math.round(speed.rate)} messages/s`);
    }
  }
  return speeds;
}

/** Every figure's median over the rounds. */
export function summarize(rounds: readonly Speed[]): Speed {
  const of = (figure: keyof Speed) => median(rounds.map((round) => round[figure]));
  return {
    rate: of('rate'),
    p50Ms: of('p50Ms'),
    p99Ms: of('p99Ms'),
    cpuUsPerMessage: of('cpuUsPerMessage'),
    longestDelayMs: of('longestDelayMs'),
  };
}

async function measureOnce({ server, crowd }: Contestant, warmUpMs: number): Promise<Speed> {
  let effort: Effort = { cpuMs: 0, longestDelayMs: 0 };
  const { acknowledged, seconds, latenciesMs } = await crowd.chat(warmUpMs, async () => {
    await server.begin();
    await sleep(WATCHED_MS);
    effort = await server.end();
  });
  return {
    rate: acknowledged / seconds,
    p50Ms: quantile(latenciesMs, 0.5),
    p99Ms: quantile(latenciesMs, 0.99),
    cpuUsPerMessage: (effort.cpuMs * 1_000) / acknowledged,
    longestDelayMs: effort.longestDelayMs,
  };
}
