import { describe } from 'vitest';
import { browserTest } from '../helpers/browser.ts';
import { type Language, openScene } from './chat-scene.ts';
import { accessibleIn } from './in-both-looks.ts';

describe.each(['he', 'en'] as Language[])('in %s, light and dark, on a laptop and on a phone', (language) => {
  const expectAccessible = accessibleIn(language);

  browserTest('whoever sets the house up, comes in or is kept out can use every screen of it', async ({ openPage }) => {
    const { agent } = await openScene(openPage, language);
    const { page } = agent;
    const settings = ['inbox', 'answers', 'business', 'people', 'teams', 'roles', 'canned', 'macros', 'tags', 'security', 'personal'].map(
      (section) => `settings/${section}`,
    );
    for (const route of ['settings', ...settings]) {
      await page.goto(`${agent.line.url}/console/${route}`);
      await page.locator('main h1, main h2').first().waitFor();
      await expectAccessible(page, route);
    }
    await page.goto(`${agent.line.url}/console/settings/sla`);
    await page.locator('[data-add]').click();
    await page.locator('#sla-preview').waitFor();
    await expectAccessible(page, 'a promise that is set up');
    await page.goto(`${agent.line.url}/console/settings/people`);
    await page.getByRole('button', { name: agent.text('invite.button') }).click();
    await page.getByRole('dialog').waitFor();
    await expectAccessible(page, 'invitation');
    await page.goto(`${agent.line.url}/console/settings/security`);
    await page.getByRole('button', { name: agent.text('twoFactor.start') }).click();
    await page.getByRole('img', { name: agent.text('twoFactor.qr') }).waitFor();
    await expectAccessible(page, 'second factor');
    await page.goto(`${agent.line.url}/console/invitation#spent`);
    await page.getByText(agent.text('link.spent')).waitFor();
    await expectAccessible(page, 'spent link');
    await page.context().clearCookies();
    await page.goto(`${agent.line.url}/console/`);
    await page.getByLabel(agent.text('signIn.password')).waitFor();
    await expectAccessible(page, 'sign-in');
  });
});
