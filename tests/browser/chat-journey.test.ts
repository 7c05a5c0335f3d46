import { describe, expect } from 'vitest';
import { browserTest } from '../helpers/browser.ts';
import { expectSameTranscript, type Language, openScene } from './chat-scene.ts';

const sayings = {
  he: {
    question: 'שלום, הזמנה 10482 (Sea mug) – מתי המשלוח?',
    answer: 'היי! המשלוח יגיע מחר עד 14:00 https://track.example/10482',
    draft: 'ועוד שאלה: אפשר להחליף ל',
    rest: 'צבע כחול?',
    lost: 'נכתב בזמן שהשרת נפל',
    down: 'נכתב כשהשרת כבוי',
    last: 'תודה רבה!',
    name: 'רות אברהם',
  },
  en: {
    question: 'Hello, order 10482 (ספל הים): when does it arrive?',
    answer: 'Hi! Tomorrow before 14:00 https://track.example/10482',
    draft: 'One more thing: could I change it to ',
    rest: 'blue?',
    lost: 'written as the server fell',
    down: 'written while the server is down',
    last: 'Thank you!',
    name: 'Ruth Abraham',
  },
} as const;

describe.each<{ language: Language }>([{ language: 'he' }, { language: 'en' }])('in $language', ({ language }) => {
  const said = sayings[language];

  browserTest('a visitor in the demo shop and the agent at the console talk', async ({ openPage }) => {
    const { visitor, agent } = await openScene(openPage, language);
    await visitor.openChat();
    await visitor.say(said.question);
    await agent.openFirst();
    await expectSameTranscript(visitor, agent, [said.question]);
    await expect.poll(() => visitor.mark.getAttribute('data-state')).toBe('read');

    await visitor.composer.pressSequentially(said.draft);
    await expect.poll(() => agent.page.locator('main').innerText()).toContain(said.draft.trim());
    await agent.composer.pressSequentially('…');
    await expect.poll(() => visitor.panel.innerText()).toContain('Dana');
    await visitor.panel.locator('.typing').waitFor();
    await agent.say(said.answer);
    await expectSameTranscript(visitor, agent, [said.question, said.answer]);
    expect(await visitor.composer.inputValue()).toBe(said.draft);
    const link = visitor.panel.getByRole('link', { name: 'https://track.example/10482' });
    expect(await link.getAttribute('href')).toBe('https://track.example/10482');

    await visitor.panel.getByRole('button', { name: visitor.texts.yourDetails }).click();
    await visitor.panel.getByLabel(visitor.texts.name).fill(said.name);
    await visitor.panel.getByLabel(visitor.texts.phone).fill('050-123-4567');
    await visitor.panel.getByRole('button', { name: visitor.texts.save }).click();
    await expect.poll(() => agent.file.innerText()).toContain(said.name);
    await expect.poll(() => agent.file.innerText()).toContain('+972');
    await expect.poll(() => agent.rows.first().innerText()).toContain(said.name);
  });

  browserTest('the visitor changes page in mid-sentence, reloads and opens a second tab, and goes on', async ({ openPage }) => {
    const { visitor, agent } = await openScene(openPage, language);
    await visitor.openChat();
    await visitor.say(said.question);
    await agent.openFirst();
    await visitor.composer.pressSequentially(said.draft);

    await visitor.goOn();
    await expect.poll(() => visitor.composer.inputValue()).toBe(said.draft);
    await visitor.page.reload();
    await expect.poll(() => visitor.composer.inputValue()).toBe(said.draft);
    await visitor.composer.press('End');
    await visitor.composer.pressSequentially(said.rest);
    await visitor.composer.press('Enter');
    const whole = said.draft + said.rest;
    await expectSameTranscript(visitor, agent, [said.question, whole]);

    const firstTab = visitor.page;
    visitor.page = await firstTab.context().newPage();
    await visitor.enterShop();
    if (!(await visitor.panel.isVisible())) await visitor.openChat();
    await expectSameTranscript(visitor, agent, [said.question, whole]);
    await visitor.say(said.last);
    await agent.say(said.answer);
    await expectSameTranscript(visitor, agent, [said.question, whole, said.last, said.answer]);
    visitor.page = firstTab;
    await expectSameTranscript(visitor, agent, [said.question, whole, said.last, said.answer]);
    expect(await agent.rows.count()).toBe(1);
  });

  browserTest('the server is killed and started again, and neither side has lost or doubled a word', async ({ openPage }) => {
    const { server, visitor, agent } = await openScene(openPage, language);
    await visitor.openChat();
    await visitor.say(said.question);
    await agent.openFirst();
    await expectSameTranscript(visitor, agent, [said.question]);
    await agent.composer.fill(said.answer);

    await visitor.composer.fill(said.lost);
    await Promise.all([visitor.composer.press('Enter'), server.kill()]);
    await visitor.say(said.down);
    await agent.composer.press('Enter');
    await expect.poll(async () => (await agent.lines()).at(-1)).toMatchObject({ text: said.answer, isSending: true });
    await visitor.composer.pressSequentially(said.draft);
    await visitor.page.reload().catch(() => undefined);
    await server.start();
    await visitor.enterShop();

    await expect.poll(async () => (await agent.lines()).filter(({ isSending }) => !isSending).length, { timeout: 40_000 }).toBe(4);
    const texts = (await agent.lines()).map(({ text }) => text);
    expect([...texts].sort()).toEqual([said.question, said.lost, said.down, said.answer].sort());
    await expectSameTranscript(visitor, agent, texts);
    expect(await visitor.composer.inputValue()).toBe(said.draft);
    await visitor.composer.fill('');
    await visitor.say(said.last);
    await expectSameTranscript(visitor, agent, [...texts, said.last]);
  });
});
