/** Whether a screen can be used by everybody, light and dark, on a laptop and on a phone. */
import type { Page } from 'playwright-core';
import { expectAccessible } from './accessible.ts';
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
