import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { enTimeline } from '../../console/texts/en-timeline.ts';
import { heTimeline } from '../../console/texts/he-timeline.ts';
import { browserTest } from '../helpers/browser.ts';
import * as sample from '../helpers/sample-files.ts';
import { type Language, openScene } from './chat-scene.ts';
import { accessibleIn } from './in-both-looks.ts';

const shelves = { he: heTimeline, en: enTimeline } as const;
const words = {
  he: {
    asked: 'איפה ההזמנה שלי?',
    note: 'לקוחה ותיקה',
    better: 'לקוחה ותיקה מאוד',
    call: 'הובטח החזר',
    word: 'החזר',
    begun: 'טרם נשמר',
    file: 'חוזה.png',
  },
  en: {
    asked: 'Where is my order?',
    note: 'A regular',
    better: 'A regular for years',
    call: 'Promised a refund',
    word: 'refund',
    begun: 'not yet saved',
    file: 'contract.png',
  },
} as const;

/** As a colleague's program, from the agent's own page. */
async function log(page: Page, contactId: string, text: string): Promise<void> {
  await page.evaluate(
    async ({ id, said }) => {
      const body = JSON.stringify({
        id: `colleague${Math.random()}`.replace('.', '').padEnd(21, 'x').slice(0, 21),
        kind: 'note',
        text: said,
      });
      await fetch(`/api/contacts/${id}/activities`, {
        method: 'POST',
        headers: { 'X-Kesher': '1', 'Content-Type': 'application/json' },
        body,
      });
    },
    { id: contactId, said: text },
  );
}

describe.each<{ language: Language }>([{ language: 'he' }, { language: 'en' }])('in $language', ({ language }) => {
  browserTest(
    'an agent writes a note and a call into the file, changes, removes and brings back, finds them, and follows a link to one',
    async ({ openPage }) => {
      const word = words[language];
      const text = (key: keyof typeof enTimeline) => shelves[language][key] as string;
      const { visitor, agent } = await openScene(openPage, language);
      const { page } = agent;
      await visitor.openChat();
      await visitor.say(word.asked);
      await agent.openFirst();
      await page.getByRole('link', { name: text('timeline.all') }).click();
      await page.waitForURL(/\/console\/contacts\//);
      const contactId = /contacts\/([\w-]{21})/.exec(page.url())?.[1] ?? '';
      const items = page.locator('[data-timeline-item]');
      await items.filter({ hasText: word.asked }).waitFor();

      const form = page.getByRole('form', { name: text('timeline.new') });
      const note = form.getByRole('textbox', { name: text('timeline.text.note') });
      await note.fill(word.begun);
      await page.reload();
      await expect.poll(() => note.inputValue()).toBe(word.begun);
      await note.fill(word.note);
      await form.getByRole('button', { name: text('timeline.save') }).click();
      await items.filter({ hasText: word.note }).waitFor();

      await form.getByRole('radio', { name: text('timeline.new.call') }).check({ force: true });
      await form.getByRole('button', { name: text('timeline.save') }).click();
      await form.getByText(text('timeline.missingResult')).waitFor();
      await form.getByRole('combobox', { name: text('timeline.outcome') }).selectOption('reached');
      await form.getByRole('textbox', { name: text('timeline.text'), exact: true }).fill(word.call);
      await form.getByRole('button', { name: text('timeline.save') }).click();
      const call = items.filter({ hasText: word.call });
      await call.waitFor();

      // With the keyboard: down to the note, where the menu changes it.
      await items.first().focus();
      await page.keyboard.press('j');
      await expect.poll(() => items.nth(1).evaluate((item) => item === document.activeElement)).toBe(true);
      const key = await items.filter({ hasText: word.note }).getAttribute('data-timeline-item');
      const row = page.locator(`[data-timeline-item="${key}"]`);
      await row.getByRole('button', { name: text('timeline.actions') }).click();
      await page.getByRole('menuitem', { name: text('timeline.edit') }).click();
      const editor = row.getByRole('textbox', { name: text('timeline.text.note') });
      await expect.poll(() => editor.inputValue()).toBe(word.note);
      await editor.fill(word.better);
      await row.getByRole('button', { name: text('timeline.save') }).click();
      await items.filter({ hasText: word.better }).waitFor();

      await call.getByRole('button', { name: text('timeline.actions') }).click();
      await page.getByRole('menuitem', { name: text('timeline.delete') }).click();
      await expect.poll(() => call.count()).toBe(0);
      await page.getByRole('button', { name: agent.text('action.undo') }).click();
      await call.waitFor();

      await page.getByRole('searchbox', { name: text('timeline.search') }).fill(word.word);
      await expect.poll(() => items.count()).toBe(1);
      await page.getByRole('searchbox', { name: text('timeline.search') }).fill('');
      const chats = page.getByRole('button', { name: text('timeline.kind.conversation') });
      await chats.click();
      await expect.poll(() => items.count()).toBe(1);
      await page.getByRole('button', { name: text('timeline.allKinds') }).click();
      await expect.poll(() => items.count()).toBe(3);

      await log(page, contactId, 'from a colleague');
      await items.filter({ hasText: 'from a colleague' }).waitFor();
      await page.locator('input[type="file"]').setInputFiles({ name: word.file, mimeType: 'image/png', buffer: sample.png(60, 40) });
      const documents = page.getByRole('region', { name: text('documents.title') });
      await documents.getByRole('img').or(documents.locator('img')).first().waitFor();
      await documents.locator('li button').first().click();
      const picture = page.getByRole('dialog', { name: word.file }).locator('img').first();
      await expect.poll(() => picture.evaluate((image: HTMLImageElement) => image.naturalWidth)).toBe(60);
      await page.keyboard.press('Escape');

      await page.goto(`${agent.line.url}/console/contacts/${contactId}?item=${key}`);
      await expect.poll(() => page.evaluate(() => document.activeElement?.getAttribute('data-timeline-item'))).toBe(key);
      await page.getByRole('button', { name: text('timeline.fresh') }).click();
      await items.filter({ hasText: 'from a colleague' }).waitFor();
      await accessibleIn(language)(page, 'the customer file with its timeline');
    },
    120_000,
  );
});
