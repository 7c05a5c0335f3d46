import { describe, expect } from 'vitest';
import { browserTest } from '../helpers/browser.ts';
import { type Language, openScene } from './chat-scene.ts';
import { accessibleIn } from './in-both-looks.ts';

const words = {
  he: {
    question: 'איך מחזירים מוצר?',
    phrasings: ['אני רוצה להחזיר את מה שקניתי', 'איך עושים החזרה'],
    text: 'אפשר להחזיר תוך 14 יום, עם החשבונית.',
    asked: 'שלום, איך מחזירים מוצר?',
    typed: 'היי רות',
  },
  en: {
    question: 'How do I return a product?',
    phrasings: ['I want to return what I bought', 'return policy'],
    text: 'You can return it within 14 days, with the receipt.',
    asked: 'hello, how do I return a product?',
    typed: 'Hi Ruth',
  },
} as const;

describe.each<{ language: Language }>([{ language: 'he' }, { language: 'en' }])('in $language', ({ language }) => {
  browserTest('a question waits, and the agent answers it with one key and Enter, without the composer moving', async ({ openPage }) => {
    const word = words[language];
    const { visitor, agent } = await openScene(openPage, language);
    const { page } = agent;
    await visitor.openChat();
    await visitor.say('🙂');
    await agent.openFirst();
    const made = await page.evaluate(
      async ([code, { question, phrasings, text }]) => {
        const body = { question: { [code]: question }, phrasings, bodies: { [code]: { text } } };
        const headers = { 'X-Kesher': '1', 'Content-Type': 'application/json' };
        return (await fetch('/api/answers', { method: 'POST', headers, body: JSON.stringify(body) })).status;
      },
      [language, word] as const,
    );
    expect(made).toBe(201);
    await visitor.say(word.asked);
    const strip = page.getByRole('group', { name: agent.text('advice.label') });
    const chip = strip.getByRole('button', { name: word.question });
    await strip.waitFor();
    const before = await agent.composer.boundingBox();
    await chip.waitFor({ timeout: 20_000 });
    expect(await agent.composer.boundingBox()).toEqual(before);

    await chip.hover();
    await page.getByRole('tooltip').filter({ hasText: word.text }).waitFor();
    const { width = 1_280, height = 800 } = page.viewportSize() ?? {};
    await accessibleIn(language)(page, 'suggestions for the open question');
    await page.setViewportSize({ width, height });
    await agent.composer.fill(word.typed);
    await page.keyboard.press('Control+Shift+Digit1');
    await expect.poll(() => agent.composer.inputValue()).toBe(`${word.typed}\n${word.text}`);
    await page.keyboard.press('Enter');
    await expect.poll(async () => (await visitor.lines()).at(-1)?.text, { timeout: 20_000 }).toBe(`${word.typed}\n${word.text}`);
    await strip.waitFor({ state: 'detached' });

    await page.getByRole('button', { name: agent.text('advice.switch') }).click();
    await visitor.say(word.asked);
    await expect.poll(() => page.getByText(word.asked).count(), { timeout: 20_000 }).toBeGreaterThan(1);
    expect(await strip.count()).toBe(0);
  });
});
