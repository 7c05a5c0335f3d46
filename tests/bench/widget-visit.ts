import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Browser, CDPSession, Page } from 'playwright-core';

/** What one visit with one speed of processor cost; times are milliseconds of the browser's own clock. */
export interface VisitCost {
  scriptAtLoad: number;
  longAtLoad: number;
  scriptOnOpening: number;
  longOnOpening: number;
  longestOnOpening: number;
  toComposer: number;
  toRestored: number;
  shift: number;
}

export interface RestCost {
  requests: string[];
  cookies: number;
  elements: number;
  heap: number;
}

/** What page-eyes.mjs has seen. */
interface Eyes {
  long: number[];
  shift: number;
  clickedAt: number;
  focusedAt: number;
  restoredAt: number;
}

const eyes = { path: join(import.meta.dirname, 'page-eyes.mjs') };

/** One visitor: a page at rest, the window opened, a word sent, and the next page of the site. */
export async function visit(browser: Browser, url: string, options: { slowdown: number; hasWidget: boolean }): Promise<VisitCost> {
  const context = await browser.newContext({ locale: 'he-IL' });
  const page = await context.newPage();
  await page.addInitScript(eyes);
  if (!options.hasWidget) await page.route('**/widget.js', (route) => route.abort());
  const devtools = await context.newCDPSession(page);
  await devtools.send('Performance.enable');
  await devtools.send('Emulation.setCPUThrottlingRate', { rate: options.slowdown });
  try {
    await page.goto(`${url}/demo/`, { waitUntil: 'networkidle' });
    const atRest = await read(page);
    const scriptAtLoad = await scriptTime(devtools);
    if (!options.hasWidget) return { ...nothing, scriptAtLoad, longAtLoad: sum(atRest.long), shift: atRest.shift };
    // Here Playwright brings 330 kB of its own into the page, which must not count as the widget's.
    const spot = await page.locator('button.launcher').boundingBox();
    if (!spot) throw new Error('The launcher cannot be seen.');
    const closed = await read(page);
    const scriptWhileClosed = await scriptTime(devtools);
    await page.mouse.click(spot.x + spot.width / 2, spot.y + spot.height / 2);
    const composer = page.getByRole('dialog').getByRole('textbox');
    await seen(page, 'focusedAt');
    const opened = await read(page);
    const scriptOnOpening = (await scriptTime(devtools)) - scriptWhileClosed;
    await composer.fill('שלום');
    await composer.press('Enter');
    await page.locator('.mark[data-state="sent"]').waitFor();
    const talked = await read(page);
    await page.goto(`${url}/demo/product.html`);
    await seen(page, 'restoredAt');
    const restored = await read(page);
    const onOpening = opened.long.slice(closed.long.length);
    return {
      scriptAtLoad,
      longAtLoad: sum(atRest.long),
      scriptOnOpening,
      longOnOpening: sum(onOpening),
      longestOnOpening: Math.max(0, ...onOpening),
      toComposer: opened.focusedAt - opened.clickedAt,
      toRestored: restored.restoredAt,
      shift: talked.shift + restored.shift,
    };
  } finally {
    await context.close();
  }
}

/** What lies in the page while nobody has opened the window. */
export async function rest(browser: Browser, url: string, hasWidget: boolean): Promise<RestCost> {
  const context = await browser.newContext({ locale: 'he-IL' });
  const page = await context.newPage();
  const requests: string[] = [];
  page.on('request', (request) => {
    if (/\/widget(\.js|\/)|\/api\//.test(request.url())) requests.push(new URL(request.url()).pathname);
  });
  await page.addInitScript(eyes);
  if (!hasWidget) await page.route('**/widget.js', (route) => route.abort());
  const devtools = await context.newCDPSession(page);
  try {
    await page.goto(`${url}/demo/`, { waitUntil: 'networkidle' });
    const elements = await page.evaluate<number>('countElements(document)');
    await devtools.send('HeapProfiler.enable');
    await devtools.send('HeapProfiler.collectGarbage');
    await devtools.send('HeapProfiler.collectGarbage');
    const { usedSize } = await devtools.send('Runtime.getHeapUsage');
    return { requests, cookies: (await context.cookies()).length, elements, heap: usedSize };
  } finally {
    await context.close();
  }
}

const nothing = { scriptOnOpening: 0, longOnOpening: 0, longestOnOpening: 0, toComposer: 0, toRestored: 0 };

async function scriptTime(devtools: CDPSession): Promise<number> {
  const { metrics } = await devtools.send('Performance.getMetrics');
  return (metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? 0) * 1_000;
}

/** The demo's policy forbids what Playwright's own waiting evaluates in the page. */
async function seen(page: Page, what: 'focusedAt' | 'restoredAt'): Promise<void> {
  for (const until = Date.now() + 30_000; (await read(page))[what] === 0; await delay(200)) {
    if (Date.now() > until) throw new Error(`The page never told its ${what}.`);
  }
}

function read(page: Page): Promise<Eyes> {
  return page.evaluate<Eyes>('structuredClone(eyes)');
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
