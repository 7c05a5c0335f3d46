/** A shop at night whose bot knows three answers. */
import { nanoid } from 'nanoid';
import type { Answer, AnswerTrial } from '../../shared/automatic-answer.ts';
import type { BotRule } from '../../shared/bot-rule.ts';
import type { ConversationSummary, VisitorConversation } from '../../shared/conversation.ts';
import type { Message, MessagePage } from '../../shared/message.ts';
import { get, type House, hear } from '../helpers/house.ts';

const never = { name: 'Night', timeZone: 'Asia/Jerusalem', exceptions: [], holidays: [], jewish: null, calendars: [] };
const sundayMorning = [[{ from: 540, to: 1_080 }], [], [], [], [], [], []];

export const returns = 'You can return everything within 14 days.';
export const delivery = 'Delivery takes three to five working days.';
export const hours = 'We are open from nine to six.';

const knownAnswers = [
  {
    question: { en: 'How do I return an item?', he: 'איך מחזירים מוצר?' },
    phrasings: ['can I send it back', 'I want to return what I bought', 'return policy', 'אני רוצה להחזיר את מה שקניתי', 'מדיניות החזרות'],
    bodies: {
      en: { text: returns, quickReplies: ['What about sale items?'] },
      he: { text: 'אפשר להחזיר הכול תוך 14 יום.', quickReplies: [] },
    },
  },
  {
    question: { en: 'How long does delivery take?', he: 'כמה זמן לוקח המשלוח?' },
    phrasings: ['when will my parcel arrive', 'delivery time', 'how many days for shipping', 'מתי יגיע המשלוח', 'זמן אספקה'],
    bodies: { en: { text: delivery, quickReplies: [] }, he: { text: 'המשלוח לוקח שלושה עד חמישה ימי עסקים.', quickReplies: [] } },
  },
  {
    question: { en: 'What are your opening hours?', he: 'מה שעות הפתיחה?' },
    phrasings: ['when are you open', 'are you open on friday', 'opening times', 'מתי אתם פתוחים', 'שעות פעילות'],
    bodies: { en: { text: hours, quickReplies: [] }, he: { text: 'פתוח מתשע עד שש.', quickReplies: [] } },
  },
];

export interface Shop {
  house: House;
  returnsId: string;
  deliveryId: string;
  hoursId: string;
}

/** Closed until Sunday at nine. */
export async function closeShop(house: House): Promise<void> {
  house.clockOffsetMs = Date.parse('2026-11-25T22:00:00+02:00') - Date.now();
  await house.json('POST', '/api/business-hours', { ...never, week: sundayMorning, inboxIds: [house.inbox.id] });
}

export async function openShopWithBot(open: () => Promise<House>, rule: Partial<BotRule> = {}, isClosed = true): Promise<Shop> {
  const house = await open();
  if (isClosed) await closeShop(house);
  await setBot(house, rule);
  const ids: string[] = [];
  for (const known of knownAnswers) ids.push((await house.json<Answer>('POST', '/api/answers', known)).id);
  // Everything that was saved is learned by the time it is tried.
  await tryOut(house, 'return policy');
  return { house, returnsId: ids[0] ?? '', deliveryId: ids[1] ?? '', hoursId: ids[2] ?? '' };
}

export async function setBot(house: House, rule: Partial<BotRule>): Promise<void> {
  const bot = { outside: true, waiting: false, name: {}, endsAfterHours: 24, ...rule };
  await house.json('PATCH', `/api/inboxes/${house.inbox.id}`, { settings: { bot } });
}

export function tryOut(house: House, text: string): Promise<AnswerTrial> {
  return house.json<AnswerTrial>('POST', '/api/answers/try', { text, inboxId: house.inbox.id });
}

/** A visitor with a browser: writes, chooses and reads. */
export async function visit(house: House, locale = 'en-US', inbox = house.inbox.key) {
  const { socket, session } = await house.visitor({ locale, inbox });
  const heard = hear<Message>(socket, 'message:posted');
  let conversationId: string | undefined;
  let reading = 0;
  const post = async (text: string, more: Record<string, unknown> = {}) => {
    const posted = await get<{ message: Message; conversation: VisitorConversation }>(socket, 'message:post', {
      id: nanoid(),
      text,
      ...(conversationId !== undefined && { conversationId }),
      ...more,
    });
    conversationId = posted.conversation.id;
    return posted.message;
  };
  const said = () => heard.filter(({ author }) => author.kind === 'bot');
  return {
    socket,
    session,
    post,
    heard,
    /** What the bot says next, after all that was read before. */
    async next(): Promise<Message> {
      await until(() => said().length > reading);
      const message = said()[reading] as Message;
      reading += 1;
      return message;
    },
    /** Everything that the bot has said. */
    said,
    choose: (message: Message, text: string) => post(text, { replyTo: message.id }),
    rate: (message: Message, helpful: boolean) => get(socket, 'answer:rate', { messageId: message.id, helpful }),
    get conversationId(): string {
      return conversationId ?? '';
    },
    transcript: async () => (await get<MessagePage>(socket, 'message:list', { conversationId })).messages,
  };
}

export async function summaryOf(house: House, id: string): Promise<ConversationSummary> {
  return house.json<ConversationSummary>('GET', `/api/conversations/${id}`);
}

export async function until(isSo: () => boolean | Promise<boolean>, withinMs = 15_000): Promise<void> {
  const end = performance.now() + withinMs;
  while (!(await isSo())) {
    if (performance.now() > end) throw new Error('It did not come to that in time.');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
