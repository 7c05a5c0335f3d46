import type { Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { en as consoleEnglish } from '../../console/texts/en.ts';
import { enTasks } from '../../console/texts/en-tasks.ts';
import { he as consoleHebrew } from '../../console/texts/he.ts';
import { heTasks } from '../../console/texts/he-tasks.ts';
import type { TaskPage, Todo } from '../../shared/task.ts';
import { browserTest } from '../helpers/browser.ts';
import { writeIn } from '../helpers/company.ts';
import { get, type House, openHouse, PASSWORD } from '../helpers/house.ts';
import { accessibleIn } from './in-both-looks.ts';

const words = { he: { ...consoleHebrew, ...heTasks }, en: { ...consoleEnglish, ...enTasks } };
const cases = [
  { language: 'he', locale: 'he-IL' },
  { language: 'en', locale: 'en-US' },
] as const;

async function itIs(house: House, at: number, page: Page): Promise<void> {
  house.clockOffsetMs = at - Date.now();
  await page.clock.setSystemTime(at);
}

describe.each(cases)('in $language', ({ language, locale }) => {
  browserTest('what a customer wrote becomes a task with one key, rings in time and is done, by keyboard alone', async ({ openPage }) => {
    const text = (key: keyof typeof words.en) => words[language][key] as string;
    const look = accessibleIn(language);
    const house = await openHouse();
    const { socket } = await writeIn(house, 'הפיקוס השיר עלים, תבדקו?');
    await get(socket, 'visitor:identify', { name: 'נועה ברק' });
    const page = await signIn(house, await openPage({ locale }));
    const { keyboard } = page;
    const focused = (name: string | RegExp) => page.locator(':focus').and(page.getByLabel(name));

    await page.getByRole('link', { name: text('view.unassigned') }).click();
    await page.locator('[data-conversation]').first().click();
    const history = page.locator('section:has(> div [data-message])').last();
    await page.getByText('הפיקוס השיר עלים, תבדקו?').last().waitFor();
    // Into the history, to its last message, and from there to a task.
    await history.focus();
    await keyboard.press('Enter');
    await page.locator('[data-message]:focus').waitFor();
    await keyboard.press('d');
    const form = page.getByRole('dialog');
    await focused(text('todo.what')).waitFor();
    expect(await form.getByLabel(text('todo.what')).inputValue()).toBe('הפיקוס השיר עלים, תבדקו?');
    await look(page, 'the form');
    await page.setViewportSize({ width: 1_366, height: 768 });
    // What was begun is there again after a reload.
    await keyboard.press('End');
    await keyboard.type(' !');
    await page.reload();
    await page.locator('[data-message]').last().waitFor();
    await keyboard.press('d');
    await expect.poll(() => form.getByLabel(text('todo.what')).inputValue(), { timeout: 20_000 }).toBe('הפיקוס השיר עלים, תבדקו? !');
    // By keyboard to "tomorrow morning".
    await keyboard.press('Tab');
    await keyboard.press('Tab');
    const tomorrow = form.getByRole('radio', { name: text('todo.due.tomorrow') });
    for (let turn = 0; turn < 6 && !(await tomorrow.isChecked()); turn += 1) await keyboard.press('ArrowDown');
    await keyboard.press('Enter');
    await form.waitFor({ state: 'detached' });
    const [task] = (await house.json<TaskPage>('GET', '/api/tasks')).items as [Todo];
    expect(task).toMatchObject({ title: 'הפיקוס השיר עלים, תבדקו? !', messageSeq: 1, contact: { name: 'נועה ברק' } });
    expect(task.conversationId).not.toBeNull();

    // In the customer file beside the chat, and on the page of tasks.
    await page.locator(`aside [data-todo="${task.id}"]`).waitFor();
    await page.goto(`${house.url}/console/tasks`);
    await page.getByRole('heading', { name: text('todo.group.tomorrow') }).waitFor();
    await look(page, 'the tasks');
    await page.setViewportSize({ width: 1_366, height: 768 });

    // It rings, and is done from where it rings.
    await itIs(house, (task.dueAt ?? 0) + 1_000, page);
    const strip = page.getByRole('region', { name: text('calls.region') });
    await strip.getByText('הפיקוס השיר עלים, תבדקו? !').waitFor({ timeout: 20_000 });
    await look(page, 'the task that rings');
    await page.locator('h1').click();
    await keyboard.press('c');
    await keyboard.press('Enter');
    await expect.poll(() => strip.count(), { timeout: 20_000 }).toBe(0);
    await expect.poll(async () => (await house.json<TaskPage>('GET', '/api/tasks?status=done')).items.length, { timeout: 20_000 }).toBe(1);
    await page.getByRole('radio', { name: text('todo.tab.done') }).focus();
    await keyboard.press('Space');
    const row = page.locator(`li[data-todo="${task.id}"]`);
    await row.waitFor();
    // The way back to what was said.
    await row.getByRole('link', { name: text('todo.toMessage') }).focus();
    await keyboard.press('Enter');
    await page.waitForURL(/conversations\/[\w-]+\?.*message=1/);
    await page.locator('[data-seq="1"]').waitFor();
  });
});

async function signIn(house: House, page: Page): Promise<Page> {
  await page.goto(`${house.url}/console/`);
  const label = (id: string) => page.locator(`input[type="${id}"]`);
  await label('email').fill('dana@shop.example');
  await label('password').fill(PASSWORD);
  await page.keyboard.press('Enter');
  await page.locator('[data-bell]').waitFor();
  return page;
}
