import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import type { Browser } from 'playwright-core';

interface Peer {
  name: string;
  /** As npm names it, with its exact version. Unpacked to be weighed, never installed. */
  packed: string;
  /** The page that carries it; what it fetches by itself is weighed. Addresses begin at the package's folder. */
  page: string;
}

/** Chat widgets under the MIT licence whose packages hold what a browser fetches. */
const peers: readonly Peer[] = [
  {
    name: 'Rocket.Chat livechat 1.13.3',
    packed: '@rocket.chat/livechat@1.13.3',
    page: ['0.chunk.44660', 'polyfills.b843f', 'vendors~bundle.chunk.8a189', 'bundle.31a95']
      .map((file) => `<script src="/livechat/${file}.js"></script>`)
      .join(''),
  },
  {
    name: 'Deep Chat 2.4.2',
    packed: 'deep-chat@2.4.2',
    page: '<script type="module" src="/dist/deepChat.bundle.js"></script><deep-chat demo="true"></deep-chat>',
  },
];

export interface PeerWeight {
  name: string;
  requests: number;
  min: number;
  brotli: number;
}

/** What each peer fetches of its own before its window stands, or null where its package cannot be had. */
export async function weighPeers(browser: Browser, cache: string): Promise<{ name: string; weight: PeerWeight | null }[]> {
  const weighed = [];
  for (const peer of peers) {
    const folder = unpack(peer.packed, cache);
    weighed.push({ name: peer.name, weight: folder === null ? null : await weigh(browser, peer, folder) });
  }
  return weighed;
}

function unpack(packed: string, cache: string): string | null {
  const folder = join(cache, packed.replace(/\W+/g, '-'));
  const inside = join(folder, 'package');
  if (existsSync(inside)) return inside;
  mkdirSync(folder, { recursive: true });
  const pack = spawnSync('npm', ['pack', packed, '--silent', '--pack-destination', folder], { encoding: 'utf8' });
  const archive = pack.stdout?.trim().split('\n').at(-1);
  if (pack.status !== 0 || !archive) return null;
  return spawnSync('tar', ['-xzf', join(folder, archive), '-C', folder]).status === 0 ? inside : null;
}

async function weigh(browser: Browser, { name, page: html }: Peer, folder: string): Promise<PeerWeight> {
  const weight = { name, requests: 0, min: 0, brotli: 0 };
  const server = createServer((request, response) => {
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://peer').pathname);
    if (path === '/') return response.setHeader('Content-Type', 'text/html').end(`<!doctype html><meta charset="utf-8"><body>${html}`);
    const file = [join(folder, path), join(folder, path.replace('/livechat/', '/build/'))].find(existsSync);
    if (!file || !/\.(js|css)$/.test(file)) return response.writeHead(404).end();
    const content = readFileSync(file);
    weight.requests += 1;
    weight.min += content.length;
    weight.brotli += brotliCompressSync(content).length;
    return response.setHeader('Content-Type', file.endsWith('.css') ? 'text/css' : 'text/javascript').end(content);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const page = await browser.newPage();
  try {
    await page.goto(`http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/`, { waitUntil: 'networkidle' });
  } finally {
    await page.close();
    server.closeAllConnections();
    server.close();
  }
  return weight;
}
