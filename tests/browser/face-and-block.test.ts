import { expect } from 'vitest';
import { browserTest } from '../helpers/browser.ts';
import { ForeignSite } from '../helpers/foreign-site.ts';
import { png } from '../helpers/sample-files.ts';
import { openScene } from './chat-scene.ts';

browserTest(
  'a visitor of another site sees the agent’s face, is blocked without a word too many, and can write again',
  async ({ openPage }) => {
    const { visitor, agent } = await openScene(openPage, 'he');
    const { page } = agent;
    // Wide enough for the customer file to stand beside the conversation.
    await page.setViewportSize({ width: 1_600, height: 900 });
    await page.goto(`${agent.line.url}/console/settings/personal`);
    await page.locator('input[type=file]').setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer: png(900, 600) });
    const ownFace = page.locator('main img').first();
    await expect.poll(() => ownFace.evaluate((img: HTMLImageElement) => `${img.naturalWidth}×${img.naturalHeight}`)).toBe('256×256');
    await page.locator('input[type=file]').setInputFiles({ name: 'me.png', mimeType: 'image/png', buffer: Buffer.from('no picture') });
    await page.getByText(agent.text('photo.unreadable')).waitFor();

    const site = await ForeignSite.open();
    const snippet = await page.evaluate(async () => {
      const response = await fetch('/api/inboxes', { headers: { 'X-Kesher': '1' } });
      const { items } = (await response.json()) as { items: { key: string }[] };
      return items[0]?.key;
    });
    const address = site.put('/', {
      html: `<!doctype html><html lang="he" dir="rtl"><title>חנות</title><script async src="${visitor.line.url}/widget.js" data-inbox="${snippet}"></script>`,
      headers: {
        'Content-Security-Policy': `default-src 'none'; script-src ${visitor.line.url}; connect-src ${visitor.line.url} ${visitor.line.url.replace('http', 'ws')}; img-src ${visitor.line.url}`,
      },
    });
    await visitor.page.goto(address);
    await visitor.openChat();
    await visitor.say('שלום');
    await agent.openFirst();
    await agent.say('היי, איך אפשר לעזור?');
    const faces = visitor.panel.locator('.face img');
    await expect
      .poll(
        () =>
          faces
            .first()
            .evaluate((img: HTMLImageElement) => img.naturalWidth)
            .catch(() => 0),
        { timeout: 20_000 },
      )
      .toBe(256);

    await agent.file.getByRole('button', { name: agent.text('block.ask') }).click();
    await page
      .getByRole('dialog')
      .getByRole('button', { name: agent.text('block.submit') })
      .click();
    await agent.file.getByText(/חסימה עד/).waitFor();
    await visitor.say('שטויות');
    const failure = visitor.panel.locator('.failure');
    await failure.waitFor({ timeout: 20_000 });
    expect(await visitor.panel.innerText()).not.toMatch(/חסו|חסימ/);
    expect(await visitor.panel.innerText()).toContain('היי, איך אפשר לעזור?');

    await page.goto(`${agent.line.url}/console/settings/blocked`);
    await page.getByRole('button', { name: agent.text('block.undo') }).click();
    await page.getByText(agent.text('block.nobody')).waitFor();
    await failure.getByRole('button').first().click();
    await expect.poll(async () => (await visitor.lines()).at(-1), { timeout: 20_000 }).toMatchObject({ text: 'שטויות', isSending: false });
    await failure.waitFor({ state: 'detached' });
  },
);
