import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { en } from '../../console/texts/en.ts';
import { enContacts } from '../../console/texts/en-contacts.ts';
import { he } from '../../console/texts/he.ts';
import { heContacts } from '../../console/texts/he-contacts.ts';
import { browserTest } from '../helpers/browser.ts';
import { type House, openHouse, PASSWORD } from '../helpers/house.ts';
import { conversationIdsOf, newcomer } from '../server/merging-scene.ts';
import { accessibleIn } from './in-both-looks.ts';

const cases = [
  { language: 'he', locale: 'he-IL', of: { ...he, ...heContacts }, ruth: 'רות כהן', lead: 'ר׳', twin: 'אבי לוי' },
  { language: 'en', locale: 'en-US', of: { ...en, ...enContacts }, ruth: 'Ruth Cohen', lead: 'R.', twin: 'Avi Levi' },
] as const;

async function signIn(page: Page, house: House, text: (key: keyof typeof en) => string): Promise<void> {
  await page.goto(`${house.url}/console/`);
  await page.getByLabel(text('signIn.email')).fill('dana@shop.example');
  await page.getByLabel(text('signIn.password')).fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.locator('[data-bell]').waitFor();
}

describe.each(cases)('in $language', ({ language, locale, of, ruth, lead, twin }) => {
  browserTest(
    'a claim is confirmed beside the chat and taken back; duplicates are compared, merged and parted again',
    async ({ openPage }) => {
      const text = (key: keyof typeof en | keyof typeof enContacts, values: Record<string, string> = {}) =>
        (of[key] as string).replace(/\{(\w+)\}/g, (_, name: string) => `\u2068${values[name]}\u2069`);
      const house = await openHouse();
      const known = await newcomer(house, { name: ruth });
      await house.json('PATCH', `/api/contacts/${known.contactId}`, { phone: '050-123 4567' });
      const claimant = await newcomer(house, { name: lead, phone: '050-123 4567' });
      const [one, other] = [
        await newcomer(house, { name: twin, email: 'avi@shop.example', phone: '052-765 4321', company: 'Cacti' }),
        await newcomer(house, { name: `${twin} 2`, phone: '052-765 4321', fields: { size: 'L' } }),
      ];

      const desk = await openPage({ locale });
      await desk.setViewportSize({ width: 1_366, height: 768 });
      await signIn(desk, house, text);
      await desk.goto(`${house.url}/console/conversations/${claimant.conversationId}`);
      const line = desk.getByRole('region', { name: text('claim.ofOther', { name: ruth }) });
      await line.getByRole('button', { name: text('claim.confirm'), exact: true }).click();
      const panel = desk.getByRole('complementary', { name: text('contact.file') });
      await panel.getByText(ruth).first().waitFor();
      await expect.poll(() => conversationIdsOf(house, known.contactId)).toHaveLength(2);
      await desk.getByRole('button', { name: text('action.undo'), exact: true }).click();
      await desk.getByText(text('merge.undone')).waitFor();
      await panel.getByText(lead, { exact: true }).first().waitFor();
      await expect.poll(() => conversationIdsOf(house, known.contactId)).toHaveLength(1);
      expect(await line.count()).toBe(0);

      await desk.goto(`${house.url}/console/duplicates`);
      const row = desk.getByRole('listitem').filter({ hasText: `${twin} 2` });
      await row.waitFor();
      await accessibleIn(language)(desk, 'the duplicates');
      await desk.setViewportSize({ width: 1_366, height: 768 });
      await row.getByRole('button', { name: text('duplicate.compare') }).press('Enter');
      const dialog = desk.getByRole('dialog', { name: text('merge.title') });
      const names = dialog.getByRole('group', { name: text('merge.field.name') });
      await names.getByRole('radio').first().focus();
      await desk.keyboard.press('ArrowDown');
      await expect.poll(() => names.getByRole('radio').nth(1).isChecked()).toBe(true);
      await accessibleIn(language)(desk, 'the merge');
      await desk.setViewportSize({ width: 1_366, height: 768 });
      await dialog.getByRole('button', { name: text('merge.submit') }).click();
      await row.waitFor({ state: 'detached' });
      await expect.poll(() => conversationIdsOf(house, one.contactId)).toHaveLength(2);

      // An old link leads to the file that was kept, which lists the merge.
      await desk.goto(`${house.url}/console/contacts/${other.contactId}`);
      await desk.getByText('avi@shop.example').first().waitFor();
      await desk.getByRole('button', { name: text('merge.undo') }).click();
      await desk.getByText(text('merge.listUndone', { by: 'Dana' })).waitFor();
      await expect.poll(() => conversationIdsOf(house, other.contactId)).toEqual([other.conversationId]);
      await desk.getByRole('button', { name: text('split.open') }).click();
      await desk
        .getByRole('dialog', { name: text('split.title') })
        .getByRole('checkbox')
        .first()
        .waitFor();
      await accessibleIn(language)(desk, 'the split');
      // Whatever stands in the file can go: here the chat that is there to be chosen.
      const parting = desk.getByRole('dialog', { name: text('split.title') });
      await parting
        .getByRole('group', { name: text('split.items') })
        .getByRole('checkbox')
        .first()
        .check();
      await parting.getByRole('button', { name: text('split.submit') }).click();
      await desk.getByText(text('split.done')).waitFor();
      await expect.poll(() => conversationIdsOf(house, one.contactId)).toEqual([]);
    },
  );
});
