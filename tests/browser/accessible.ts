/** Whether a screen, as it stands, can be used by everybody. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** WCAG 2.2 A and AA by axe, and nothing that has to be scrolled sideways. */
export async function expectAccessible(page: Page, screen: string, within = 'html'): Promise<void> {
  await expectNoViolations(page, screen, within);
  const tooWide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  expect(tooWide, `${screen} is too wide`).toBeLessThanOrEqual(0);
}

export async function expectNoViolations(page: Page, screen: string, within: string): Promise<void> {
  // Two frames on, whatever follows the size of the window has followed it.
  await page.evaluate(async () => {
    for (let frame = 0; frame < 2; frame += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
    await Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => undefined)));
  });
  const isAlone = page.frames().length === 1;
  const isBrought = isAlone && (await page.evaluate(() => 'axe' in window));
  const { violations } = await new AxeBuilder({ page, ...(isBrought && { axeSource: '0' }) })
    // Without frames there is nothing to bring together, for which axe would open another page each time.
    .setLegacyMode(isAlone)
    .include(within)
    // To spell out each element that is in order takes longer than all the looking.
    .options({ resultTypes: ['violations'], runOnly: { type: 'tag', values: tags }, preload: false })
    .analyze();
  const found = violations.map(({ id, help, nodes }) => `${id}: ${help} (${nodes.map((node) => node.target.join(' ')).join(', ')})`);
  expect(found, screen).toEqual([]);
}
