/**
 * `npm run bench:widget`: what the widget costs the page that carries it, as a real browser fetches it from the built
 * product: requests and bytes (minified, brotli) before the window is opened, and until a message can be sent.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { brotliCompressSync } from 'node:zlib';
import type { Page, Response } from 'playwright-core';
import { ServedKesher } from '../chaos/served-kesher.ts';
import { openShop } from '../chaos/shop.ts';
import { launchBrowser } from '../helpers/chromium.ts';

interface Fetched {
  what: string;
  min: number;
  brotli: number;
}

const dataDir = await mkdtemp(path.join(tmpdir(), 'kesher-bench-'));
const server = await ServedKesher.prepare({ dist: path.resolve('dist'), dataDir });
await server.start();
const browser = await launchBrowser();
try {
  await openShop(server.url, []);
  const { before, opened } = await measure(await browser.newPage({ locale: 'he-IL' }), server.url);
  print('Before the window is opened', before);
  print('From the click until a message can be sent', opened);
  console.log(
    `Everything needed to chat: ${kilobytes(total([...before, ...opened]))} in ${before.length + opened.length} requests and one socket`,
  );
} finally {
  await browser.close();
  await server.kill();
  await rm(dataDir, { recursive: true, force: true });
}

async function measure(page: Page, url: string): Promise<{ before: Fetched[]; opened: Fetched[] }> {
  let current: Promise<Fetched>[] = [];
  page.on('response', (response) => {
    if (/\/widget(\.js|\/)|\/api\//.test(new URL(response.url()).pathname)) current.push(weigh(response));
  });
  await page.goto(`${url}/demo/`, { waitUntil: 'networkidle' });
  const before = await Promise.all(current);
  current = [];
  await page.locator('button.launcher').click();
  const composer = page.getByRole('dialog').getByRole('textbox');
  await composer.fill('שלום');
  await composer.press('Enter');
  await page.locator('.mark[data-state="sent"]').waitFor();
  return { before, opened: await Promise.all(current) };
}

async function weigh(response: Response): Promise<Fetched> {
  const body = await response.body();
  return { what: new URL(response.url()).pathname, min: body.length, brotli: brotliCompressSync(body).length };
}

function total(fetched: readonly Fetched[]): number {
  return fetched.reduce((sum, { brotli }) => sum + brotli, 0);
}

function print(title: string, fetched: readonly Fetched[]): void {
  console.log(`\n${title}: ${fetched.length} requests, ${kilobytes(total(fetched))}`);
  for (const { what, min, brotli } of fetched) {
    console.log(`  ${what.padEnd(44)} ${String(min).padStart(8)} B min ${String(brotli).padStart(7)} B brotli`);
  }
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1_000).toFixed(1)} kB (min + brotli)`;
}
