import { readFile } from 'node:fs/promises';
import { describe, expect } from 'vitest';
import { browserTest } from '../helpers/browser.ts';
import { type Language, openScene } from './chat-scene.ts';
import { accessibleIn } from './in-both-looks.ts';

const words = {
  he: {
    phone: 'אפשר להתקשר אליכם',
    ask: 'מה מספר הטלפון שלכם?',
    own: 'יש לכם סדנאות?',
    ways: 'סדנה לילדים\nאיך נרשמים לסדנה',
    said: 'כן, בכל יום שני.',
  },
  en: {
    phone: 'phone number',
    ask: 'what is your phone number?',
    own: 'Do you hold workshops?',
    ways: 'workshop for kids\nhow do I join a workshop',
    said: 'Yes, every Monday.',
  },
} as const;

const plain = (text: string) => text.replace(/[\u2066-\u2069]/g, '');

describe.each(['he', 'en'] as Language[])('in %s', (language) => {
  browserTest(
    'a new administrator lets the usual questions be answered, tries them, and adds one with the keyboard',
    async ({ openPage }) => {
      const expectAccessible = accessibleIn(language);
      const { agent } = await openScene(openPage, language);
      const { page } = agent;
      const t = agent.text.bind(agent);
      const wide = () => page.setViewportSize({ width: 1_280, height: 800 });
      const main = page.getByRole('main');
      await wide();

      // A house where nobody has written yet leads there by itself.
      await page.goto(`${agent.line.url}/console/conversations?view=mine`);
      await page.getByRole('button', { name: t('answers.openLibrary') }).click();
      await page.getByRole('searchbox', { name: t('answers.librarySearch') }).fill(words[language].phone);
      await main.getByRole('checkbox').first().check();
      await expectAccessible(page, 'the library of ready questions');
      await wide();
      await page.getByRole('button', { name: t('answers.fillIn') }).click();
      await page.getByLabel(t('answers.fact.phone'), { exact: true }).fill('03-1234567');
      await page.getByLabel(t('answers.fact.hours'), { exact: true }).fill('9–18');
      await expectAccessible(page, 'the blanks of ready answers');
      await wide();
      await main.locator('button[type="submit"]').click();

      // It speaks at once.
      const row = main.getByRole('link', { name: new RegExp(t('answers.speaks.always')) });
      await row.waitFor();
      await page.getByLabel(t('answers.tryAsk')).fill(words[language].ask);
      // Answered or offered: which of them is for the matching to say.
      await main.locator('[data-decision="answer"], [data-decision="suggest"]').waitFor();
      await expectAccessible(page, 'all automatic answers');
      await wide();

      await page.getByRole('button', { name: t('answers.add'), exact: true }).click();
      await page.keyboard.type(words[language].own);
      await page.keyboard.press('Tab');
      const group = page.getByRole('group', { name: t('answers.phrasings') });
      await group.getByRole('textbox').first().focus();
      for (const way of words[language].ways.split('\n')) {
        await page.keyboard.type(way);
        await page.keyboard.press('Enter');
      }
      expect(await group.getByRole('textbox').count()).toBe(3);
      await page.locator('textarea').first().fill(words[language].said);
      await expectAccessible(page, 'the editor of an answer');
      await wide();
      await page.getByRole('button', { name: t('action.save'), exact: true }).click();
      await page.getByRole('button', { name: t('action.save'), exact: true }).waitFor({ state: 'detached' });
      await page.getByRole('link', { name: t('answers.all') }).click();
      await main.getByRole('link', { name: words[language].own }).waitFor();
      expect(await main.getByRole('switch').count()).toBe(2);

      await page.getByRole('button', { name: t('answers.more'), exact: true }).click();
      const download = page.waitForEvent('download');
      await page.getByRole('menuitem', { name: t('answers.exportCsv') }).click();
      const file = await (await download).path();
      await page.getByRole('button', { name: t('answers.more'), exact: true }).click();
      await page.getByRole('menuitem', { name: t('answers.import'), exact: true }).click();
      const dialog = page.getByRole('dialog');
      await dialog.locator('input[type="file"]').setInputFiles({ name: 'answers.csv', mimeType: 'text/csv', buffer: await readFile(file) });
      await expect.poll(async () => plain(await dialog.innerText())).toContain(t('answers.import.unchanged'));
      await expect.poll(async () => (await dialog.locator('dd').allInnerTexts()).join(' ')).toBe('0 0 2 0');
      await expectAccessible(page, 'a file of answers');
    },
  );
});
