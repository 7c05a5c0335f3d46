import { describe, expect } from 'vitest';
import { browserTest } from '../helpers/browser.ts';
import { expectAccessible } from './accessible.ts';
import { openScene } from './chat-scene.ts';

const looks = [
  { language: 'he', colorScheme: 'light', width: 1_280 },
  { language: 'en', colorScheme: 'dark', width: 375 },
] as const;

describe.each(looks)('in $language, $colorScheme, $width px wide', ({ language, colorScheme, width }) => {
  browserTest('an agent finds by keyboard what a visitor wrote long ago, and stands in front of it', async ({ openPage }) => {
    const { visitor, agent } = await openScene(openPage, language);
    await visitor.openChat();
    const words =
      language === 'he' ? { said: 'מתי המשלוח של העציץ יגיע?', typed: 'במשלוח' } : { said: 'When will my cactus arrive?', typed: 'cactsu' };
    await visitor.say(words.said);
    for (let count = 1; count <= 14; count += 1) await visitor.say(`${count}\n${'.\n'.repeat(6)}`);
    const { page } = agent;
    await agent.openFirst();
    await expect.poll(async () => (await agent.lines()).length, { timeout: 30_000 }).toBe(15);
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 740 });

    const field = page.getByRole('combobox', { name: agent.text('search.label') });
    const hit = page
      .getByRole('option')
      .filter({ hasText: words.said.slice(0, 8) })
      .filter({ has: page.locator('mark') });
    await expect
      .poll(
        async () => {
          if (await field.isVisible()) await page.keyboard.press('Escape');
          await page.keyboard.press('Control+k');
          await field.fill(words.typed);
          return hit
            .first()
            .waitFor({ timeout: 2_000 })
            .then(
              () => true,
              () => false,
            );
        },
        { timeout: 30_000 },
      )
      .toBe(true);
    await expectAccessible(page, 'palette');
    await page.keyboard.press('Enter');
    const row = page.locator('[data-seq="1"]');
    await row.locator('xpath=self::*[@data-marked]').waitFor();
    await expect.poll(() => row.evaluate((element) => element.getBoundingClientRect().top > 0)).toBe(true);

    await page.getByRole('button', { name: agent.text('find.label') }).click();
    await page.keyboard.type('14');
    await page.locator('[data-seq="15"][data-marked]').waitFor();
    await expectAccessible(page, 'conversation');
    await page.keyboard.press('Escape');

    await page.keyboard.press('Control+k');
    await field.fill(words.typed);
    await hit.first().waitFor();
    await page.keyboard.press('Control+Enter');
    await page.waitForURL(/\/console\/search\?q=/);
    await page.locator('main a mark').first().waitFor();
    await expectAccessible(page, 'search page');
    await page
      .locator('main a', { hasText: words.said.slice(0, 8) })
      .first()
      .click();
    await page.waitForURL(/message=1$/);
  });
});
