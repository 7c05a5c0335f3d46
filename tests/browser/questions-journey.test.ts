import { nanoid } from 'nanoid';
import { describe, expect } from 'vitest';
import { en as consoleEnglish } from '../../console/texts/en.ts';
import { enSettings } from '../../console/texts/en-settings.ts';
import { he as consoleHebrew } from '../../console/texts/he.ts';
import { heSettings } from '../../console/texts/he-settings.ts';
import type { QuestionPage } from '../../shared/question.ts';
import { en as widgetEnglish } from '../../shared/texts/en.ts';
import { he as widgetHebrew } from '../../shared/texts/he.ts';
import { browserTest } from '../helpers/browser.ts';
import { writeIn } from '../helpers/company.ts';
import { get, openHouse, PASSWORD } from '../helpers/house.ts';
import { closeShop, setBot, tryOut } from '../server/bot-scene.ts';
import { accessibleIn } from './in-both-looks.ts';

const cases = [
  {
    language: 'he',
    locale: 'he-IL',
    demo: '/demo/',
    of: { ...consoleHebrew, ...heSettings },
    said: widgetHebrew,
    asked: ['יש משלוחים לאילת?', 'האם יש משלוחים לאילת?', 'יש לכם משלוחים לאילת?', 'יש משלוחים לאילת בבקשה?'],
    reply: 'בוודאי, המשלוח לאילת מגיע תוך חמישה ימי עסקים.',
  },
  {
    language: 'en',
    locale: 'en-US',
    demo: '/demo/en/',
    of: { ...consoleEnglish, ...enSettings },
    said: widgetEnglish,
    asked: ['Do you ship to Eilat?', 'Can you ship to Eilat?', 'Do you also ship to Eilat?', 'do you ship to eilat'],
    reply: 'Certainly, parcels to Eilat arrive within five working days.',
  },
] as const;

describe.each(cases)('in $language', ({ language, locale, demo, of, said, asked, reply }) => {
  browserTest('the administrator sees a question rise, makes an answer of it, and the next night visitor gets it', async ({ openPage }) => {
    const text = (key: keyof typeof consoleEnglish | keyof typeof enSettings) => of[key] as string;
    const house = await openHouse();
    await closeShop(house);
    const dana = await house.agent();
    for (const [at, words] of asked.entries()) {
      const { conversationId } = await writeIn(house, words);
      if (at < 3) await get(dana.socket, 'message:post', { id: nanoid(), conversationId, text: reply });
    }
    await setBot(house, {});

    const desk = await openPage({ locale });
    await desk.clock.setSystemTime(house.server.app.now());
    await desk.goto(`${house.url}/console/`);
    await desk.getByLabel(text('signIn.email')).fill('dana@shop.example');
    await desk.getByLabel(text('signIn.password')).fill(PASSWORD);
    await desk.keyboard.press('Enter');
    await desk.locator('[data-bell]').waitFor();
    const group = desk.locator('[data-group]');
    const now = house.server.app.now();
    const counts = async () =>
      (await house.json<QuestionPage>('GET', `/api/questions?from=${now - 1_000}&to=${now + 1_000}`)).items.map(({ count }) => count);
    await expect.poll(counts, { timeout: 30_000, interval: 500 }).toEqual([asked.length]);
    await desk.goto(`${house.url}/console/questions`);

    // By keyboard alone.
    await group.getByRole('button').first().focus();
    await desk.keyboard.press('Enter');
    await group.getByRole('link').nth(3).waitFor();
    expect((await group.getByRole('link').allTextContents()).filter((line) => asked.some((words) => line.includes(words)))).toHaveLength(4);
    await accessibleIn(language)(desk, 'frequent questions');
    await desk.setViewportSize({ width: 1_280, height: 800 });
    await group.getByRole('button', { name: text('questions.makeAnswer') }).click();
    await expect
      .poll(() => desk.getByRole('textbox').evaluateAll((fields) => fields.map((field) => (field as HTMLInputElement).value)), {
        timeout: 20_000,
      })
      .toEqual(expect.arrayContaining([reply]));
    await desk.getByRole('button', { name: text('action.save'), exact: true }).click();
    await expect
      .poll(async () => (await house.json<{ items: unknown[] }>('GET', '/api/answers')).items.length, { timeout: 20_000 })
      .toBe(1);
    await tryOut(house, asked[0]);

    const shop = await openPage({ locale });
    await shop.clock.setSystemTime(house.server.app.now());
    await shop.goto(house.url + demo);
    await shop.getByRole('button', { name: said.openChat }).click();
    const composer = shop.getByRole('dialog').getByRole('textbox', { name: said.compose });
    await composer.fill(asked[2]);
    await composer.press('Enter');
    await shop.getByRole('dialog').locator('[data-message]', { hasText: reply }).waitFor({ timeout: 20_000 });

    await desk.goto(`${house.url}/console/questions`);
    await group.getByText(text('questions.hasAnswer')).waitFor({ timeout: 20_000 });
  });
});
