import { describe, expect } from 'vitest';
import { en as consoleEnglish } from '../../console/texts/en.ts';
import { enSettings } from '../../console/texts/en-settings.ts';
import { he as consoleHebrew } from '../../console/texts/he.ts';
import { heSettings } from '../../console/texts/he-settings.ts';
import { botTexts } from '../../server/bot/texts/bot-texts.ts';
import { en as widgetEnglish } from '../../shared/texts/en.ts';
import { enExtras } from '../../shared/texts/en-extras.ts';
import { he as widgetHebrew } from '../../shared/texts/he.ts';
import { heExtras } from '../../shared/texts/he-extras.ts';
import { browserTest } from '../helpers/browser.ts';
import { openHouse, PASSWORD } from '../helpers/house.ts';
import { openShopWithBot } from '../server/bot-scene.ts';
import { expectAccessible } from './accessible.ts';

const cases = [
  {
    language: 'he',
    locale: 'he-IL',
    demo: '/demo/',
    of: { ...consoleHebrew, ...heSettings },
    said: { ...widgetHebrew, ...heExtras },
    bot: botTexts.he,
    question: 'אני רוצה להחזיר את מה שקניתי',
    answer: 'אפשר להחזיר הכול תוך 14 יום.',
  },
  {
    language: 'en',
    locale: 'en-US',
    demo: '/demo/en/',
    of: { ...consoleEnglish, ...enSettings },
    said: { ...widgetEnglish, ...enExtras },
    bot: botTexts.en,
    question: 'I want to return what I bought',
    answer: 'You can return everything within 14 days.',
  },
] as const;

describe.each(cases)('in $language', ({ locale, demo, of, said, bot, question, answer }) => {
  browserTest('a night visitor gets an answer, says that it did not help, and leaves a call back', async ({ openPage }) => {
    const text = (key: keyof typeof consoleEnglish | keyof typeof enSettings) => of[key] as string;
    const { house } = await openShopWithBot(() => openHouse());
    const shop = await openPage({ locale });
    await shop.clock.setSystemTime(house.server.app.now());
    await shop.goto(house.url + demo);
    await shop.getByRole('button', { name: said.openChat }).click();
    const panel = shop.getByRole('dialog');
    const composer = panel.getByRole('textbox', { name: said.compose });
    await composer.fill(question);
    await composer.press('Enter');
    await panel.locator('[data-message]', { hasText: answer }).waitFor({ timeout: 20_000 });
    await panel.locator('.author', { hasText: bot.name }).waitFor();
    const helped = panel.getByRole('group', { name: said.didThisHelp });
    await helped.waitFor({ timeout: 20_000 });
    await panel.getByRole('button', { name: bot.person }).waitFor();
    await expectAccessible(shop, 'an automatic answer');

    // By keyboard alone.
    await helped.getByRole('button', { name: said.no, exact: true }).focus();
    await shop.keyboard.press('Enter');
    await panel.locator('[data-message]', { hasText: bot.sorry }).waitFor({ timeout: 20_000 });
    await helped.waitFor({ state: 'detached' });
    await panel.getByRole('button', { name: said.callbackOffer }).waitFor();
    expect(await panel.getByRole('button', { name: said.leaveReach }).filter({ visible: true }).count(), 'one next step').toBe(0);
    await panel.getByRole('button', { name: said.callbackOffer }).click();
    await panel.getByLabel(said.phone).fill('050-1234567');
    await panel.getByRole('button', { name: said.callbackSubmit }).click();
    await expect.poll(async () => (await house.json<{ items: unknown[] }>('GET', '/api/tasks')).items.length, { timeout: 20_000 }).toBe(1);

    const desk = await openPage({ locale });
    await desk.clock.setSystemTime(house.server.app.now());
    await desk.goto(`${house.url}/console/`);
    await desk.getByLabel(text('signIn.email')).fill('dana@shop.example');
    await desk.getByLabel(text('signIn.password')).fill(PASSWORD);
    await desk.keyboard.press('Enter');
    await desk.locator('[data-bell]').waitFor();
    await desk.goto(`${house.url}/console/deflection`);
    await desk.getByRole('button', { name: text('deflection.reason.unhelpful') }).click();
    await desk.getByRole('dialog').getByRole('listitem').getByRole('link').click();
    const row = desk.locator('main li[data-message]', { hasText: answer });
    await row.getByText(text('automatic.missed')).waitFor({ timeout: 20_000 });
    await row.getByText(text('automatic.mark')).first().waitFor();
    await expectAccessible(desk, 'what the bot said, at the console');
  });
});
