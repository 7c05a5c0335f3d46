/** What an edit of an answer costs the server that serves chats meanwhile, by the wall clock: in the whole server, over HTTP, as an administrator waits for it. */
import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as rest } from 'node:timers/promises';
import { pino } from 'pino';
import { readConfig } from '../../server/config.ts';
import { startServer } from '../../server/server.ts';
import type { Answer, AnswerTrial } from '../../shared/automatic-answer.ts';
import { median } from './figures.ts';

const EDITS = 12;
const PATIENCE_MS = 60_000;

export interface EditCost {
  /** From the reply to the edit until what was edited is answered. */
  liveMs: { median: number; longest: number };
  /** The longest stop of the main event loop, from the edit until it is live: by the clock, and what of it the thread was busy itself. */
  stopMs: { median: number; longest: number };
  busyMs: { median: number; longest: number };
  /** The same in seconds without an edit: what the machine does to everybody. */
  idleStopMs: { median: number; longest: number };
}

export async function measureEdits(answers: readonly { id: string; phrases: readonly string[] }[]): Promise<EditCost> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'kesher-edits-'));
  const { url, close } = await startServer({
    config: readConfig({ PORT: '0', DATA_DIR: dataDir, SETUP_CODE: 'benchmark', LOG_LEVEL: 'silent', LIMITS: 'off' }),
    assetsDir: 'dist',
    log: pino({ level: 'silent' }),
    onFatal: (error) => {
      throw error;
    },
  });
  let cookie = '';
  const call = async <Data>(method: string, route: string, body?: unknown): Promise<Data> => {
    const headers = { 'X-Kesher': '1', 'Content-Type': 'application/json', cookie };
    const response = await fetch(url + route, { method, headers, ...(body !== undefined && { body: JSON.stringify(body) }) });
    if (!response.ok) throw new Error(`${method} ${route}: ${response.status} ${await response.text()}`);
    cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? cookie;
    return (await response.json()) as Data;
  };
  try {
    await call('POST', '/api/setup', {
      code: 'benchmark',
      business: 'b',
      name: 'Dana',
      email: 'd@shop.example',
      password: 'bench-dev-world',
    });
    const file = answers.map(({ phrases: [title = '', ...phrasings] }, at) => ({
      question: { en: `${title} ${at}` },
      phrasings: phrasings.map((phrase) => phrase.slice(0, 300)),
      bodies: { en: { text: `Answer ${at}` } },
    }));
    await call('POST', '/api/answers/import', { format: 'json', text: JSON.stringify(file) });
    const { items } = await call<{ items: Answer[] }>('GET', '/api/answers?limit=200');
    await untilTried(call, 'anything at all', () => true);
    const lives: number[] = [];
    const stops: number[] = [];
    const busies: number[] = [];
    const idles: number[] = [];
    for (let edit = 0; edit < EDITS; edit += 1) {
      const { id, phrasings } = items[edit * 7] as Answer;
      const words = `the ${['blue', 'green', 'tall', 'round'][edit % 4]} ${['giraffe', 'submarine', 'accordion'][edit % 3]} of aunt ${'abcdefghijkl'[edit]}${'mnopqrstuvwx'[edit]}`;
      const idle = watchStops();
      await rest(1_000);
      idles.push(idle().byClock);
      const stop = watchStops();
      await call('PATCH', `/api/answers/${id}`, { phrasings: [...phrasings, words] });
      const savedAt = performance.now();
      await untilTried(call, words, (trial) =>
        [...trial.suggestions, ...(trial.nearest ?? [])].some(({ reason }) => reason.phrase === words),
      );
      lives.push(performance.now() - savedAt);
      const { byClock, busy } = stop();
      stops.push(byClock);
      busies.push(busy);
    }
    const of = (all: number[]) => ({ median: median(all.toSorted((one, other) => one - other)), longest: Math.max(...all) });
    return { liveMs: of(lives), stopMs: of(stops), busyMs: of(busies), idleStopMs: of(idles) };
  } finally {
    await close();
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function untilTried(
  call: (method: string, route: string, body: unknown) => Promise<AnswerTrial>,
  text: string,
  isSo: (trial: AnswerTrial) => boolean,
): Promise<void> {
  const end = performance.now() + PATIENCE_MS;
  for (;;) {
    const trial = await call('POST', '/api/answers/try', { text });
    if (trial.isUnready === undefined && isSo(trial)) return;
    if (performance.now() > end) throw new Error(`"${text}" was not learned in time.`);
  }
}

/** The returned function tells the longest stop since, in milliseconds: by the clock, and what of it the main thread was busy itself. */
function watchStops(): () => { byClock: number; busy: number } {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  let busy = 0;
  let last = ownTimeMs();
  const gauge = setInterval(() => {
    const now = ownTimeMs();
    busy = Math.max(busy, now - last);
    last = now;
  }, 1);
  return () => {
    delay.disable();
    clearInterval(gauge);
    return { byClock: delay.max / 1e6, busy };
  };
}

/** Processor time of this thread, without the one that learns; NaN where the system does not tell. */
function ownTimeMs(): number {
  try {
    return Number(readFileSync(`/proc/self/task/${process.pid}/schedstat`, 'utf8').split(' ')[0]) / 1e6;
  } catch {
    return Number.NaN;
  }
}
