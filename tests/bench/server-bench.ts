/**
 * `npm run bench:server`: the built Kesher beside the least that Socket.IO can do, in one run on this machine. Every
 * server is a process of its own, the load is this one. Ends with an error when a message was lost or doubled; that an
 * aim was missed is only said, for a busy machine misses it without anybody's fault.
 */
import { rm } from 'node:fs/promises';
import { cpus } from 'node:os';
import path from 'node:path';
import { buildIfChanged } from '../../.ci/build.mjs';
import { startPostgres } from '../helpers/postgres.ts';
import { AGENTS, type Contestant, openKesher, openRelay, startKesher, startRelay, VISITORS } from './contestants.ts';
import { table } from './figures.ts';
import { weighIdleVisitors } from './idle-memory.ts';
import { measureSpeeds, type Speed, summarize } from './throughput.ts';

const ROUNDS = 5;
const IDLE_VISITORS = [1_000, 5_000];
const aims = { rate: 0.75, p99: 2, memory: 1.3 };

await buildIfChanged();
const dist = path.resolve('dist');
console.log(`Node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model}); the load takes part of them.`);
const speeds = await compareSpeeds();
const memory = await compareMemory();
console.log(`\n${speeds}\n\n${memory}`);
process.exit();

async function compareSpeeds(): Promise<string> {
  const postgres = await startPostgres();
  try {
    console.log(`${VISITORS} visitors with one message on its way each, ${AGENTS} agents with their conversations open:`);
    const contestants = [
      await openRelay(),
      await openKesher('Kesher on SQLite', { dist }),
      await openKesher('Kesher on PostgreSQL', { dist, databaseUrl: postgres.url }),
    ];
    const rounds = await measureSpeeds(contestants, ROUNDS);
    for (const contestant of contestants) await contestant.finish();
    return speedTable(contestants, rounds.map(summarize));
  } finally {
    await postgres.stop();
  }
}

function speedTable(contestants: readonly Contestant[], speeds: readonly Speed[]): string {
  const bare = speeds[0] as Speed;
  const rows = contestants.map(({ name }, index) => {
    const speed = speeds[index] as Speed;
    const isBare = speed === bare;
    return [
      name,
      Math.round(speed.rate).toString(),
      isBare ? '' : judged(speed.rate / bare.rate, speed.rate / bare.rate >= aims.rate),
      `${speed.p50Ms.toFixed(1)} ms`,
      `${speed.p99Ms.toFixed(1)} ms`,
      isBare ? '' : judged(speed.p99Ms / bare.p99Ms, speed.p99Ms / bare.p99Ms <= aims.p99),
      `${speed.cpuUsPerMessage.toFixed(0)} µs`,
      `${speed.longestDelayMs.toFixed(0)} ms`,
    ];
  });
  const head = [
    '',
    'messages/s',
    `÷ bare (aim ≥ ${aims.rate})`,
    'p50',
    'p99',
    `÷ bare (aim ≤ ${aims.p99})`,
    'CPU a message',
    'longest delay',
  ];
  return [
    table(head, rows),
    `Medians of ${ROUNDS} interleaved rounds. Acknowledged = delivered = stored, counted after the last one. p50 and p99 are from a visitor's`,
    "send to the agent's screen. CPU is the server process with all its threads; PostgreSQL's own processes are not in it.",
  ].join('\n');
}

async function compareMemory(): Promise<string> {
  const rows: string[][] = [];
  for (const visitors of IDLE_VISITORS) {
    const relay = await startRelay(['--expose-gc']);
    const bare = await weighIdleVisitors(relay, {}, visitors);
    await relay.stop();
    const { server, api, dataDir } = await startKesher({ dist, hasLimits: true, flags: ['--expose-gc'] });
    const ours = await weighIdleVisitors(server, { inbox: api.inboxKey }, visitors);
    await server.stop();
    await rm(dataDir, { recursive: true, force: true });
    const row = (what: string, one: number, other: number) => [
      `${visitors} idle visitors: ${what}`,
      `${one.toFixed(1)} kB`,
      `${other.toFixed(1)} kB`,
      judged(other / one, other / one <= aims.memory),
    ];
    rows.push(row('heap each', bare.heapKb, ours.heapKb), row('resident memory each', bare.rssKb, ours.rssKb));
  }
  return `${table(['', 'bare Socket.IO', 'Kesher', `÷ bare (aim ≤ ${aims.memory})`], rows)}\nAfter garbage collection, beyond what the server holds without visitors.`;
}

function judged(ratio: number, isMet: boolean): string {
  return `${ratio.toFixed(2)}${isMet ? '' : ' (missed)'}`;
}
