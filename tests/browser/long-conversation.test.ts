import { nanoid } from 'nanoid';
import type { Page } from 'playwright-core';
import { io } from 'socket.io-client';
import { expect, onTestFinished } from 'vitest';
import type { Inbox } from '../../shared/inbox.ts';
import { browserTest } from '../helpers/browser.ts';
import { type AgentAtConsole, openScene } from './chat-scene.ts';

const MESSAGES = 10_000;

/** A customer who never stopped writing. */
async function writeMuch(agent: AgentAtConsole): Promise<void> {
  const inboxes = await agent.page.request.get(`${agent.line.url}/api/inboxes`, { headers: { 'X-Kesher': '1' } });
  const { items } = (await inboxes.json()) as { items: Inbox[] };
  const socket = io(`${agent.line.url}/visitor`, { auth: { inbox: items[0]?.key }, transports: ['websocket'], forceNew: true });
  onTestFinished(() => void socket.disconnect());
  for (let from = 0; from < MESSAGES; from += 1_000) {
    const texts = Array.from({ length: 1_000 }, (_, at) => `${from + at + 1} ${'הודעה ארוכה קצת '.repeat(1 + ((from + at) % 9))}`);
    await Promise.all(texts.map((text) => socket.emitWithAck('message:post', { id: nanoid(), text })));
  }
}

/** The first row in sight, and how far it stands from the upper edge. */
function lineUnderTheEyes(page: Page): Promise<{ seq: number; top: number }> {
  return page.locator('main section[tabindex="0"]').evaluate((scroller) => {
    const edge = scroller.getBoundingClientRect().top;
    const row = [...scroller.querySelectorAll<HTMLElement>('[data-seq]')].find((one) => one.getBoundingClientRect().bottom > edge);
    return { seq: Number(row?.dataset.seq), top: (row?.getBoundingClientRect().top ?? 0) - edge };
  });
}

browserTest(
  'ten thousand messages are read to the first one, and the page holds a few screens of them',
  async ({ openPage }) => {
    const { agent } = await openScene(openPage, 'he', { environment: { LIMITS: 'off' } });
    const { page } = agent;
    await writeMuch(agent);
    // Without room for the customer file, which would come and go with the width.
    await page.setViewportSize({ width: 1_200, height: 800 });
    await agent.openFirst();
    const scroller = page.locator('main section[tabindex="0"]');
    await page.locator(`[data-seq="${MESSAGES}"]`).waitFor();

    // To the beginning, as with the wheel; each page of history comes in above, and the most that the page ever holds is noted.
    const walk = await scroller.evaluate(async (element) => {
      const frames: number[] = [];
      let [rowsMax, nodesMax, jumps] = [0, 0, 0];
      let last = performance.now();
      const rowAt = (seq: string) => element.querySelector<HTMLElement>(`[data-seq="${seq}"]`);
      for (let still = 0; still < 600; ) {
        const before = [...element.querySelectorAll<HTMLElement>('[data-seq]')].find((row) => row.getBoundingClientRect().bottom > 200);
        const seq = before?.dataset.seq ?? '';
        const [bottom, from] = [before?.getBoundingClientRect().bottom ?? 0, element.scrollTop];
        element.scrollTop -= 1_000;
        const moved = from - element.scrollTop;
        await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
        const now = performance.now();
        frames.push((now - last) / 2);
        last = now;
        const after = rowAt(seq)?.getBoundingClientRect().bottom;
        if (after !== undefined && Math.abs(after - bottom - moved) > 2) jumps += 1;
        rowsMax = Math.max(rowsMax, element.querySelectorAll('[data-seq]').length);
        nodesMax = Math.max(nodesMax, element.querySelectorAll('*').length);
        if (rowAt('1') && element.scrollTop === 0) break;
        still = moved === 0 ? still + 1 : 0;
      }
      frames.sort((a, b) => a - b);
      const part = (share: number) => Math.round(frames[Math.floor(frames.length * share)] ?? 0);
      return { isAtFirst: rowAt('1') !== null, rowsMax, nodesMax, jumps, steps: frames.length, p50: part(0.5), p95: part(0.95) };
    });
    process.stdout.write(`  10,000 messages scrolled: ${JSON.stringify(walk)}\n`);
    expect(walk.isAtFirst).toBe(true);
    expect(walk.jumps).toBe(0);
    expect(walk.rowsMax).toBeLessThan(500);

    // A narrower window changes the height of everything: the line under the eyes stays.
    await scroller.evaluate((element) => {
      element.scrollTop = element.scrollHeight / 2;
    });
    await expect.poll(async () => (await lineUnderTheEyes(page)).seq).toBeGreaterThan(1_000);
    const read = await lineUnderTheEyes(page);
    await page.setViewportSize({ width: 760, height: 740 });
    await expect.poll(async () => (await lineUnderTheEyes(page)).seq).toBe(read.seq);
    await page.setViewportSize({ width: 1_200, height: 800 });
    await expect.poll(async () => Math.abs((await lineUnderTheEyes(page)).top - read.top)).toBeLessThan(3);

    // By keyboard, and by the search in the conversation.
    await scroller.focus();
    await page.keyboard.press('End');
    await page.locator(`[data-seq="${MESSAGES}"]`).waitFor();
    await page.keyboard.press('Home');
    await page.locator('[data-seq="1"]').waitFor();
    expect(await scroller.locator('[data-seq]').count()).toBeLessThan(500);
  },
  240_000,
);
