import { nanoid } from 'nanoid';
import { describe, expect } from 'vitest';
import { enSales } from '../../console/texts/en-sales.ts';
import { enTasks } from '../../console/texts/en-tasks.ts';
import { enTickets } from '../../console/texts/en-tickets.ts';
import { heSales } from '../../console/texts/he-sales.ts';
import { heTasks } from '../../console/texts/he-tasks.ts';
import { heTickets } from '../../console/texts/he-tickets.ts';
import type { Contact } from '../../shared/contact.ts';
import { browserTest } from '../helpers/browser.ts';
import { expectAccessible } from './accessible.ts';
import { openScene } from './chat-scene.ts';
import { accessibleIn } from './in-both-looks.ts';

const shelves = { he: [heSales, heTickets, heTasks], en: [enSales, enTickets, enTasks] } as const;
const worlds = [
  {
    language: 'he',
    name: 'רות כהן',
    says: 'מתי יוצא המשלוח?',
    field: 'יום הולדת',
    company: 'משתלות הגליל',
    tag: 'VIP',
    day: /1984/,
    wrong: 'לא טלפון',
  },
  {
    language: 'en',
    name: 'Ruth Cohen',
    says: 'When does it leave?',
    field: 'Birthday',
    company: 'Galilee Nurseries',
    tag: 'גינון',
    day: /1984/,
    wrong: 'no phone',
  },
] as const;

describe.each(worlds)('in $language', ({ language, name, says, field, company, tag, day, wrong }) => {
  browserTest(
    'an administrator makes a field, and an agent fills the file beside the chat while a colleague watches',
    async ({ openPage }) => {
      const { agent, visitor } = await openScene(openPage, language);
      const { page } = agent;
      const text = agent.text.bind(agent);
      const expectAccessibleInBothLooks = accessibleIn(language);
      await visitor.openChat();
      await visitor.say(says);

      await page.goto(`${agent.line.url}/console/settings/fields`);
      await page.getByRole('button', { name: text('fields.add') }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByRole('textbox', { name: text('fields.name') }).fill(field);
      await dialog.getByRole('combobox', { name: text('fields.kind') }).selectOption('date');
      await dialog.getByRole('textbox', { name: text('fields.key') }).fill('Birth day');
      await dialog.getByRole('button', { name: text('action.save') }).click();
      await dialog.getByText(text('fields.error.key')).waitFor();
      await expectAccessibleInBothLooks(page, 'field dialog');
      await dialog.getByRole('textbox', { name: text('fields.key') }).fill('birthday');
      await dialog.getByRole('button', { name: text('action.save') }).click();
      await page.getByRole('listitem').filter({ hasText: 'birthday' }).waitFor();
      await expectAccessibleInBothLooks(page, 'fields');

      await page.setViewportSize({ width: 1_366, height: 768 });
      await page.goto(`${agent.line.url}/console/conversations?view=open`);
      await agent.rows.first().click();
      const file = agent.file;
      const edit = (label: string) => file.getByRole('button', { name: new RegExp(label) });
      const put = async (label: string, value: string) => {
        await edit(label).first().click();
        await page.keyboard.type(value);
        await page.keyboard.press('Enter');
      };
      await put(text('contact.editName'), name);
      await file.getByText(name, { exact: true }).waitFor();
      await put(text('contact.editPhone'), wrong);
      await file.getByRole('alert').getByText(text('contact.invalidPhone')).waitFor();
      await page.keyboard.press('Control+a');
      await page.keyboard.type('050-123-4567');
      await page.keyboard.press('Enter');
      await file.getByText('+972501234567').waitFor();

      // Without a mouse: the company is made on the way, and the list closes with the focus where it came from.
      await edit(text('contact.editCompany')).focus();
      await page.keyboard.press('Enter');
      await page.keyboard.type(company);
      await file.getByRole('option', { name: new RegExp(company) }).waitFor();
      await expectAccessible(page, 'choosing a company');
      await page.setViewportSize({ width: 1_366, height: 768 });
      await page.keyboard.press('Enter');
      await file.getByRole('link', { name: text('card.openCompany') }).waitFor();
      await expect.poll(() => edit(text('contact.editCompany')).evaluate((button) => button === document.activeElement)).toBe(true);

      await file.getByRole('button', { name: text('tags.add') }).click();
      await page.keyboard.type(tag);
      await page.keyboard.press('Enter');
      await file.getByText(tag, { exact: true }).waitFor();
      await page.keyboard.press('Escape');
      await edit(field).click();
      await file.locator('input[type=date]').fill('1984-02-29');
      await page.keyboard.press('Enter');
      await file.getByText(day).waitFor();
      await edit(text('contact.claimed'))
        .or(edit(text('card.noted')))
        .first()
        .click();
      await page.getByRole('menuitem', { name: text('card.confirm') }).click();
      await file.getByText(text('contact.verified')).waitFor();
      await expectAccessible(page, 'file beside the chat');

      // Who it is, what it has bought and what is open stand within the first screen of a small laptop.
      await page.setViewportSize({ width: 1_366, height: 768 });
      const [sales, tickets, tasks] = shelves[language];
      for (const title of [sales['purchases.title'], tickets['tickets.title'], tasks['todo.fileTitle']].map(String)) {
        const heading = file.getByRole('heading', { name: title, exact: true });
        await heading.waitFor();
        await expect.poll(() => heading.evaluate((one) => one.getBoundingClientRect().bottom)).toBeLessThan(768);
      }

      // On the page of the file a colleague's change appears by itself.
      await page.setViewportSize({ width: 1_366, height: 768 });
      const headers = { 'X-Kesher': '1' };
      const { items } = (await (await page.request.get(`${agent.line.url}/api/contacts`, { headers })).json()) as { items: Contact[] };
      const contact = items[0] as Contact;
      expect(contact).toMatchObject({ name, company, tags: [tag], values: { birthday: '1984-02-29' } });
      await page.goto(`${agent.line.url}/console/contacts/${contact.id}`);
      await page.getByText(company).first().waitFor();
      await page.request.patch(`${agent.line.url}/api/contacts/${contact.id}`, { headers, data: { tags: [tag, 'from a colleague'] } });
      await page.getByText('from a colleague', { exact: true }).waitFor();
      await page.getByRole('button', { name: text('consent.open') }).click();
      await dialog.getByRole('button', { name: text('consent.save') }).click();
      await dialog
        .getByRole('listitem')
        .filter({ hasText: text('consent.kind.email') })
        .waitFor();
      await expectAccessibleInBothLooks(page, 'consents');
      await page.keyboard.press('Escape');
      await expectAccessibleInBothLooks(page, 'customer file');

      await page.goto(`${agent.line.url}/console/companies/${contact.companyId}`);
      await page.getByRole('link', { name }).waitFor();
      await expectAccessibleInBothLooks(page, 'company');
      await page.goto(`${agent.line.url}/console/companies`);
      await page.getByRole('link', { name: new RegExp(company) }).waitFor();
      await expectAccessibleInBothLooks(page, 'companies');

      // Somebody called: a number that a file holds for sure leads to that file.
      await page.goto(`${agent.line.url}/console/contacts`);
      await page.getByRole('button', { name: text('contacts.new') }).click();
      await dialog.getByRole('textbox', { name: text('contact.name') }).fill(nanoid());
      await dialog.getByRole('textbox', { name: text('contact.phone') }).fill('0501234567');
      await dialog.getByRole('button', { name: text('action.save') }).click();
      await dialog.getByRole('link', { name: text('card.openOther') }).click();
      await page.waitForURL(`**/contacts/${contact.id}`);
      await page.getByText(name, { exact: true }).waitFor();
    },
    180_000,
  );
});
