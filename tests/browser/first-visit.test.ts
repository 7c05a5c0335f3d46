import { nanoid } from 'nanoid';
import { describe, expect } from 'vitest';
import type { Contact } from '../../shared/contact.ts';
import type { OpenedConversation } from '../../shared/events.ts';
import { firstInboxSettings, type InboxSettings } from '../../shared/inbox.ts';
import { Line } from '../chaos/line.ts';
import { browserTest } from '../helpers/browser.ts';
import { get, type House, openHouse } from '../helpers/house.ts';
import { changeSettings, looks, personOf, ShopVisit } from './shop-visit.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;
const questions: InboxSettings['questions'] = [
  {
    id: 'delivery',
    text: { he: 'כמה זמן לוקח המשלוח?', en: 'How long does delivery take?' },
    answer: { he: 'עד חמישה ימי עסקים: https://shop.example/delivery', en: 'Up to five working days: https://shop.example/delivery' },
  },
  { id: 'returns', text: { he: 'אפשר להחזיר?', en: 'May I return it?' }, answer: { he: 'בטח', en: 'Sure' } },
];
const preChat: InboxSettings['preChat'] = {
  ...firstInboxSettings.preChat,
  name: 'required',
  phone: 'required',
  email: 'optional',
  consent: 'required',
  consentText: { he: 'קראתי את https://shop.example/privacy', en: 'I have read https://shop.example/privacy' },
  fields: [
    { key: 'topic', label: { he: 'נושא', en: 'Topic' }, kind: 'choice', demand: 'required', options: ['משלוח', 'Returns'] },
    { key: 'hostile', label: { he: `<b>${'מ'.repeat(70)}`, en: `<b>${'x'.repeat(70)}` }, kind: 'text', demand: 'optional', options: [] },
  ],
};

const firstFile = async (house: House) => (await house.json<{ items: Contact[] }>('GET', '/api/contacts')).items[0];

describe.each(looks)('in $language, on $device', (look) => {
  const { language } = look;

  browserTest('a visitor presses a frequent question, is answered by the bot, and then by a person', async ({ openPage }) => {
    const house = await openHouse();
    await changeSettings(house, { questions, greeting: { he: 'שלום מהסטודיו', en: 'Hello from the studio' } });
    const visit = new ShopVisit(await openPage(personOf(look)), house.url, language);
    await visit.enter();
    await visit.openChat();
    const [question] = questions;
    await visit.panel.getByText(language === 'he' ? 'שלום מהסטודיו' : 'Hello from the studio').waitFor();
    const button = visit.panel.getByRole('button', { name: question?.text[language] });
    await button.waitFor();
    await visit.expectAccessible('first screen with questions');
    await visit.composer.fill('half a sentence');
    await button.press('Enter');
    await expect.poll(() => visit.bubbles()).toEqual([question?.text[language], question?.answer[language]]);
    expect(await visit.composer.inputValue(), 'what was being written stays').toBe('half a sentence');
    expect(await visit.panel.getByRole('link').getAttribute('href')).toBe('https://shop.example/delivery');
    expect(await button.count(), 'a question is offered before a conversation only').toBe(0);
    await visit.expectAccessible('answered');

    const agent = await house.agent();
    const conversationId = agent.session.conversations[0]?.id;
    const opened = await get<OpenedConversation>(agent.socket, 'conversation:open', { conversationId });
    expect(opened.messages.map(({ author }) => author.kind)).toEqual(['visitor', 'bot']);
    await get(agent.socket, 'message:post', { id: nanoid(), conversationId, text: 'and today by courier' });
    await expect.poll(() => visit.bubbles()).toContain('and today by courier');
  });

  browserTest('a visitor fills in what is asked over two pages, sends it without a network, and is heard', async ({ openPage }) => {
    const house = await openHouse();
    await changeSettings(house, { preChat });
    const line = await Line.open(Number(new URL(house.url).port));
    try {
      const visit = new ShopVisit(await openPage(personOf(look)), line.url, language);
      const { texts } = visit;
      await visit.enter();
      await visit.openChat();
      await visit.say('where is my order?');
      await visit.form.getByText('where is my order?').waitFor();
      await expect.poll(() => visit.field(texts.name).evaluate((field) => field.matches(':focus'))).toBe(true);
      await visit.expectAccessible('pre-chat form');
      await visit.field(texts.name).fill('רות');
      await visit.field(texts.phone).pressSequentially('05012');

      await visit.enter('delivery.html');
      await visit.form.waitFor();
      expect(await visit.field(texts.name).inputValue()).toBe('רות');
      expect(await visit.field(texts.phone).inputValue()).toBe('050-12');
      await visit.form.getByRole('button', { name: texts.sendMessage }).click();
      await expect.poll(() => visit.field(texts.phone).evaluate((field) => field.matches(':focus'))).toBe(true);
      await visit.expectAccessible('pre-chat form with mistakes');
      await visit.page.keyboard.press('End');
      await visit.page.keyboard.type('34567');
      await visit.form.getByRole('combobox').last().selectOption('משלוח');
      await visit.form.getByRole('checkbox').check();

      line.isRefusing = true;
      line.cut();
      await visit.form.getByRole('button', { name: texts.sendMessage }).click();
      await expect.poll(() => visit.bubbles()).toEqual(['where is my order?']);
      expect(await visit.panel.locator('.bubble').getAttribute('data-state')).toBe('sending');
      line.heal();
      await expect.poll(() => visit.panel.locator('.bubble').getAttribute('data-state'), { timeout: 40_000 }).toBe('sent');
      expect(await firstFile(house)).toMatchObject({
        name: 'רות',
        identities: [{ kind: 'phone', value: '+972501234567' }],
        fields: { topic: 'משלוח' },
        consent: { text: preChat.consentText[language] },
      });

      // Whoever is known is not asked again, neither now nor in the next conversation.
      const { items } = await house.json<{ items: { id: string }[] }>('GET', '/api/conversations');
      const agent = await house.agent();
      await get(agent.socket, 'conversation:resolve', { conversationId: items[0]?.id });
      await visit.panel.locator('p.notice', { hasText: texts.endedWrite }).waitFor();
      await visit.say('one more thing');
      await expect.poll(() => visit.bubbles()).toEqual(['where is my order?', 'one more thing']);
    } finally {
      line.close();
    }
  });

  browserTest('a visitor whose browser was closed comes back within the inbox’s days, and later starts anew', async ({ openPage }) => {
    const house = await openHouse();
    await changeSettings(house, { preChat, returnWithinDays: 3 });
    const person = personOf(look);
    const first = new ShopVisit(await openPage(person), house.url, language);
    await first.enter();
    await first.openChat();
    await first.say('before the browser was closed');
    await first.field(first.texts.name).fill('רות');
    const comeBack = async (page: ShopVisit) => {
      const storageState = await page.page.context().storageState();
      await page.page.context().close();
      const next = new ShopVisit(await openPage({ ...person, storageState }), house.url, language);
      await next.enter();
      await next.openChat();
      return next;
    };

    const second = await comeBack(first);
    await second.form.getByText('before the browser was closed').waitFor();
    expect(await second.field(second.texts.name).inputValue()).toBe('רות');
    await second.panel.getByRole('button', { name: second.texts.back }).click();
    await expect.poll(() => second.composer.inputValue()).toBe('before the browser was closed');
    await changeSettings(house, { preChat: firstInboxSettings.preChat });
    await second.enter();
    await second.composer.press('Enter');
    await second.panel.locator('[data-state="sent"]').first().waitFor();
    const agent = await house.agent();
    await get(agent.socket, 'conversation:resolve', { conversationId: agent.session.conversations[0]?.id });
    await second.panel.locator('p.notice', { hasText: second.texts.endedWrite }).waitFor();

    house.clockOffsetMs = 2 * DAY_MS;
    const third = await comeBack(second);
    await expect.poll(() => third.bubbles()).toEqual(['before the browser was closed']);
    house.clockOffsetMs = 4 * DAY_MS;
    const fourth = await comeBack(third);
    await fourth.panel.getByText(fourth.texts.welcome).waitFor();
    await expect.poll(() => fourth.panel.getByRole('button', { name: fourth.texts.back }).count()).toBe(1);
    expect(await fourth.bubbles()).toEqual([]);
    await fourth.panel.getByRole('button', { name: fourth.texts.back }).click();
    await fourth.panel.getByText('before the browser was closed').waitFor();
    await fourth.expectAccessible('earlier conversations');
  });
});
