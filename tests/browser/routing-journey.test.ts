import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { en as consoleEnglish } from '../../console/texts/en.ts';
import { enSettings } from '../../console/texts/en-settings.ts';
import { he as consoleHebrew } from '../../console/texts/he.ts';
import { heSettings } from '../../console/texts/he-settings.ts';
import type { ConversationSummary } from '../../shared/conversation.ts';
import { firstTeamRouting, type RoutingSettings } from '../../shared/routing.ts';
import { browserTest } from '../helpers/browser.ts';
import { makeTeam } from '../helpers/company.ts';
import { get, type House, openHouse } from '../helpers/house.ts';
import { accessibleIn } from './in-both-looks.ts';
import { looks, personOf, ShopVisit } from './shop-visit.ts';

const texts = { he: { ...consoleHebrew, ...heSettings }, en: { ...consoleEnglish, ...enSettings } } as const;
const hellos = { he: 'שלום, יש אצלכם ספלים?', en: 'Hello, do you have mugs?' } as const;
const patient = { timeout: 20_000 };
/** Names stand between Unicode's isolates, which nobody sees. */
const plain = (text: string) => text.replace(/[\u2066-\u2069]/g, '');

async function signIn(page: Page, house: House, cookie: string): Promise<void> {
  const [name = '', value = ''] = cookie.split('=');
  await page.context().addCookies([{ name, value, url: house.url }]);
}

/** Chats in one language go to a team of two, of whom Noa speaks it; without an answer for a minute they go to the other. */
async function openShop(language: 'he' | 'en') {
  const house = await openHouse();
  const [noa, omar] = [await house.hire('Noa'), await house.hire('Omar')];
  await house.json('PATCH', '/api/profile', { languages: [language] }, { cookie: noa.cookie });
  const team = await makeTeam(house, 'Mugs', [noa.id, omar.id]);
  const begun = await house.json<RoutingSettings>('GET', '/api/routing');
  await house.json('PUT', '/api/routing', {
    ...begun,
    inboxes: { [house.inbox.id]: 'both' },
    rules: [{ id: 'mugs', name: 'Mugs first', isOn: true, when: { languages: [language] }, teamId: team.id, priority: 'high', skills: [] }],
    teams: { [team.id]: { ...firstTeamRouting, answerSeconds: 60 } },
    graceSeconds: 3_600,
  });
  return { house, noa, omar };
}

describe.each(looks)('in $language, on $device, $colorScheme', (look) => {
  const { language } = look;
  const text = (key: keyof typeof texts.en) => texts[language][key] as string;
  const expectAccessible = accessibleIn(language);

  browserTest(
    'a visitor waits in place, is handed to whoever comes and fits, and on to the other without an answer',
    async ({ openPage }) => {
      const { house, noa, omar } = await openShop(language);
      const assignees = async () =>
        (await house.json<{ items: ConversationSummary[] }>('GET', '/api/conversations')).items.map(({ assigneeId }) => assigneeId);

      // The simulator tells it before.
      const office = await openPage(personOf(look));
      await signIn(office, house, house.cookie);
      await office.goto(`${house.url}/console/settings/routing`);
      await office.getByRole('tab', { name: text('routing.part.simulator') }).click();
      await office.getByRole('combobox', { name: text('routing.sim.language') }).selectOption(language);
      const path = office.getByRole('region', { name: text('routing.sim.path') });
      const outcome = path.locator('[data-outcome]');
      const show = () => office.getByRole('button', { name: text('routing.sim.run') }).click();
      await show();
      await expect.poll(() => outcome.innerText(), patient).toBe(text('routing.sim.outcome.nobody'));
      expect(plain(await path.innerText())).toContain('Mugs');
      await expectAccessible(office, 'the simulator', 'main');

      // Nobody is here: the visitor waits, and reads in which place.
      const shop = new ShopVisit(await openPage(personOf(look)), house.url, language);
      await shop.enter();
      await shop.openChat();
      await shop.say(hellos[language]);
      await expect.poll(() => shop.panel.innerText(), patient).toContain(shop.texts.queueNext);

      // Noa comes: within moments it is hers, with the reasons.
      const desk = await openPage(personOf(look));
      await signIn(desk, house, noa.cookie);
      await desk.goto(`${house.url}/console/conversations?view=mine`);
      await desk.locator('[data-conversation]').click(patient);
      const why = desk.locator('details summary').filter({ hasText: 'Noa' });
      const speaks = new Intl.DisplayNames(language, { type: 'language' }).of(language) ?? '';
      await expect.poll(async () => plain(await why.innerText()), patient).toContain(speaks);
      await why.click();
      await expect.poll(() => desk.locator('details[open] li').count()).toBeGreaterThan(3);
      await expectAccessible(desk, 'the reasons', 'main');
      expect(await shop.panel.innerText()).not.toContain('Mugs first');

      // Now the simulator says Noa, and so it comes for the next one.
      await show();
      await expect
        .poll(async () => plain(await outcome.innerText()), patient)
        .toBe(plain(text('routing.sim.assigned').replace('{name}', 'Noa')));

      // Noa does not answer: the other one gets it.
      const { socket } = await house.agent(omar.cookie);
      await get(socket, 'availability:set', { availability: 'online' });
      house.clockOffsetMs += 61_000;
      await expect.poll(assignees, patient).toEqual([omar.id]);
      await desk.goto(`${house.url}/console/conversations?view=mine`);
      await desk.getByText(text('list.empty.mine')).waitFor();
    },
  );
});
