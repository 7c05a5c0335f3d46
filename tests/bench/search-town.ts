/** A business of some years: customers, conversations and messages as people write them, a few words often and many seldom. */
import { customAlphabet, nanoid } from 'nanoid';
import type { Storage } from '../../server/storage/database.ts';
import { insertRows } from '../../server/storage/rows.ts';
import type { Tables } from '../../server/storage/tables.ts';

const hebrew =
  'שלום היי תודה רבה אני רוצה לדעת מתי המשלוח יגיע ההזמנה שלי עדיין לא קיבלתי את החבילה מה קורה עם זה בבקשה אפשר לקבל חשבונית על הקנייה עציץ גדול קטן אדום ירוק לבן שחור מחיר כמה עולה הנחה קופון מבצע החזר כספי ביטול עסקה כרטיס אשראי תשלום נדחה שוב בעיה באתר האפליקציה לא עובדת סיסמה שכחתי כתובת רחוב תל אביב ירושלים חיפה באר שבע מחר היום אתמול שבוע הבא יום ראשון שני שלישי שעה בוקר ערב טלפון מספר נציג מנהל דחוף מאוד ממש יפה נהדר מעולה גרוע שבור פגום החלפה מידה צבע מלאי אזל חדש ישן אדמה דשן השקיה שמש צל בית גינה מרפסת מתנה יומולדת אמא אבא ילדים חג שמח פסח שבת בסדר גמור הבנתי נכון טעות סליחה ממתין מחכה קיבלתי שלחתי הגיע בדרך השליח התקשר לא ענה'.split(
    ' ',
  );
const english =
  'hello thanks please when will my order arrive delivery tracking number refund invoice payment card declined again problem website login password forgot address street tomorrow today yesterday week monday price discount coupon cancel return exchange size colour stock available new broken damaged great lovely plant pot soil water light shade gift birthday agent manager urgent really sorry wrong waiting received sent courier called phone email confirm booking help with the a is it to for and of'.split(
    ' ',
  );
const letters = { he: customAlphabet('אבגדהוזחטיכלמנסעפצקרשת', 3), en: customAlphabet('aeioubcdfghklmnprst', 3) };
const firstNames =
  'רות נועה דנה יוסי משה אברהם שרה רחל דוד יעל איתי עומר תמר מיכל אורי גיל Ruth Dana John Maria Ivan Olga Ahmed Layla Иван Ольга محمد ليلى'.split(
    ' ',
  );
const lastNames =
  'כהן לוי מזרחי פרץ ביטון דהן אברהם פרידמן מלכה אזולאי Cohen Levy Smith Petrov Haddad Петров حداد Friedman Katz Gold'.split(' ');

export interface Town {
  contacts: number;
  conversations: number;
  messages: number;
}

const YEARS_MS = 2 * 365 * 24 * 3_600_000;
const AT_ONCE = 5_000;

export async function fillTown(storage: Storage, town: Town, now: number): Promise<void> {
  const agentId = nanoid();
  const inboxId = nanoid();
  const visitorId = nanoid();
  await storage.write(async (trx) => {
    await trx
      .insertInto('agent')
      .values({
        id: agentId,
        name: 'Dana',
        email: 'd@x.example',
        passwordHash: '',
        role: 'agent',
        avatarUrl: null,
        availability: 'online',
        deactivatedAt: null,
        createdAt: 0,
        languages: '[]',
        signature: '',
        isAdviceHidden: 0,
        notifications: '{}',
        twoFactorSecret: null,
        twoFactorPending: null,
        twoFactorStep: null,
        recoveryHashes: null,
      })
      .execute();
    await trx
      .insertInto('inbox')
      .values({
        id: inboxId,
        key: nanoid(),
        name: 'Shop',
        allowedOrigins: '[]',
        settings: '{}',
        identitySecret: '',
        identityPublicKey: null,
        createdAt: 0,
      })
      .execute();
    await trx
      .insertInto('visitor')
      .values({ id: visitorId, inboxId, tokenHash: nanoid(), contactId: null, isVerified: 0, locale: null, createdAt: 0, lastSeenAt: 0 })
      .execute();
  });
  const contactIds: string[] = [];
  for (let at = 0; at < town.contacts; at += AT_ONCE) {
    const rows = Array.from({ length: Math.min(AT_ONCE, town.contacts - at) }, (_, index) => contactRow(at + index, now));
    contactIds.push(...rows.map(({ id }) => id));
    await storage.write(async (trx) => {
      await insertRows(trx, 'contact', rows, contactKinds);
      await insertRows(
        trx,
        'identity',
        rows.flatMap(({ id }, index) => identityRows(id, at + index)),
        identityKinds,
      );
    });
  }
  const each = town.messages / town.conversations;
  const step = YEARS_MS / town.conversations;
  let waiting: Tables['message'][] = [];
  let conversations: Tables['conversation'][] = [];
  const store = async () => {
    const [some, theirs] = [conversations, waiting];
    [conversations, waiting] = [[], []];
    await storage.write(async (trx) => {
      await insertRows(trx, 'conversation', some, conversationKinds);
      await insertRows(trx, 'message', theirs, messageKinds);
    });
  };
  for (let at = 0; at < town.conversations; at += 1) {
    const startedAt = Math.floor(now - YEARS_MS + at * step);
    const id = nanoid();
    const isHebrew = at % 10 < 7;
    for (let seq = 1; seq <= each; seq += 1) {
      const isVisitor = seq % 2 === 1;
      waiting.push({
        id: nanoid(),
        conversationId: id,
        seq,
        authorKind: isVisitor ? 'visitor' : 'agent',
        authorId: isVisitor ? visitorId : agentId,
        authorName: isVisitor ? null : 'Dana',
        visibility: seq % 12 === 0 ? 'internal' : 'public',
        // Said in every conversation until the shop thought of something better.
        text: seq === 2 && at < town.conversations / 4 ? `greetings ${sentence(isHebrew)}` : sentence(isHebrew),
        replyTo: null,
        notice: null,
        choices: null,
        attachments: null,
        mentions: null,
        automatic: null,
        createdAt: startedAt + seq * 45_000,
      });
    }
    conversations.push({
      id,
      inboxId,
      visitorId,
      contactId: contactIds[at % contactIds.length] as string,
      status: at > town.conversations - 300 ? 'open' : 'resolved',
      assigneeId: at % 50 === 0 ? null : agentId,
      teamId: null,
      tags: at % 100 === 0 ? '["vip"]' : '[]',
      lastSeq: each,
      lastPublicSeq: each,
      unread: 0,
      agentReadSeq: each,
      visitorReadSeq: each,
      waitingSince: null,
      firstResponseAt: null,
      snoozedUntil: null,
      resolvedAt: null,
      endedAt: null,
      joinedIds: '',
      rating: null,
      createdAt: startedAt,
      updatedAt: startedAt + each * 45_000,
      erasedAt: null,
      priority: 1,
    });
    if (waiting.length >= AT_ONCE) await store();
  }
  await store();
}

/** One message as it comes: ten words or so, now and then an order number or a phone. */
export function sentence(isHebrew: boolean): string {
  const words = Array.from({ length: 3 + (Math.floor(-9 * Math.log(1 - Math.random())) % 60) }, () => word(isHebrew));
  if (Math.random() < 0.08) words.push(String(100_000 + Math.floor(Math.random() * 900_000)));
  if (Math.random() < 0.01) words.push(`05${Math.floor(Math.random() * 10)}-${1_000_000 + Math.floor(Math.random() * 8_999_999)}`);
  return words.join(' ');
}

function word(isHebrew: boolean): string {
  const known = isHebrew ? hebrew : english;
  // Zipf's law: the word at place n comes n times more seldom than the first.
  const place = Math.floor(Math.exp(Math.random() * Math.log(40_000))) - 1;
  if (place < known.length) return known[place] as string;
  const make = isHebrew ? letters.he : letters.en;
  const rare = `${seededSyllable(place, isHebrew)}${make(1)}${place % 3 === 0 ? make(2) : ''}`;
  return isHebrew && place % 4 === 0 ? `${'הובלמשכ'.charAt(place % 7)}${rare}` : rare;
}

function seededSyllable(place: number, isHebrew: boolean): string {
  const from = isHebrew ? 'אבגדהוזחטיכלמנסעפצקרשת' : 'abcdefghiklmnoprstuvwyz';
  return [place % from.length, Math.floor(place / 7) % from.length, Math.floor(place / 151) % from.length]
    .map((at) => from.charAt(at))
    .join('');
}

function contactRow(at: number, now: number) {
  return {
    id: nanoid(),
    name: `${firstNames[at % firstNames.length]} ${lastNames[Math.floor(at / 7) % lastNames.length]}${at % 5 === 0 ? `-${letters.he(4)}` : ''}`,
    company: at % 4 === 0 ? `${letters.en(6)} Ltd` : null,
    lifecycle: 'lead',
    locale: 'he-IL',
    fields: '{}',
    pageUrl: null,
    pageTitle: null,
    consentAt: null,
    consentText: null,
    erasedAt: null,
    blockedAt: null,
    blockedUntil: null,
    blockedBy: null,
    createdAt: now - YEARS_MS + at * 1_000,
    lastSeenAt: now - YEARS_MS + at * 1_200_000,
  };
}

function identityRows(contactId: string, at: number) {
  const phone = {
    id: nanoid(),
    contactId,
    kind: 'phone',
    value: `+9725${String(10_000_000 + at * 7).slice(0, 8)}`,
    isVerified: 0,
    createdAt: 0,
  };
  return [
    phone,
    { id: nanoid(), contactId, kind: 'email', value: `${letters.en(5)}.${at}@${letters.en(4)}.example`, isVerified: 0, createdAt: 0 },
  ];
}

const contactKinds = {
  id: 'text',
  name: 'text',
  company: 'text',
  lifecycle: 'text',
  locale: 'text',
  fields: 'text',
  pageUrl: 'text',
  pageTitle: 'text',
  consentAt: 'bigint',
  consentText: 'text',
  erasedAt: 'bigint',
  blockedAt: 'bigint',
  blockedUntil: 'bigint',
  blockedBy: 'text',
  createdAt: 'bigint',
  lastSeenAt: 'bigint',
} as const;
const identityKinds = { id: 'text', contactId: 'text', kind: 'text', value: 'text', isVerified: 'integer', createdAt: 'bigint' } as const;
const messageKinds = {
  id: 'text',
  conversationId: 'text',
  seq: 'integer',
  authorKind: 'text',
  authorId: 'text',
  authorName: 'text',
  visibility: 'text',
  text: 'text',
  replyTo: 'text',
  notice: 'text',
  choices: 'text',
  attachments: 'text',
  mentions: 'text',
  automatic: 'text',
  createdAt: 'bigint',
} as const;
const conversationKinds = {
  id: 'text',
  inboxId: 'text',
  visitorId: 'text',
  contactId: 'text',
  status: 'text',
  assigneeId: 'text',
  teamId: 'text',
  tags: 'text',
  lastSeq: 'integer',
  lastPublicSeq: 'integer',
  unread: 'integer',
  agentReadSeq: 'integer',
  visitorReadSeq: 'integer',
  waitingSince: 'bigint',
  firstResponseAt: 'bigint',
  snoozedUntil: 'bigint',
  resolvedAt: 'bigint',
  endedAt: 'bigint',
  joinedIds: 'text',
  rating: 'text',
  createdAt: 'bigint',
  updatedAt: 'bigint',
  erasedAt: 'bigint',
  priority: 'integer',
} as const;
