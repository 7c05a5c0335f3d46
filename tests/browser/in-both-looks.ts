/** Whether a screen can be used by everybody, light and dark, on a laptop and on a phone. */
import { AxeBuilder } from '@axe-core/playwright';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import type { Language } from './chat-scene.ts';

interface Look {
  colorScheme: 'light' | 'dark';
  width: number;
}

/** Each language on both screens and in both themes; together the four ways that they go with one another. */
const looks: Record<Language, readonly Look[]> = {
  he: [
    { colorScheme: 'light', width: 1_280 },
    { colorScheme: 'dark', width: 375 },
  ],
  en: [
    { colorScheme: 'dark', width: 1_280 },
    { colorScheme: 'light', width: 375 },
  ],
};

/** The page stays as it stands and is looked at in one look after the other: what has been done on it is not done again. */
export function accessibleIn(language: Language): (page: Page, screen: string, within?: string) => Promise<void> {
  return async (page, screen, within = 'html') => {
    for (const look of looks[language]) {
      await page.emulateMedia({ colorScheme: look.colorScheme });
      await page.setViewportSize({ width: look.width, height: 740 });
      await expectAccessible(page, `${screen}, ${look.colorScheme}, ${look.width} px wide`, within);
    }
  };
}

/** WCAG 2.2 A and AA by axe, and nothing that has to be scrolled sideways. */
async function expectAccessible(page: Page, screen: string, within: string): Promise<void> {
  // Two frames on, whatever follows the size of the window has followed it.
  await page.evaluate(async () => {
    for (let frame = 0; frame < 2; frame += 1) await new Promise((resolve) => requestAnimationFrame(resolve));
    await Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => undefined)));
  });
  const { violations } = await new AxeBuilder({ page })
    // Without frames there is nothing to bring together, for which axe would open another page each time.
    .setLegacyMode(page.frames().length === 1)
    .include(within)
    .withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'])
    .analyze();
  const found = violations.map(({ id, help, nodes }) => `${id}: ${help} (${nodes.map((node) => node.target.join(' ')).join(', ')})`);
  expect(found, screen).toEqual([]);
  expect(await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth), `${screen} is too wide`).toBeLessThanOrEqual(
    0,
  );
}
