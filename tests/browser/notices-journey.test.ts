import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { wholeBrowserTest } from '../helpers/browser.ts';
import { expectAccessible } from './accessible.ts';
import { AgentAtConsole, openScene } from './chat-scene.ts';

const PASSWORD = 'correct horse battery';
const looks = [
  { language: 'he', colorScheme: 'light', width: 1_366 },
  { language: 'en', colorScheme: 'dark', width: 375 },
] as const;

/** A colleague at a second machine, whose browser may show notices; what it has shown is written down. */
async function seatColleague(openPage: (person?: { locale: string }) => Promise<Page>, first: AgentAtConsole): Promise<AgentAtConsole> {
  await first.page.evaluate(
    (body) => fetch('/api/agents', { method: 'POST', headers: { 'X-Kesher': '1', 'Content-Type': 'application/json' }, body }),
    JSON.stringify({ name: 'נועה כהן', email: 'noa@shop.example', password: PASSWORD, role: 'agent' }),
  );
  const page = await openPage({ locale: first.language === 'he' ? 'he-IL' : 'en-US' });
  await page.context().grantPermissions(['notifications'], { origin: first.line.url });
  await page.addInitScript(() => {
    const shown: string[] = [];
    const Real = window.Notification;
    Object.assign(window, {
      shownNotices: shown,
      Notification: class extends Real {
        constructor(title: string, options?: NotificationOptions) {
          super(title, options);
          shown.push(`${title} | ${options?.body ?? ''}`);
        }
      },
    });
  });
  const colleague = new AgentAtConsole(page, first.line, first.language);
  await page.goto(`${first.line.url}/console/`);
  await page.getByLabel(colleague.text('signIn.email')).fill('noa@shop.example');
  await page.getByLabel(colleague.text('signIn.password')).fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.locator('[data-bell]').waitFor();
  return colleague;
}

const shownOn = (page: Page) => page.evaluate(() => (window as unknown as { shownNotices: string[] }).shownNotices);

describe.each(looks)('in $language, $colorScheme, $width px wide', ({ language, colorScheme, width }) => {
  wholeBrowserTest('two agents name one another, hand a conversation over and whisper, and neither misses a word', async ({ openPage }) => {
    const { visitor, agent: dana } = await openScene(openPage, language);
    const noa = await seatColleague(openPage, dana);
    for (const { page } of [dana, noa]) {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height: 768 });
    }
    await visitor.openChat();
    await visitor.say('איפה המשלוח שלי?');
    await dana.page.goto(`${dana.line.url}/console/conversations?view=open`);
    await dana.rows.first().click();
    await dana.composer.waitFor();

    // Named by the keyboard alone; the reply becomes a note.
    const note = dana.page.getByRole('textbox', { name: dana.text('composer.noteLabel') });
    await dana.composer.focus();
    await dana.page.keyboard.type('@נו');
    await dana.page.getByRole('option', { name: /נועה כהן/ }).waitFor();
    await expectAccessible(dana.page, 'list of names');
    await dana.page.keyboard.press('Enter');
    await expect.poll(() => note.inputValue()).toBe('@נועה כהן ');
    await dana.page.keyboard.type('מה קורה עם זה?');
    await dana.page.keyboard.press('Enter');

    const bell = noa.page.locator('[data-bell] > button');
    await expect.poll(() => bell.innerText(), { timeout: 20_000 }).toContain('1');
    await expect.poll(() => shownOn(noa.page)).toContainEqual(expect.stringMatching(/Dana.*\| .*@נועה כהן מה קורה עם זה\?$/));
    await bell.click();
    const told = noa.page.getByRole('dialog').getByRole('link');
    await expectAccessible(noa.page, 'bell');
    await told.first().click();
    await noa.page.locator('[data-message] bdi', { hasText: '@נועה כהן' }).waitFor();
    await expect.poll(() => bell.count().then((count) => (count === 0 ? '' : bell.getAttribute('aria-label')))).not.toContain('1');

    // Noa looks at another page: what is handed over now is news again.
    await noa.page.goto(`${noa.line.url}/console/contacts`);
    await noa.page.locator('[data-bell]').waitFor();
    await dana.page.locator('[data-heading]').focus();
    await dana.page.keyboard.press('t');
    const dialog = dana.page.getByRole('dialog');
    await dialog.getByRole('radio', { name: /נועה כהן/ }).check();
    await dialog.getByLabel(dana.text('transfer.note'), { exact: true }).fill('הוא כבר שילם');
    await expectAccessible(dana.page, 'handing over');
    await dialog.getByRole('button', { name: dana.text('transfer.submit') }).click();
    await dialog.waitFor({ state: 'detached' });
    await expect.poll(() => shownOn(noa.page), { timeout: 20_000 }).toContainEqual(expect.stringMatching(/Dana.*\| .*הוא כבר שילם$/));

    // The visitor reads that somebody else is there, and nothing of what was said about it.
    await expect.poll(() => visitor.panel.innerText()).toContain('נועה כהן');
    expect(await visitor.panel.innerText()).not.toMatch(/שילם|מה קורה/);

    await note.waitFor();
    await dana.page.getByRole('button', { name: dana.text('whisper.mark') }).click();
    await note.fill('אפשר להציע הנחה');
    await note.press('Enter');
    await expect.poll(() => shownOn(noa.page), { timeout: 20_000 }).toContainEqual(expect.stringContaining('אפשר להציע הנחה'));
    // Whatever Noa was named in stands in one list.
    await noa.page.goto(`${noa.line.url}/console/conversations?view=mentions`);
    await expect.poll(() => noa.rows.count(), { timeout: 20_000 }).toBe(1);
    await expectAccessible(noa.page, 'mentions');
    await bell.click();
    await expect.poll(() => told.count()).toBe(3);
    await told.first().click();
    await noa.page.getByText(noa.text('whisper.toYou'), { exact: true }).waitFor();
    await expectAccessible(noa.page, 'conversation with a whisper');
    expect(await visitor.panel.innerText()).not.toContain('הנחה');
  });
});
