/** The world of `npm run dev`: a demo shop with people in it, so that whoever changes the product sees it at work. */
import { fileURLToPath } from 'node:url';
import { nanoid } from 'nanoid';
import { pino } from 'pino';
import { io } from 'socket.io-client';
import type { VisitorConversation } from '../shared/conversation.ts';
import type { Reply } from '../shared/errors.ts';
import { createAgent } from './agents/agents.ts';
import { setUp } from './agents/setup.ts';
import { readConfig } from './config.ts';
import { changeRouting, readRouting } from './routing/routing-settings.ts';
import { type RunningServer, startServer } from './server.ts';
import { listInboxes } from './settings/inboxes.ts';

const PASSWORD = 'kesher-dev-world';
const agents = [
  { name: 'דנה לוי', email: 'dana@shop.example', role: 'administrator' },
  { name: 'נועה כהן', email: 'noa@shop.example', role: 'agent' },
  { name: 'Omar Haddad', email: 'omar@shop.example', role: 'agent' },
] as const;

const cannedResponses = [
  {
    shortcut: 'hours',
    title: 'שעות פתיחה',
    texts: {
      he: 'היי {{contact.firstName}}, אנחנו פתוחים א׳–ה׳ 9:00–18:00 ובשישי עד 13:00.',
      en: 'Hi {{contact.firstName|there}}, we are open Sunday to Thursday 9–18, Friday until 13.',
    },
  },
  {
    shortcut: 'track',
    title: 'איפה המשלוח',
    texts: {
      he: 'בדקתי: המשלוח בדרך. אפשר לעקוב אחריו כאן: https://shop.example/track',
      en: 'I looked: it is on its way. You can follow it here: https://shop.example/track',
    },
  },
];
const macro = {
  name: 'תודה וסיום',
  steps: {
    reply: {
      texts: { he: 'תודה שפנית אלינו! אנחנו כאן אם יש עוד שאלה.', en: 'Thank you for writing! We are here for any other question.' },
    },
    end: { status: 'resolved' },
  },
};

/** Times in which everybody can be answered, and that can be seen to run out. */
const promise = {
  name: 'כל הלקוחות',
  isOn: true,
  when: {},
  firstResponseMs: 10 * 60_000,
  nextResponseMs: 20 * 60_000,
  resolutionMs: 24 * 60 * 60_000,
  isBusinessTime: true,
  warnAfter: 0.8,
};

interface Chat {
  tags?: string[];
  told: { name?: string; email?: string; phone?: string };
  locale: string;
  says: string[];
  answer?: string;
}

const chats: Chat[] = [
  {
    told: { name: 'רות אברהם', phone: '050-123-4567' },
    locale: 'he-IL',
    tags: ['משלוח'],
    says: ['שלום, הזמנתי עציץ מונסטרה (הזמנה 10482) ועוד לא קיבלתי', 'אפשר לדעת מתי זה מגיע?'],
  },
  {
    told: { name: 'Michael Green', email: 'michael@green.example' },
    locale: 'en-GB',
    tags: ['VIP', 'משלוח'],
    says: ['Hi! Do you deliver to Haifa on Fridays?'],
    answer: 'Hello Michael, yes: orders placed until Thursday 12:00 arrive on Friday morning.',
  },
  { told: { name: 'יוסי' }, locale: 'he-IL', says: ['מה שעות הפתיחה ביום שישי?'], answer: 'היי יוסי, בשישי אנחנו פתוחים 9:00–13:00' },
  { told: {}, locale: 'en-US', says: ['Is the ceramic pot safe outdoors? https://shop.example/pots/blue-24'] },
];

const config = readConfig({ ...process.env, SETUP_CODE: 'dev-world' });
const server = await startServer({
  config,
  assetsDir: fileURLToPath(new URL('../.cache/dev', import.meta.url)),
  log: pino({ level: config.logLevel }, pino.destination({ dest: 2, sync: true })),
  onFatal: (error) => {
    throw error;
  },
});
for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => void server.close().then(() => process.exit(0)));
if (server.setupCode !== null) await seed(server);
process.stdout.write(
  `
  Console    ${server.url}/console/
  Demo shop  ${server.url}/demo/
${agents.map(({ email, role }) => `  Sign in    ${email}  ${PASSWORD}  (${role})`).join('\n')}

ready ${server.url}
`,
);

async function seed({ app, url, setupCode }: RunningServer): Promise<void> {
  const origin = { address: '127.0.0.1', userAgent: 'seed' };
  const [first, ...others] = agents;
  const administrator = { ...first, code: setupCode ?? '', business: 'חנות העציצים', password: PASSWORD };
  const { token } = await setUp(app, administrator, origin);
  for (const agent of others) await createAgent(app, { ...agent, password: PASSWORD });
  const [inbox] = await listInboxes(app);
  const desk = io(`${url}/agent`, { extraHeaders: { cookie: `kesher=${token}` }, transports: ['websocket'], forceNew: true });
  for (const chat of chats) {
    const visitor = io(`${url}/visitor`, { auth: { inbox: inbox?.key, locale: chat.locale }, transports: ['websocket'], forceNew: true });
    await visitor.emitWithAck('visitor:identify', chat.told);
    let conversationId = '';
    for (const text of chat.says) {
      const reply: Reply<{ conversation: VisitorConversation }> = await visitor.emitWithAck('message:post', { id: nanoid(), text });
      if (reply.ok) conversationId = reply.data.conversation.id;
    }
    if (chat.answer) await desk.emitWithAck('message:post', { id: nanoid(), conversationId, text: chat.answer });
    if (chat.tags) await desk.emitWithAck('conversation:tag', { conversationId, tags: chat.tags });
    visitor.disconnect();
  }
  desk.disconnect();
  const routing = await readRouting(app.storage.db);
  if (inbox) await changeRouting(app, { ...routing, inboxes: { [inbox.id]: 'both' } });
  const keep = (route: string, body: object) =>
    fetch(`${url}/api/${route}`, {
      method: 'POST',
      headers: { cookie: `kesher=${token}`, 'X-Kesher': '1', 'Content-Type': 'application/json' },
      body: JSON.stringify({ ...body, reach: 'shared' }),
    });
  const replies = [
    await keep('sla-policies', { ...promise, id: nanoid() }),
    ...(await Promise.all(cannedResponses.map((one) => keep('canned-responses', one)))),
    await keep('macros', macro),
  ];
  const refused = replies.find(({ ok }) => !ok);
  if (refused) throw new Error(`The seed was refused: ${await refused.text()}`);
}
