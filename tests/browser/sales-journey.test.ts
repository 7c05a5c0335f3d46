import { nanoid } from 'nanoid';
import type { Locator, Page } from 'playwright-core';
import { describe, expect } from 'vitest';
import { en } from '../../console/texts/en.ts';
import { enSales } from '../../console/texts/en-sales.ts';
import { enTimeline } from '../../console/texts/en-timeline.ts';
import { he } from '../../console/texts/he.ts';
import { heSales } from '../../console/texts/he-sales.ts';
import { heTimeline } from '../../console/texts/he-timeline.ts';
import type { Contact } from '../../shared/contact.ts';
import type { Board, Pipeline } from '../../shared/opportunity.ts';
import type { PurchasePage } from '../../shared/purchase.ts';
import { browserTest } from '../helpers/browser.ts';
import { writeIn } from '../helpers/company.ts';
import { openHouse, PASSWORD } from '../helpers/house.ts';
import { pdf } from '../helpers/sample-files.ts';
import { accessibleIn } from './in-both-looks.ts';

const cases = [
  {
    language: 'he',
    locale: 'he-IL',
    of: { ...he, ...heSales, ...heTimeline },
    forward: 'ArrowLeft',
    names: ['גינה לגג', 'קיר ירוק'],
    who: 'רות לוי',
  },
  {
    language: 'en',
    locale: 'en-US',
    of: { ...en, ...enSales, ...enTimeline },
    forward: 'ArrowRight',
    names: ['Roof garden', 'Green wall'],
    who: 'Ruth Levi',
  },
] as const;

describe.each(cases)('in $language', ({ language, locale, of, forward, names, who }) => {
  browserTest('what may be sold goes from stage to stage by mouse and by keyboard, is won, and is a purchase', async ({ openPage }) => {
    const text = (key: keyof typeof en | keyof typeof enSales | keyof typeof enTimeline) => of[key] as string;
    const accessible = accessibleIn(language);
    const house = await openHouse();
    const { conversationId } = await writeIn(house, 'שלום');
    const { contact } = await house.json<{ contact: Contact }>('GET', `/api/conversations/${conversationId}`);
    await house.json('PATCH', `/api/contacts/${contact.id}`, { name: who });
    await house.hire('Noa');

    const signIn = async (email: string, address: string): Promise<Page> => {
      const page = await openPage({ locale });
      await page.goto(`${house.url}${address}`);
      await page.getByLabel(text('signIn.email')).fill(email);
      await page.getByLabel(text('signIn.password')).fill(PASSWORD);
      await page.keyboard.press('Enter');
      await page.locator('[data-bell]').waitFor();
      return page;
    };

    // A pipeline by clicking: the stages are offered, and fit.
    const dana = await signIn('dana@shop.example', '/console/opportunities');
    await dana.getByText(text('opportunities.toPipelines')).click();
    await dana.getByRole('button', { name: text('pipelines.add') }).click();
    await dana
      .getByRole('dialog')
      .getByRole('button', { name: text('action.save') })
      .click();
    await dana.getByText(text('pipelines.usual.talking')).waitFor();
    const [pipeline] = (await house.json<{ items: Pipeline[] }>('GET', '/api/pipelines')).items;
    const [first, second, third] = pipeline?.stages ?? [];

    // From the customer file.
    await dana.goto(`${house.url}/console/contacts/${contact.id}`);
    await dana.getByRole('button', { name: text('opportunities.add') }).click();
    await dana.getByRole('dialog').getByLabel(text('opportunities.name')).fill(names[0]);
    await dana.getByRole('dialog').getByLabel(text('opportunities.amount')).fill('1,250.50');
    await dana
      .getByRole('dialog')
      .getByRole('button', { name: text('action.save') })
      .click();
    // With a document, which stands in the customer's file as well.
    await dana.getByRole('button', { name: names[0] }).click();
    await dana
      .getByRole('dialog')
      .locator('input[type="file"]')
      .setInputFiles({ name: 'offer.pdf', mimeType: 'application/pdf', buffer: pdf });
    await dana.getByRole('dialog').getByText('offer.pdf').waitFor();
    await accessible(dana, 'an opportunity with a document', 'dialog');
    await dana.keyboard.press('Escape');
    await dana.getByRole('dialog').waitFor({ state: 'detached' });
    await dana.getByText(text('documents.of.opportunity'), { exact: true }).first().waitFor();
    await dana.setViewportSize({ width: 1_280, height: 740 });
    await house.json('POST', '/api/opportunities', {
      id: nanoid(),
      contactId: contact.id,
      pipelineId: pipeline?.id,
      name: names[1],
      amount: 70_000,
    });

    await dana.goto(`${house.url}/console/opportunities`);
    const noa = await signIn('noa@shop.example', '/console/opportunities');
    const column = (page: Page, id: string | undefined) => page.locator(`[data-column="${id}"]`);
    const card = (page: Page, name: string) => page.locator('[data-card]', { hasText: name });
    await card(dana, names[0]).waitFor();
    await card(noa, names[0]).waitFor();
    await accessible(dana, 'the board');
    await dana.setViewportSize({ width: 1_280, height: 740 });

    // With the mouse; the colleague sees it there, and both columns say what they are worth.
    await pull(dana, card(dana, names[0]), column(dana, second?.id));
    await column(dana, second?.id).locator('[data-card]', { hasText: names[0] }).waitFor();
    await column(noa, second?.id).locator('[data-card]', { hasText: names[0] }).waitFor();
    await column(noa, second?.id).getByText('1,250.50').first().waitFor();

    // With the keyboard: lifted, to the next column as it is seen, dropped; another time put back.
    await card(dana, names[0]).focus();
    await dana.keyboard.press('Space');
    await dana.keyboard.press(forward);
    await dana.keyboard.press('Space');
    await column(noa, third?.id).locator('[data-card]', { hasText: names[0] }).waitFor();
    await card(dana, names[1]).focus();
    await dana.keyboard.press('Space');
    await dana.keyboard.press(forward);
    await column(dana, second?.id).locator('[data-card]', { hasText: names[1] }).waitFor();
    await dana.keyboard.press('Escape');
    await column(dana, first?.id).locator('[data-card]', { hasText: names[1] }).waitFor();

    // Lost with a reason of one's own; won, and written down as bought.
    await pull(dana, card(dana, names[1]), column(dana, 'lost'));
    await dana.getByLabel(text('opportunities.whyNote')).fill('—');
    await dana
      .getByRole('dialog')
      .getByRole('button', { name: text('opportunities.markLost') })
      .click();
    await column(dana, 'lost').getByText('1').first().waitFor();
    await pull(dana, card(dana, names[0]), column(dana, 'won'));
    const dialog = dana.getByRole('dialog');
    await dialog.getByText(text('purchases.add')).waitFor();
    await accessible(dana, 'a purchase that is written down', 'dialog');
    await dialog.getByRole('button', { name: text('action.save') }).click();
    await dialog.waitFor({ state: 'detached' });
    const { items } = await house.json<PurchasePage>('GET', `/api/purchases?contactId=${contact.id}`);
    expect(items).toMatchObject([{ total: 125_050, source: 'opportunity', lines: [{ product: names[0] }] }]);
    const board = await house.json<Board>('GET', `/api/opportunities/board?pipelineId=${pipeline?.id}`);
    expect(board).toMatchObject({ won: { count: 1 }, lost: { count: 1 } });
    expect(board.columns.every(({ count }) => count === 0)).toBe(true);

    await dana.setViewportSize({ width: 1_280, height: 740 });
    await dana.goto(`${house.url}/console/contacts/${contact.id}`);
    await dana.getByText('1,250.50').first().waitFor();
    await dana.getByText(text('contact.lifecycle.customer'), { exact: true }).first().waitFor();
    await accessible(dana, 'a customer file with purchases');

    // What ends soon is found from the palette, and leads to whose it is.
    const lines = [{ product: names[1], unitPrice: 9_900, endsAt: Date.now() + 14 * 24 * 60 * 60 * 1_000 }];
    await house.json('POST', '/api/purchases', { id: nanoid(), contactId: contact.id, currency: 'ILS', at: Date.now(), lines });
    await dana.keyboard.press('Control+k');
    await dana.getByRole('combobox').fill(text('renewals.title'));
    await dana.keyboard.press('Enter');
    await dana.getByRole('link', { name: who }).waitFor();
    await accessible(dana, 'what ends soon');

    // A timeline leads to what it tells of.
    await dana.setViewportSize({ width: 1_280, height: 740 });
    await dana.goto(`${house.url}/console/contacts/${contact.id}`);
    await dana.locator('[data-timeline-item^="opportunity:"] a[data-open]').first().click();
    await dana.getByRole('dialog').getByLabel(text('opportunities.name')).waitFor();
    await dana.keyboard.press('Escape');
    await dana.waitForURL(/\/console\/opportunities$/);
  });
});

browserTest('on a tablet a finger that rests on a card lifts it, and puts it into the next column', async ({ openPage }) => {
  const house = await openHouse();
  const { conversationId } = await writeIn(house, 'hello');
  const { contact } = await house.json<{ contact: Contact }>('GET', `/api/conversations/${conversationId}`);
  const stages = ['Asked', 'Offered'].map((name) => ({ id: nanoid(), name, probability: 50 }));
  const pipeline = await house.json<Pipeline>('POST', '/api/pipelines', { id: nanoid(), name: 'Sales', currency: 'ILS', stages });
  await house.json('POST', '/api/opportunities', { id: nanoid(), contactId: contact.id, pipelineId: pipeline.id, name: 'Roof garden' });
  const page = await openPage({ viewport: { width: 820, height: 900 }, hasTouch: true, isMobile: true });
  await page.goto(`${house.url}/console/opportunities`);
  await page.getByLabel(en['signIn.email']).fill('dana@shop.example');
  await page.getByLabel(en['signIn.password']).fill(PASSWORD);
  await page.keyboard.press('Enter');
  const [from, to] = [page.locator('[data-card]'), page.locator('[data-column]').nth(1)];
  await from.waitFor();
  const [start, end] = [await from.boundingBox(), await to.boundingBox()];
  if (!start || !end) throw new Error('nothing to pull');
  const [x, y] = [start.x + start.width / 2, start.y + 20];
  const finger = await page.context().newCDPSession(page);
  const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', touchPoints: { x: number; y: number }[]) =>
    finger.send('Input.dispatchTouchEvent', { type, touchPoints });
  await touch('touchStart', [{ x, y }]);
  await page.locator('[data-lifted]').waitFor();
  await touch('touchMove', [{ x: (x + end.x + end.width / 2) / 2, y: y + 10 }]);
  await touch('touchMove', [{ x: end.x + end.width / 2, y: y + 20 }]);
  await touch('touchEnd', []);
  await to.locator('[data-card]').waitFor();
  const read = () => house.json<Board>('GET', `/api/opportunities/board?pipelineId=${pipeline.id}`);
  await expect.poll(async () => (await read()).columns.map(({ count }) => count), { timeout: 20_000, interval: 500 }).toEqual([0, 1]);
  expect(await page.getByRole('dialog').count()).toBe(0);
});

/** As a hand does it: pressed, pulled a little, then over there, and let go. */
async function pull(page: Page, card: Locator, target: Locator): Promise<void> {
  const [from, to] = [await card.boundingBox(), await target.boundingBox()];
  if (!from || !to) throw new Error('nothing to pull');
  await page.mouse.move(from.x + from.width / 2, from.y + 12);
  await page.mouse.down();
  await page.mouse.move(from.x + from.width / 2 + 12, from.y + 20, { steps: 3 });
  await page.mouse.move(to.x + to.width / 2, to.y + to.height / 2, { steps: 8 });
  await page.mouse.up();
}
