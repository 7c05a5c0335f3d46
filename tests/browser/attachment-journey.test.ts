import type { Locator } from 'playwright-core';
import { describe, expect } from 'vitest';
import { browserTest } from '../helpers/browser.ts';
import * as sample from '../helpers/sample-files.ts';
import { type Language, openScene } from './chat-scene.ts';

const names = { he: { photo: 'ספל שבור.png', letter: 'חשבונית 10482.pdf' }, en: { photo: 'broken mug.png', letter: 'invoice 10482.pdf' } };

/** Whether the picture is there and drawn in its full size. */
const isDrawn = (picture: Locator) => picture.evaluate((image) => (image as HTMLImageElement).naturalWidth > 0);

describe.each<{ language: Language }>([{ language: 'he' }, { language: 'en' }])('in $language', ({ language }) => {
  const { photo, letter } = names[language];

  browserTest('a visitor sends a photo while the network drops, and the agent answers with a document', async ({ openPage }) => {
    const { visitor, agent } = await openScene(openPage, language);
    const { panel, texts } = visitor;
    await visitor.openChat();
    await visitor.say('10482');
    await agent.openFirst();

    visitor.line.freeze();
    const chooser = panel.locator('input[type="file"]');
    await chooser.setInputFiles([
      { name: photo, mimeType: 'image/png', buffer: sample.png(640, 480) },
      { name: letter, mimeType: 'application/pdf', buffer: sample.pdf },
    ]);
    const tray = panel.getByRole('list', { name: texts.chosenFiles });
    await expect.poll(() => tray.getByRole('listitem').count()).toBe(2);
    await expect.poll(() => tray.getByRole('progressbar').count()).toBe(2);
    visitor.line.isRefusing = true;
    visitor.line.cut();
    await expect.poll(() => tray.innerText(), { timeout: 20_000 }).toContain(texts.fileWaiting);
    await visitor.say(language === 'he' ? 'הנה התמונה' : 'here is the photo');
    await expect.poll(() => tray.isVisible()).toBe(false);
    expect(await visitor.composer.inputValue()).toBe('');
    expect((await visitor.lines()).at(-1)).toMatchObject({ isSending: true });

    // The next page of the shop goes on where this one was left.
    visitor.line.heal();
    await visitor.page.reload();
    const shown = agent.page
      .locator('main')
      .getByRole('button', { name: agent.text('files.open').replace('{name}', `\u2068${photo}\u2069`) });
    await shown.waitFor({ timeout: 40_000 });
    await expect.poll(() => isDrawn(shown.locator('img'))).toBe(true);
    expect(await agent.page.locator('main a[href*="/attachments/"]').innerText()).toContain(letter);
    expect((await agent.lines()).map(({ text }) => text)).toHaveLength(2);

    const own = panel.locator('.picture img');
    await expect.poll(() => isDrawn(own)).toBe(true);
    const frame = panel.locator('.picture');
    expect(await frame.boundingBox()).toMatchObject({ width: 240, height: 180 });
    await frame.focus();
    await visitor.page.keyboard.press('Enter');
    const box = visitor.page.getByRole('dialog', { name: photo });
    await box.waitFor();
    await visitor.page.keyboard.press('Escape');
    await expect.poll(() => box.count()).toBe(0);
    expect(await frame.evaluate((element) => (element.getRootNode() as ShadowRoot).activeElement === element)).toBe(true);
    await panel.waitFor();

    await agent.page.locator('main input[type="file"]').setInputFiles({ name: letter, mimeType: 'application/pdf', buffer: sample.pdf });
    await agent.say(language === 'he' ? 'מצורף זיכוי' : 'a refund is attached');
    await expect.poll(() => panel.locator('a.card').count(), { timeout: 20_000 }).toBe(2);
    const [download] = await Promise.all([visitor.page.waitForEvent('download'), panel.locator('a.card').last().click()]);
    expect(download.suggestedFilename()).toBe(letter);
  });

  browserTest('a visitor is told what cannot be sent, takes a file back, and chooses an emoji with the keyboard', async ({ openPage }) => {
    const { visitor } = await openScene(openPage, language);
    const { panel, texts } = visitor;
    await visitor.openChat();
    const chooser = panel.locator('input[type="file"]');
    await chooser.setInputFiles([
      { name: 'setup.exe', mimeType: 'application/x-msdownload', buffer: sample.windowsProgram },
      { name: 'large.png', mimeType: 'image/png', buffer: Buffer.alloc(10 * 1024 * 1024 + 1) },
      { name: photo, mimeType: 'image/png', buffer: sample.png(40, 40) },
    ]);
    const tray = panel.getByRole('list', { name: texts.chosenFiles });
    await expect.poll(() => tray.getByRole('alert').count()).toBe(2);
    expect(await tray.innerText()).toContain('setup.exe');
    expect(await tray.innerText()).toContain('large.png');
    await tray.getByRole('button', { name: photo }).click();
    await expect.poll(() => tray.locator('[data-file]').count()).toBe(0);

    await visitor.composer.fill('ab');
    await visitor.composer.press('ArrowLeft');
    await panel.getByRole('button', { name: texts.emoji }).press('Enter');
    await panel.getByRole('group', { name: texts.emoji }).waitFor();
    await visitor.page.keyboard.press(language === 'he' ? 'ArrowLeft' : 'ArrowRight');
    await visitor.page.keyboard.press('Enter');
    await expect.poll(() => visitor.composer.inputValue()).toBe('a😃b');
    await expect.poll(() => panel.getByRole('group', { name: texts.emoji }).count()).toBe(0);
    expect(await visitor.composer.evaluate((field) => (field as HTMLTextAreaElement).selectionStart)).toBe(3);
  });
});
