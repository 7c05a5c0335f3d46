import { describe, expect } from 'vitest';
import { en as consoleEnglish } from '../../console/texts/en.ts';
import { enTickets } from '../../console/texts/en-tickets.ts';
import { he as consoleHebrew } from '../../console/texts/he.ts';
import { heTickets } from '../../console/texts/he-tickets.ts';
import { en as widgetEnglish } from '../../shared/texts/en.ts';
import { enExtras } from '../../shared/texts/en-extras.ts';
import { he as widgetHebrew } from '../../shared/texts/he.ts';
import { heExtras } from '../../shared/texts/he-extras.ts';
import { browserTest } from '../helpers/browser.ts';
import { openHouse, PASSWORD } from '../helpers/house.ts';
import { openSigningSite } from '../helpers/signing-site.ts';
import { accessibleIn } from './in-both-looks.ts';

const patient = { timeout: 20_000 };
const cases = [
  {
    language: 'he',
    locale: 'he-IL',
    demo: '/demo/',
    of: { ...consoleHebrew, ...heTickets },
    said: { ...widgetHebrew, ...heExtras },
    words: { asks: 'המקרר שלי לא מקרר', work: 'התקשרתי ליצרן', told: 'הטכנאי החליף חלק' },
  },
  {
    language: 'en',
    locale: 'en-US',
    demo: '/demo/en/',
    of: { ...consoleEnglish, ...enTickets },
    said: { ...widgetEnglish, ...enExtras },
    words: { asks: 'My fridge does not cool', work: 'Called the maker', told: 'A part was changed' },
  },
] as const;

describe.each(cases)('in $language', ({ language, locale, demo, of, said, words }) => {
  browserTest(
    'an agent opens a ticket with one key, solves it, and the customer sees in its window how it stands',
    async ({ openPage }) => {
      const text = (key: keyof typeof of) => of[key] as string;
      const expectAccessible = accessibleIn(language);
      const house = await openHouse();
      const site = await openSigningSite(house, 'HS256');
      await house.json('POST', '/api/ticket-reasons', { id: 'r'.repeat(21), name: 'Fixed' });
      const identity = await site.sign({ sub: 'ruth', name: 'Ruth' });

      const shop = await openPage({ locale });
      await shop.goto(house.url + demo);
      await shop.evaluate((signed) => {
        const kesher = window as unknown as { Kesher?: { push: (call: unknown[]) => void } };
        kesher.Kesher ??= [] as unknown as { push: (call: unknown[]) => void };
        kesher.Kesher.push(['identify', { identity: signed }]);
      }, identity);
      await shop.getByRole('button', { name: said.openChat }).click();
      const panel = shop.getByRole('dialog');
      await panel.getByRole('textbox', { name: said.compose }).fill(words.asks);
      await shop.keyboard.press('Enter');

      const desk = await openPage({ locale });
      await desk.goto(`${house.url}/console/`);
      await desk.getByLabel(text('signIn.email')).fill('dana@shop.example');
      await desk.getByLabel(text('signIn.password')).fill(PASSWORD);
      await desk.keyboard.press('Enter');
      await desk.locator('[data-bell]').waitFor();
      const { items } = await house.json<{ items: { id: string }[] }>('GET', '/api/conversations');
      await desk.goto(`${house.url}/console/conversations/${items[0]?.id}?view=unassigned`);
      const ofChat = desk.getByRole('group', { name: text('tickets.ofChat') });
      await ofChat.getByRole('button', { name: text('tickets.open') }).waitFor(patient);
      await desk.locator('[data-heading]').focus();
      await desk.keyboard.press('o');
      const chip = ofChat.getByRole('link', { name: '#1' });
      await chip.waitFor(patient);
      // The customer file beside the chat shows it as well.
      await desk.getByRole('link', { name: `#1 ${words.asks}` }).waitFor(patient);
      await chip.click();

      await desk.getByRole('heading', { level: 1, name: words.asks }).waitFor(patient);
      await desk.getByRole('textbox', { name: text('tickets.logText') }).fill(words.work);
      await desk.getByRole('textbox', { name: text('tickets.logMinutes') }).fill('20');
      await desk.getByRole('button', { name: text('tickets.logAdd'), exact: true }).click();
      await desk.getByText(words.work).waitFor(patient);
      await expectAccessible(desk, 'the ticket');
      await desk.setViewportSize({ width: 1_280, height: 740 });
      await desk.getByRole('button', { name: text('tickets.solve'), exact: true }).click();
      const asked = desk.getByRole('dialog');
      await asked.getByRole('combobox', { name: text('tickets.reason') }).selectOption({ label: 'Fixed' });
      await asked.getByRole('textbox', { name: text('tickets.update') }).fill(words.told);
      await asked
        .getByRole('checkbox', { name: text('tickets.tell') })
        .and(desk.locator(':checked'))
        .waitFor(patient);
      await expectAccessible(desk, 'solving it');
      await desk.setViewportSize({ width: 1_280, height: 740 });
      await asked.getByRole('button', { name: text('tickets.status.solved'), exact: true }).click();
      await expect.poll(() => asked.count(), patient).toBe(0);
      await desk.goto(`${house.url}/console/tickets?view=all&status=over`);
      await desk.getByRole('link', { name: words.asks }).waitFor(patient);
      await expectAccessible(desk, 'the list');

      await panel.locator('.bubble', { hasText: words.told }).waitFor(patient);
      await panel.getByRole('button', { name: said.more, exact: true }).click();
      await panel.getByRole('menuitem', { name: said.myTickets }).click();
      const mine = panel.locator('.ticket');
      await mine.getByText(said.ticketSolved).waitFor(patient);
      expect(await mine.innerText()).toContain(words.told);
      expect(await panel.innerText()).not.toContain(words.work);
      await expectAccessible(shop, 'the customer’s list');
      // What happens meanwhile is seen at once.
      const file = await house.json<{ items: { id: string; version: number }[] }>('GET', '/api/tickets');
      const [ticket] = file.items;
      await house.json('PATCH', `/api/tickets/${ticket?.id}`, { version: ticket?.version, status: 'open' });
      await mine.getByText(said.ticketOpen).waitFor(patient);
    },
  );
});
