import { describe, expect } from 'vitest';
import { browserTest } from '../helpers/browser.ts';
import { openHouse } from '../helpers/house.ts';
import { accessibleIn } from './in-both-looks.ts';

const words = {
  he: { search: 'חיפוש נתיבים', copied: 'הועתק', copy: 'העתקה' },
  en: { search: 'Search routes', copied: 'Copied', copy: 'Copy' },
};

describe.each(['he', 'en'] as const)('in %s', (language) => {
  browserTest(
    'a developer finds a route on the page of documentation, and takes its call along, by keyboard alone',
    async ({ openPage }) => {
      const house = await openHouse();
      const page = await openPage();
      const errors: string[] = [];
      page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
      await page.context().grantPermissions(['clipboard-read', 'clipboard-write'], { origin: house.url });
      await page.goto(`${house.url}/api/docs?language=${language}`);
      const all = await page.locator('details[data-words]:visible').count();
      expect(all).toBeGreaterThan(140);

      await page.getByRole('searchbox', { name: words[language].search }).focus();
      await page.keyboard.type('patch contacts/{id} file');
      const found = page.locator('details[data-words]:visible');
      await expect.poll(() => found.count()).toBe(1);
      await page.keyboard.press('Tab');
      await page.keyboard.press('Enter');
      await expect.poll(() => found.first().evaluate((part) => (part as HTMLDetailsElement).open)).toBe(true);
      const copy = found.getByRole('button', { name: words[language].copy });
      await copy.focus();
      await page.keyboard.press('Enter');
      await found.getByRole('button', { name: words[language].copied }).waitFor();
      const taken = await page.evaluate(() => navigator.clipboard.readText());
      expect(taken).toContain(`curl -X PATCH '${house.url}/api/contacts/{id}'`);
      await accessibleIn(language)(page, `documentation in ${language}`);

      await page.getByRole('searchbox').fill('nothing of the kind');
      await page.locator('#nothing:visible').waitFor();
      await page.goto(`${house.url}/api/docs?language=${language}#schema-Contact`);
      await expect.poll(() => page.locator('#schema-Contact').evaluate((part) => (part as HTMLDetailsElement).open)).toBe(true);
      expect(errors).toEqual([]);
    },
  );
});
