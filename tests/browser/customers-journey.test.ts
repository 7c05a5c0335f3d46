import { describe, expect } from 'vitest';
import { en as firstEnglish } from '../../console/texts/en.ts';
import { enContacts } from '../../console/texts/en-contacts.ts';
import { enCustomers } from '../../console/texts/en-customers.ts';
import { he as firstHebrew } from '../../console/texts/he.ts';
import { heContacts } from '../../console/texts/he-contacts.ts';
import { heCustomers } from '../../console/texts/he-customers.ts';
import type { CustomerPage } from '../../shared/customer.ts';
import { browserTest } from '../helpers/browser.ts';
import { openHouse, PASSWORD } from '../helpers/house.ts';
import { accessibleIn } from './in-both-looks.ts';

const cases = [
  {
    language: 'he',
    locale: 'he-IL',
    of: { ...firstHebrew, ...heContacts, ...heCustomers },
    file: ['שם,טלפון,תגיות', 'רות כהן,050-1234567,vip', 'דן לוי,052-7654321,', 'נועה,12,'].join('\n'),
    names: ['דן לוי', 'רות כהן'],
  },
  {
    language: 'en',
    locale: 'en-US',
    of: { ...firstEnglish, ...enContacts, ...enCustomers },
    file: ['Name,Phone,Tags', 'Ruth Cohen,050-1234567,vip', 'Dan Levi,052-7654321,', 'Noa,12,'].join('\n'),
    names: ['Dan Levi', 'Ruth Cohen'],
  },
] as const;

const seen = { timeout: 30_000, interval: 200 };

describe.each(cases)('in $language', ({ language, locale, of, file, names }) => {
  browserTest(
    'customers come in from a file, are found by a filter, kept as a segment, changed together and taken away',
    async ({ openPage }) => {
      const text = (key: keyof typeof of, form: 'one' | 'two' | 'other' = 'one') => {
        const words = of[key] as string | Record<string, string>;
        return typeof words === 'string' ? words : (words[form] ?? words.other ?? '');
      };
      const house = await openHouse();
      const page = await openPage({ locale });
      await page.goto(`${house.url}/console/contacts/import`);
      await page.getByLabel(text('signIn.email')).fill('dana@shop.example');
      await page.getByLabel(text('signIn.password')).fill(PASSWORD);
      await page.keyboard.press('Enter');
      await page.locator('[data-bell]').waitFor();
      await page.goto(`${house.url}/console/contacts/import`);

      await page.locator('input[type=file]').setInputFiles({ name: 'customers.csv', mimeType: 'text/csv', buffer: Buffer.from(file) });
      await page.getByRole('button', { name: text('customers.importCheck') }).click();
      await page.getByText(text('customers.reason.phone')).first().waitFor();
      expect((await house.json<CustomerPage>('GET', '/api/customers')).items).toEqual([]);
      await accessibleIn(language)(page, 'a checked import');
      await page.setViewportSize({ width: 1_280, height: 800 });
      const [refused] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name: text('customers.importFetchRefused') }).click(),
      ]);
      expect(refused.suggestedFilename()).toContain('refused');
      // What is put into a phrase stands between marks of direction.
      const run = language === 'he' ? text('customers.importRun', 'two') : /Import.*2.*customers/;
      await page.getByRole('button', { name: run }).click();
      await page.getByRole('link', { name: text('customers.importToList') }).click();

      const links = page.locator('[data-customer]');
      await expect.poll(() => links.count(), seen).toBe(2);
      await page.getByRole('button', { name: text('customers.column.name'), exact: true }).click();
      await expect
        .poll(async () => (await links.allTextContents()).map((line) => names.findIndex((name) => line.includes(name))), seen)
        .toEqual([0, 1]);
      await accessibleIn(language)(page, 'customers');
      await page.setViewportSize({ width: 1_280, height: 800 });

      await page.getByRole('button', { name: text('customers.filter.title'), exact: true }).click();
      await page.getByRole('button', { name: text('customers.filter.add') }).click();
      await page.getByRole('combobox', { name: text('customers.filter.topic') }).selectOption('tag');
      await page.getByRole('combobox', { name: text('customers.filter.addValue') }).fill('vip');
      await page.keyboard.press('Enter');
      await expect.poll(() => links.count(), seen).toBe(1);
      await accessibleIn(language)(page, 'a filter of customers');
      await page.setViewportSize({ width: 1_280, height: 800 });
      await page.getByRole('button', { name: text('customers.saveSegment') }).click();
      await page.getByRole('dialog').getByRole('textbox').fill('VIP');
      await page.keyboard.press('Enter');
      const segment = page.getByRole('navigation').getByRole('link', { name: /VIP/ });
      await expect.poll(() => segment.textContent(), seen).toContain('1');

      await page.getByRole('link', { name: text('customers.everybody') }).click();
      await expect.poll(() => links.count(), seen).toBe(2);
      await links.first().focus();
      await page.keyboard.press('Space');
      await page.keyboard.press('ArrowDown');
      await page.keyboard.press('Space');
      const bar = page.getByRole('toolbar');
      await bar.getByRole('button', { name: text('customers.change'), exact: true }).click();
      await page.getByRole('dialog').getByRole('textbox').fill('vip');
      await page
        .getByRole('dialog')
        .getByRole('button', { name: text('customers.change'), exact: true })
        .click();
      await expect.poll(() => segment.textContent(), seen).toContain('2');
      await page.getByRole('button', { name: text('customers.undo') }).click();
      await expect.poll(() => segment.textContent(), seen).toContain('1');

      await page
        .getByRole('button', { name: text('customers.export') })
        .first()
        .click();
      const [taken] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('menuitem', { name: text('customers.export.xlsx') }).click(),
      ]);
      expect(taken.suggestedFilename()).toMatch(/^customers-.*\.xlsx$/);
    },
  );
});
