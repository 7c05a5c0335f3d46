import { describe, expect } from 'vitest';
import { browserTest } from '../helpers/browser.ts';
import * as sample from '../helpers/sample-files.ts';
import { type Language, openScene } from './chat-scene.ts';

const words = {
  he: {
    visitor: 'הספל הגיע שבור',
    name: 'רות לוי',
    title: 'זיכוי על מוצר שבור',
    shortcut: 'החזר',
    text: 'שלום {{contact.firstName}}, ההזמנה זוכתה.',
    said: 'שלום רות, ההזמנה זוכתה.',
    file: 'תנאי החזרה.pdf',
    macro: 'סגירה בנימוס',
    closing: 'תודה {{contact.firstName|לך}}, להתראות!',
    closed: 'תודה רות, להתראות!',
    typed: '/נימוס',
    tag: 'טופל',
  },
  en: {
    visitor: 'The mug came broken',
    name: 'Ruth Levi',
    title: 'Refund for a broken item',
    shortcut: 'refund',
    text: 'Hi {{contact.firstName}}, your order is refunded.',
    said: 'Hi Ruth, your order is refunded.',
    file: 'return terms.pdf',
    macro: 'Close politely',
    closing: 'Thank you {{contact.firstName|very much}}, goodbye!',
    closed: 'Thank you Ruth, goodbye!',
    typed: '/polit',
    tag: 'done',
  },
} as const;

describe.each<{ language: Language }>([{ language: 'he' }, { language: 'en' }])('in $language', ({ language }) => {
  browserTest(
    'a reply is made once with its file, sent by a few keys, and a macro says goodbye, tags and resolves',
    async ({ openPage }) => {
      const word = words[language];
      const { visitor, agent } = await openScene(openPage, language);
      const { page } = agent;
      await visitor.page.evaluate((name) => {
        (window as unknown as { Kesher: { identify: (who: object) => void } }).Kesher.identify({ name });
      }, word.name);
      await visitor.openChat();
      await visitor.say(word.visitor);

      await page.goto(`${agent.line.url}/console/settings/canned`);
      await page.getByRole('button', { name: agent.text('canned.add') }).click();
      await page.getByRole('textbox', { name: agent.text('canned.title'), exact: true }).fill(word.title);
      await page.getByRole('textbox', { name: agent.text('canned.shortcut'), exact: true }).fill(word.shortcut);
      await page.getByRole('textbox', { name: agent.text('canned.text'), exact: true }).fill(word.text);
      const preview = page.getByRole('region', { name: agent.text('canned.preview') });
      await expect.poll(() => preview.innerText()).not.toContain('{{');
      await page.locator('form input[type="file"]').setInputFiles({ name: word.file, mimeType: 'application/pdf', buffer: sample.pdf });
      await page.getByRole('listitem').filter({ hasText: word.file }).waitFor();
      await page.getByRole('button', { name: agent.text('action.save') }).click();
      await page.getByRole('listitem').filter({ hasText: word.title }).waitFor();

      await page.goto(`${agent.line.url}/console/settings/macros`);
      await page.getByRole('button', { name: agent.text('macro.add') }).click();
      await page.getByRole('textbox', { name: agent.text('macro.name'), exact: true }).fill(word.macro);
      await page.getByRole('radio', { name: agent.text('macro.reply.texts') }).check({ force: true });
      await page.getByRole('textbox', { name: agent.text('canned.text'), exact: true }).fill(word.closing);
      await page.getByRole('combobox', { name: agent.text('macro.addTags') }).fill(word.tag);
      await page.keyboard.press('Enter');
      await page.getByRole('combobox', { name: agent.text('macro.end') }).selectOption('resolved');
      await page.getByRole('button', { name: agent.text('action.save') }).click();
      await page.getByRole('listitem').filter({ hasText: word.macro }).waitFor();

      await agent.openFirst();
      await agent.composer.press('/');
      await page.keyboard.type(word.shortcut.slice(0, 3));
      await page.getByRole('option', { name: word.title }).waitFor();
      await page.keyboard.press('Enter');
      await expect.poll(() => agent.composer.inputValue()).toBe(word.said);
      await page.locator('main [data-file]').filter({ hasText: word.file }).waitFor();
      await page.keyboard.press('Enter');
      await expect.poll(() => visitor.panel.locator('a.card').innerText(), { timeout: 20_000 }).toContain(word.file);
      await expect.poll(async () => (await visitor.lines()).map(({ text }) => text.trim())).toContain(word.said);

      await agent.composer.press('/');
      await page.keyboard.type(word.typed.slice(1));
      await page.getByRole('option', { name: word.macro }).waitFor();
      await page.keyboard.press('Enter');
      await expect.poll(async () => (await visitor.lines()).at(-1)?.text, { timeout: 20_000 }).toBe(word.closed);
      const undo = page.getByRole('button', { name: agent.text('action.undo') });
      await undo.waitFor();
      const tags = page.getByRole('list', { name: agent.text('tags.label'), exact: true });
      await expect.poll(() => tags.innerText()).toContain(word.tag);
      await page.getByRole('button', { name: agent.text('conversation.reopen'), exact: true }).waitFor();
      await undo.click();
      await page.getByRole('button', { name: agent.text('conversation.resolve'), exact: true }).waitFor();
      await expect.poll(() => tags.innerText()).not.toContain(word.tag);
    },
  );
});
