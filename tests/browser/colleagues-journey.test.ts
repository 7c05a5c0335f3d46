import { describe, expect } from 'vitest';
import { browserTest } from '../helpers/browser.ts';
import { AgentAtConsole, expectSameTranscript, openScene } from './chat-scene.ts';

const looks = [
  { language: 'he', locale: 'he-IL', name: 'נועה כהן' },
  { language: 'en', locale: 'en-US', name: 'Noa Cohen' },
] as const;

describe.each(looks)('in $language', ({ language, locale, name }) => {
  browserTest(
    'a newcomer comes in by a link, neither answers what the other has answered, and whoever must go is out at once',
    async ({ openPage }) => {
      const { visitor, agent: dana } = await openScene(openPage, language);
      const people = `${dana.line.url}/console/settings/people`;
      await dana.page.goto(people);
      await dana.page.getByRole('button', { name: dana.text('invite.button') }).click();
      const dialog = dana.page.getByRole('dialog');
      await dialog.getByLabel(dana.text('signIn.email')).fill('noa@shop.example');
      await dialog.getByRole('button', { name: dana.text('invite.submit') }).click();
      const link = await dialog.locator('code').innerText();
      await dialog.getByRole('button', { name: dana.text('action.done') }).click();

      const noa = new AgentAtConsole(await openPage({ locale }), dana.line, language);
      const { pathname, hash } = new URL(link);
      await noa.page.goto(`${noa.line.url}${pathname}${hash}`);
      await noa.page.getByLabel(noa.text('setup.name')).fill(name);
      await noa.page.getByLabel(noa.text('signIn.password')).fill('correct horse battery');
      await noa.page.keyboard.press('Enter');
      await noa.page.locator('[data-bell]').waitFor();

      const [question, answer, second] =
        language === 'he' ? ['איפה הספל?', 'הוא בדרך', 'אצלנו בחנות'] : ['Where is it?', 'On its way', 'At the shop'];
      await visitor.openChat();
      await visitor.say(question);
      await dana.openFirst();
      await noa.openFirst();
      const inDana = () => dana.page.locator('main').innerText();
      await expect.poll(inDana).toContain(noa.text('viewers.looking').replace('{names}', `\u2068${name}\u2069`));
      await noa.composer.pressSequentially(second);
      await expect.poll(async () => (await dana.page.getByRole('status').allInnerTexts()).join()).toContain(name);

      await dana.say(answer);
      await expectSameTranscript(visitor, dana, [question, answer]);
      await noa.page.getByText(answer).first().waitFor();
      await noa.composer.press('Enter');
      const sendAnyway = noa.page.getByRole('button', { name: noa.text('message.sendAnyway') });
      await sendAnyway.waitFor();
      expect((await visitor.lines()).map(({ text }) => text)).toEqual([question, answer]);
      await sendAnyway.click();
      await expectSameTranscript(visitor, noa, [question, answer, second]);

      await dana.page.goto(people);
      await dana.page.getByRole('button', { name: dana.text('people.manage').replace('{name}', `\u2068${name}\u2069`) }).click();
      await dialog.getByRole('button', { name: dana.text('people.deactivate') }).click();
      await dialog.getByRole('button', { name: dana.text('people.deactivateNow').replace('{name}', `\u2068${name}\u2069`) }).click();
      await noa.page.getByLabel(noa.text('signIn.password')).waitFor();
      await noa.page.goto(`${noa.line.url}/console/conversations?view=open`);
      await noa.page.getByLabel(noa.text('signIn.password')).waitFor();
    },
  );
});
