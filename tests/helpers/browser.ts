import { join } from 'node:path';
import type { BrowserContext, BrowserContextOptions, Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { launchBrowser } from './chromium.ts';

const pictures = join(import.meta.dirname, '../../.cache/failed-tests');

/** A person with a browser of their own: nothing is shared with another one's, as if on another machine. */
export type Person = Pick<
  BrowserContextOptions,
  'locale' | 'colorScheme' | 'viewport' | 'reducedMotion' | 'hasTouch' | 'isMobile' | 'timezoneId' | 'storageState'
>;

/**
 * Vitest's `test` with real browsers. At the end every page is closed; after a failure each leaves a picture in
 * `.cache/failed-tests/`. An uncaught error, or anything that a content security policy refused, fails the test even
 * if nobody saw it on the screen.
 */
export const browserTest = test
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads from the pattern what a fixture needs
  .extend('browser', { scope: 'file' }, async ({}, { onCleanup }) => {
    const browser = await launchBrowser({ isWhole: false });
    onCleanup(() => browser.close());
    return browser;
  })
  .extend('openPage', async ({ browser, task }, { onCleanup }) => {
    const contexts: BrowserContext[] = [];
    const complaints: string[] = [];
    onCleanup(async () => {
      if (task.result?.state === 'fail') await takePictures(task.name, contexts);
      for (const context of contexts) await context.close();
      expect(complaints, 'errors in the pages').toEqual([]);
    });
    /** Opens a blank page of a new person. More tabs of the same person: `page.context().newPage()`. */
    return async (person: Person = {}): Promise<Page> => {
      const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1_280, height: 800 }, ...person });
      contexts.push(context);
      context.on('weberror', (error) => complaints.push(error.error().stack ?? error.error().message));
      context.on('console', (line) => {
        if (line.text().includes('Content Security Policy')) complaints.push(line.text());
      });
      return context.newPage();
    };
  });

/** The same in a browser with windows: only such a one shows notices of the desktop. */
export const wholeBrowserTest = browserTest
  // biome-ignore lint/correctness/noEmptyPattern: Vitest reads from the pattern what a fixture needs
  .extend('browser', { scope: 'file' }, async ({}, { onCleanup }) => {
    const browser = await launchBrowser();
    onCleanup(() => browser.close());
    return browser;
  });

async function takePictures(title: string, contexts: readonly BrowserContext[]): Promise<void> {
  const name = title.replaceAll(/[^\p{L}\p{N}]+/gu, '-').slice(0, 80);
  const pages = contexts.flatMap((context) => context.pages());
  for (const [number, page] of pages.entries()) {
    await page.screenshot({ path: join(pictures, `${name}-${number + 1}.png`), timeout: 5_000 }).catch(() => undefined);
  }
}
