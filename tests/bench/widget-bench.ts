/**
 * `npm run bench:widget`: what the widget costs the page that carries it, measured in a real browser on the built product,
 * beside its budgets and two other widgets. `-- 9` visits nine times instead of five. Of the times the quietest visit's is
 * printed, because a neighbour on the machine only ever adds to them.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, loadavg, tmpdir } from 'node:os';
import path from 'node:path';
import type { Browser } from 'playwright-core';
import { ServedKesher } from '../chaos/served-kesher.ts';
import { openShop } from '../chaos/shop.ts';
import { launchBrowser } from '../helpers/chromium.ts';
import { budgetOf, widgetBudget, widgetFallbacks } from '../helpers/widget-budget.ts';
import { readWidgetFiles, type WidgetFile } from '../helpers/widget-files.ts';
import { table } from './figures.ts';
import { weighPeers } from './peers.ts';
import { rest, type VisitCost, visit } from './widget-visit.ts';

const dist = path.resolve('dist');
const visits = Number(process.argv[2] ?? 5);
/** What others published of themselves or was measured elsewhere, in kB; given, not measured here. */
const given = [
  ['a minimal chat on Preact and socket.io-client', 19.5],
  ['Typebot', 164],
  ['Libredesk', 200],
  ['Rocket.Chat', 376],
  ['Chatwoot', 479],
] as const;

const files = readWidgetFiles(dist);
const largest = files.languages.toSorted((one, other) => other.brotli - one.brotli)[0] as WidgetFile;
const dataDir = await mkdtemp(path.join(tmpdir(), 'kesher-bench-'));
const server = await ServedKesher.prepare({ dist, dataDir });
await server.start();
const browser = await launchBrowser();
try {
  await openShop(server.url, []);
  console.log(`Load of the machine: ${loadavg()[0]?.toFixed(1)} on ${cpus().length} cores. Times are the quietest of ${visits} visits.\n`);
  await printSizes(browser);
  await printRest(browser);
  await printTimes(browser);
  printParts();
} finally {
  await browser.close();
  await server.kill();
  await rm(dataDir, { recursive: true, force: true });
}

async function printSizes(within: Browser): Promise<void> {
  const { loader, application } = files;
  const chat = { min: application.min + largest.min, brotli: application.brotli + largest.brotli };
  const rows = [
    ['Kesher before opening (loader)', '1', bytes(loader.min), bytes(loader.brotli), bytes(widgetBudget.loader)],
    [`Kesher to chat (application, ${largest.name})`, '2', bytes(chat.min), bytes(chat.brotli), bytes(widgetBudget.chat)],
  ];
  for (const { name, weight } of await weighPeers(within, path.resolve('.cache', 'peers'))) {
    rows.push(
      weight
        ? [name, String(weight.requests), bytes(weight.min), bytes(weight.brotli), '']
        : [`${name} (its package cannot be had)`, '', '', '', ''],
    );
  }
  for (const [name, kilobytes] of given) rows.push([`${name} (given)`, '', '', bytes(kilobytes * 1_000), '']);
  console.log(`${table(['own files', 'requests', 'min, B', 'brotli, B', 'budget, B'], rows)}\n`);
}

async function printRest(within: Browser): Promise<void> {
  const [bare, carrying] = [await rest(within, server.url, false), await rest(within, server.url, true)];
  const heap = (carrying.heap - bare.heap) / 1_000_000;
  const rows = [
    ['requests', String(carrying.requests.length), '2'],
    ['cookies', String(carrying.cookies), '0'],
    ['elements', String(carrying.elements - bare.elements), '10'],
    ['heap, MB', heap.toFixed(3), '0.15'],
  ];
  console.log(`${table(['before opening', 'widget', 'aim'], rows)}\n`);
}

async function printTimes(within: Browser): Promise<void> {
  const columns: string[][] = [];
  for (const slowdown of [1, 4]) {
    const costs: VisitCost[] = [];
    const bare: VisitCost[] = [];
    for (let at = 0; at < visits; at += 1) {
      bare.push(await visit(within, server.url, { slowdown, hasWidget: false }));
      costs.push(await visit(within, server.url, { slowdown, hasWidget: true }));
    }
    const of = (key: keyof VisitCost) => Math.min(...costs.map((cost) => cost[key]));
    const bareOf = (key: keyof VisitCost) => Math.min(...bare.map((cost) => cost[key]));
    columns.push([
      ms(of('scriptAtLoad') - bareOf('scriptAtLoad')),
      ms(of('longAtLoad') - bareOf('longAtLoad')),
      ms(of('scriptOnOpening')),
      ms(of('longOnOpening')),
      ms(of('longestOnOpening')),
      ms(of('toComposer')),
      ms(of('toRestored')),
      Math.max(...costs.map(({ shift }) => shift)).toFixed(4),
    ]);
  }
  const names = [
    'script at load, beyond the page itself',
    'long tasks at load, beyond the page itself',
    'script on opening',
    'long tasks on opening',
    'the longest of them',
    'from the click to a focused composer',
    'from navigation to the restored panel',
    'layout shift (CLS), both pages, worst visit',
  ];
  const aims = ['', '0 ms', '', '50 ms', '50 ms', '', '', '0'];
  const rows = names.map((name, row) => [name, columns[0]?.[row] ?? '', columns[1]?.[row] ?? '', aims[row] ?? '']);
  console.log(`${table(['', 'processor as it is', '4 × slower', 'aim at 4 ×'], rows)}\n`);
}

function printParts(): void {
  const parts = [...files.languages, ...files.lazy];
  const rows = parts.map((part) => {
    const budget = files.languages.includes(part) ? widgetBudget.language : budgetOf(part.name);
    const reason = widgetFallbacks[part.name]?.reason ?? '';
    return [part.name, bytes(part.min), bytes(part.brotli), bytes(budget), part.brotli <= budget ? reason : 'OVER'];
  });
  console.log(table(['part', 'min, B', 'brotli, B', 'budget, B', ''], rows));
}

function bytes(count: number): string {
  return Math.round(count).toLocaleString('en');
}

function ms(value: number): string {
  return `${Math.max(0, value).toFixed(0)} ms`;
}
