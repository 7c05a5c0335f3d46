import { setTimeout as sleep } from 'node:timers/promises';
import type { Memory, ServerProcess } from './server-process.ts';
import { WireClient } from './wire-client.ts';

/** Visitors that come and go before the measurement, so that what a server makes once is not counted as a visitor's. */
const FIRST_VISITORS = 300;
/** Longer than the timers of a handshake. */
const SETTLE_MS = 2_000;
const AT_ONCE = 50;

/** Kilobytes that each idle visitor adds to the server. */
export interface Weight {
  rssKb: number;
  heapKb: number;
}

/** What `visitors` cost the server that has only them, over WebSockets that say nothing; the server was started with --expose-gc. */
export async function weighIdleVisitors(server: ServerProcess, auth: object, visitors: number): Promise<Weight> {
  for (const client of await connectAll(server, auth, FIRST_VISITORS)) client.close();
  const before = await settle(server);
  const clients = await connectAll(server, auth, visitors);
  const after = await settle(server);
  for (const client of clients) client.close();
  const added = (figure: keyof Memory) => (after[figure] - before[figure]) / visitors / 1_024;
  return { rssKb: added('rss'), heapKb: added('heap') };
}

async function connectAll(server: ServerProcess, auth: object, count: number): Promise<WireClient[]> {
  const clients: WireClient[] = [];
  while (clients.length < count) {
    const dials = Array.from({ length: Math.min(AT_ONCE, count - clients.length) }, () =>
      WireClient.connect(server.url, '/visitor', { auth }),
    );
    clients.push(...(await Promise.all(dials)));
  }
  return clients;
}

async function settle(server: ServerProcess): Promise<Memory> {
  await sleep(SETTLE_MS);
  await server.memory();
  await sleep(200);
  return server.memory();
}
