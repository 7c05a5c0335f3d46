import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { Line } from '../chaos/line.ts';
import { browserTest, type Person } from '../helpers/browser.ts';
import { openEmptyHouse } from '../helpers/house.ts';
import { AgentAtConsole, type Language, VisitorInShop } from './chat-scene.ts';
import { accessibleIn } from './in-both-looks.ts';

/** Before the holidays of 5788: Friday is the eve of Rosh Hashanah, and Yom Kippur is on Monday the 11th. */
const thursday = Date.parse('2027-09-30T12:00:00+03:00');
const saturdayNight = Date.parse('2027-10-09T20:30:00+03:00');
const sunday = Date.parse('2027-10-10T09:00:00+03:00');

const words = {
  he: { friday: '9:00–13:00', yomKippur: 'יום כיפור', week: /א׳–ה׳ 9:00–18:00, ו׳ 9:00–13:00, סגור בשבת ובחגים/, zone: 'Asia/Jerusalem' },
  en: {
    friday: '9–13',
    yomKippur: 'Yom Kippur',
    week: /Sunday–Thursday 9–18, Friday 9–13, closed on Shabbat and holidays/,
    zone: 'America/New_York',
  },
} as const;

const plain = (text: string | null) => (text ?? '').replace(/[\u2066-\u2069]/g, '');

/** A house in which it is Thursday, its administrator at the console, and somebody in the shop a week later. */
async function openHolidays(openPage: (person?: Person) => Promise<Page>, language: Language) {
  const house = await openEmptyHouse();
  house.clockOffsetMs = thursday - Date.now();
  await house.setUp();
  const line = await Line.open(Number(new URL(house.url).port));
  const locale = language === 'he' ? 'he-IL' : 'en-US';
  const agent = new AgentAtConsole(await openPage({ locale, timezoneId: 'Asia/Jerusalem' }), line, language);
  const [name = '', value = ''] = house.cookie.split('=');
  await agent.page.context().addCookies([{ name, value, url: line.url }]);
  await agent.page.clock.setFixedTime(thursday);
  return {
    agent,
    async visitLater(): Promise<VisitorInShop> {
      house.clockOffsetMs = saturdayNight - Date.now();
      const page = await openPage({ locale, timezoneId: words[language].zone });
      await page.clock.setFixedTime(saturdayNight);
      return new VisitorInShop(page, line, language);
    },
    close: () => line.close(),
  };
}

describe.each(['he', 'en'] as Language[])('in %s', (language) => {
  browserTest(
    'an administrator sets the hours of a shop in Israel by clicking, and a visitor reads when it opens',
    async ({ openPage }) => {
      const expectAccessible = accessibleIn(language);
      const { agent, visitLater, close } = await openHolidays(openPage, language);
      const { page } = agent;
      const tab = (name: Parameters<AgentAtConsole['text']>[0]) => page.getByRole('tab', { name: agent.text(name) });
      await page.goto(`${agent.line.url}/console/settings/hours`);
      await page.getByRole('button', { name: agent.text('hours.template.israel.name') }).click();
      await tab('hours.part.jewish').click();
      await page.getByRole('switch', { name: agent.text('hours.shabbatOn') }).click();

      // The preview knows it before anything is saved.
      const preview = page.getByRole('region', { name: agent.text('hours.preview') });
      const day = (date: string) => preview.locator(`td[data-date="${date}"]`);
      await expect.poll(async () => plain(await preview.innerText())).toMatch(words[language].week);
      await expect.poll(async () => plain(await day('2027-10-01').innerText())).toContain(words[language].friday);
      await expect.poll(async () => plain(await day('2027-10-11').getAttribute('title'))).toContain(words[language].yomKippur);
      expect(await day('2027-10-11').getAttribute('data-level')).toBe('0');
      await preview
        .getByRole('listitem')
        .filter({ hasText: words[language].yomKippur })
        .filter({ hasText: agent.text('hours.closed') })
        .waitFor();
      await expectAccessible(page, 'the editor of business hours');
      await page.setViewportSize({ width: 1_280, height: 800 });

      await tab('hours.part.places').click();
      const place = page.getByRole('tabpanel').getByRole('checkbox').first();
      await place.check();
      // Its name stands beside its box, in whatever language it is written.
      const [box, name] = [await place.boundingBox(), await page.getByRole('tabpanel').locator('label bdi').first().boundingBox()];
      const apart =
        language === 'he' ? (box?.x ?? 0) - ((name?.x ?? 0) + (name?.width ?? 0)) : (name?.x ?? 0) - ((box?.x ?? 0) + (box?.width ?? 0));
      expect(apart).toBeLessThan(20);
      // Without the network that is said, and not over the way to save.
      const save = page.getByRole('button', { name: agent.text('action.save'), exact: true });
      await page.context().setOffline(true);
      const said = page.locator('[data-corner]', { hasText: agent.text('connection.offline') });
      await said.waitFor();
      const [note, bar] = [await said.boundingBox(), await page.getByRole('region', { name: agent.text('inbox.unsaved') }).boundingBox()];
      expect((bar?.y ?? 0) + (bar?.height ?? 0)).toBeLessThanOrEqual(note?.y ?? 0);
      await page.context().setOffline(false);
      await said.waitFor({ state: 'detached' });
      await save.click();
      await page.getByRole('button', { name: agent.text('action.save'), exact: true }).waitFor({ state: 'detached' });
      await page.getByRole('link', { name: agent.text('hours.all') }).click();
      await expect.poll(async () => plain(await page.getByRole('main').innerText())).toMatch(words[language].week);
      await expectAccessible(page, 'all business hours');

      const visitor = await visitLater();
      await visitor.enterShop();
      await visitor.launcher.click();
      const opens = (style: Intl.DateTimeFormatOptions) =>
        new Intl.DateTimeFormat(language === 'he' ? 'he-IL' : 'en-US', { ...style, timeZone: words[language].zone }).format(sunday);
      const when = `${opens({ weekday: 'long' })} ${opens({ hour: 'numeric', minute: '2-digit' })}`;
      await expect.poll(async () => plain(await visitor.panel.innerText())).toContain(visitor.texts.welcomeClosed.replace('{when}', when));
      close();
    },
  );
});
