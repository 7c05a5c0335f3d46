import { expect } from 'vitest';
import { browserTest } from '../helpers/browser.ts';
import { expectSameTranscript, type Language, openScene, type Scene } from './chat-scene.ts';

const sayings = {
  he: {
    question: 'שלום, הזמנה 10482 (Sea mug) – מתי המשלוח?',
    draft: 'ועוד שאלה: אפשר להחליף ל',
    lost: ['כתבתי בלי רשת', 'ועוד אחת בלי רשת'],
    answered: ['גם לי אין רשת', 'אבל זה יגיע'],
  },
  en: {
    question: 'Hello, order 10482 (ספל הים): when does it arrive?',
    draft: 'One more thing: could I change it to ',
    lost: ['written without a network', 'and another one'],
    answered: ['no network here either', 'but it will arrive'],
  },
} as const;

/** What the issue calls 30 s: longer than the heartbeat, so that both sides notice a dead line by themselves. */
const OUTAGE_MS = 30_000;

// Side by side, because all that they do is wait.
browserTest('both write while the network is dead for half a minute, in Hebrew and in English', async ({ openPage }) => {
  const scenes: [Language, Scene][] = [];
  for (const language of ['he', 'en'] as const) scenes.push([language, await openScene(openPage, language)]);
  await Promise.all(scenes.map(([language, scene]) => sufferOutage(language, scene)));
});

async function sufferOutage(language: Language, { visitor, agent }: Scene): Promise<void> {
  const said = sayings[language];
  await visitor.openChat();
  await visitor.say(said.question);
  await agent.openFirst();
  await expectSameTranscript(visitor, agent, [said.question]);

  // The visitor's line goes silent without a word (a tunnel), the agent's is cut.
  visitor.line.isSilent = true;
  visitor.line.freeze();
  agent.line.isRefusing = true;
  agent.line.cut();
  const outage = new Promise((resolve) => setTimeout(resolve, OUTAGE_MS));
  for (const text of said.lost) await visitor.say(text);
  for (const text of said.answered) await agent.say(text);
  await visitor.composer.pressSequentially(said.draft);
  await expect.poll(() => visitor.lines()).toMatchObject([{}, { isSending: true }, { isSending: true }]);
  await expect.poll(() => visitor.panel.innerText(), { timeout: OUTAGE_MS }).toContain(visitor.texts.reconnecting);
  await outage;
  expect((await agent.lines()).map(({ isSending }) => isSending)).toEqual([false, true, true]);
  for (const line of [visitor.line, agent.line]) line.heal();

  await expect.poll(async () => (await agent.lines()).filter(({ isSending }) => !isSending).length, { timeout: 40_000 }).toBe(5);
  const texts = (await agent.lines()).map(({ text }) => text);
  expect(texts.filter((text) => said.lost.includes(text as never))).toEqual(said.lost);
  expect(texts.filter((text) => said.answered.includes(text as never))).toEqual(said.answered);
  await expectSameTranscript(visitor, agent, texts);
  expect(await visitor.composer.inputValue()).toBe(said.draft);
}
