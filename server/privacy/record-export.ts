/** What is kept of a person, handed to that person. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { toLanguage } from '../../shared/language.ts';
import { MESSAGE_PAGE_MAX } from '../../shared/limits.ts';
import type { ExportedData, OwnActivity, OwnMessage, OwnRecord } from '../../shared/own-record.ts';
import { getBusinessName } from '../agents/business-name.ts';
import type { App } from '../app.ts';
import { getContact } from '../contacts/contacts.ts';
import { type OwnWords, ownWordsOf } from '../contacts/own-words.ts';
import { getVisitor, getVisitorView } from '../contacts/visitors.ts';
import { listMessages } from '../conversations/messages.ts';
import { type VisitorSeat, whoIs } from '../conversations/visitor-sessions.ts';
import { toHtmlText } from '../mail/html-text.ts';
import type { ConversationRow } from '../storage/tables.ts';
import { listAttempts } from '../tasks/attempts.ts';
import { listShownTickets } from '../tickets/visitor-tickets.ts';
import { nothingFiled, readFiledRecord } from './filed-record.ts';
import { toPage } from './own-record-page.ts';
import {
  listActivityRows,
  listCallbackRows,
  listConversationRows,
  listEventRows,
  listMailRows,
  listRatingRows,
  type Whose,
} from './own-record-store.ts';

/**
 * What conversations may take of one reply, which is cut off beyond 8 MiB: some four hundred of the longest messages that there
 * are, or ten thousand of the usual ones.
 */
const CHARACTERS_MAX = 6_000_000;
/** The same of what stands beside the chats. */
const ACTIVITIES_MAX = 1_000;
const ACTIVITY_CHARACTERS_MAX = 300_000;
/** Names, times and marks around a message, in both forms. */
const AROUND_A_MESSAGE = 500;

/** A person whom the site vouches for gets the whole file; a browser that nobody vouches for what it wrote itself. Notes never. */
export async function exportOwnRecord(app: App, seat: VisitorSeat): Promise<ExportedData> {
  const { db } = app.storage;
  const visitor = await getVisitor(db, seat.visitor.id);
  const { verifiedContactId } = whoIs({ ...seat, visitor });
  const isVerified = verifiedContactId !== null;
  const own = ownWordsOf(visitor);
  const whose: Whose | null =
    visitor.contactId === null ? null : { contactId: visitor.contactId, visitorId: isVerified ? null : visitor.id };
  const [view, contact, business, rows, tasks, events, letters, activities, tickets, filed] = await Promise.all([
    getVisitorView(db, visitor),
    visitor.contactId === null || own !== null ? null : getContact(db, visitor.contactId),
    getBusinessName(app),
    whose ? listConversationRows(db, whose) : [],
    whose ? listCallbackRows(db, whose) : [],
    listEventRows(db, whose ?? { contactId: '', visitorId: visitor.id }),
    verifiedContactId === null ? [] : listMailRows(db, verifiedContactId),
    verifiedContactId === null ? [] : listActivityRows(db, verifiedContactId, ACTIVITIES_MAX),
    verifiedContactId === null ? [] : listShownTickets(db, verifiedContactId, 0),
    verifiedContactId === null ? nothingFiled : readFiledRecord(db, verifiedContactId),
  ]);
  const ratings = await listRatingRows(
    db,
    rows.map(({ id }) => id),
  );
  const attempts = await listAttempts(
    db,
    tasks.map(({ id }) => id),
  );
  const { conversations, isShortened } = await listConversationsWithWords(app, rows, isVerified ? null : visitor.id);
  const data: OwnRecord = {
    exportedAt: app.now(),
    business,
    isVerified,
    profile: {
      ...view,
      fields: contact?.fields ?? own?.fields ?? {},
      locale: contact?.locale ?? visitor.locale,
      consentAt: (contact ?? own)?.consent?.at ?? null,
      consentText: (contact ?? own)?.consent?.text ?? null,
      firstSeenAt: contact?.createdAt ?? visitor.createdAt,
      lastSeenAt: contact?.lastSeenAt ?? visitor.lastSeenAt,
      lastPage: contact?.page ?? null,
      tags: isVerified ? (contact?.tags ?? []) : [],
      lifecycle: isVerified ? (contact?.lifecycle ?? null) : null,
    },
    ...filed,
    identities: (contact?.identities ?? claimsIn(own)).map(({ kind, value, isVerified, source }) => ({
      kind,
      value,
      isVerified,
      ...(source && { source }),
    })),
    conversations,
    ...(isShortened && { isShortened: true as const }),
    ratings: ratings.map(({ conversationId, score, comment, ratedAt }) => ({ conversationId, score, comment, ratedAt })),
    callbacks: tasks.map(({ id, phone, dueAt, note, createdAt, doneAt, outcome }) => ({
      ...{ phone, dueAt, note, requestedAt: createdAt, doneAt, outcome },
      tries: attempts.filter(({ taskId }) => taskId === id).map((tried) => ({ at: tried.startedAt, outcome: tried.outcome })),
    })),
    events: events.map(({ name, properties, createdAt }) => ({ name, properties: JSON.parse(properties), at: createdAt })),
    tickets: tickets.map(({ number, subject, status, update, createdAt }) => ({
      ...{ number, subject, status, openedAt: createdAt },
      update: update?.text ?? null,
    })),
    letters: letters.map(({ recipient, subject, createdAt }) => ({ to: recipient, subject, at: createdAt })),
    activities: toOwnActivities(activities),
  };
  return { data, html: toPage(data, toLanguage(visitor.locale ?? '') ?? 'en', seat.inbox.settings.timeZone) };
}

/** What agents noted of a call or a meeting stays theirs. Of very many mails the latest have their words. */
function toOwnActivities(rows: Awaited<ReturnType<typeof listActivityRows>>): OwnActivity[] {
  let charactersLeft = ACTIVITY_CHARACTERS_MAX;
  return rows.map(({ kind, at, direction, title, text }) => {
    charactersLeft -= text?.length ?? 0;
    const words = kind === 'email' && charactersLeft > 0 ? text : null;
    return { kind: kind as OwnActivity['kind'], at, direction: direction as OwnActivity['direction'], title, text: words };
  });
}

function claimsIn(own: OwnWords | null): OwnRecord['identities'] {
  return (['phone', 'email'] as const).flatMap((kind) => {
    const value = own?.[kind];
    return value ? [{ kind, value, isVerified: false }] : [];
  });
}

/** One after the other, the newest first, until the whole would be too much for one reply: then those before are left out. */
async function listConversationsWithWords(
  app: App,
  rows: readonly ConversationRow[],
  onlyOf: string | null,
): Promise<Pick<OwnRecord, 'conversations'> & { isShortened: boolean }> {
  const conversations: OwnRecord['conversations'] = [];
  let charactersLeft = CHARACTERS_MAX;
  for (const row of rows.toSorted((one, other) => other.createdAt - one.createdAt)) {
    if (charactersLeft <= 0) break;
    const messages = await listWords(app, row, { onlyOf, charactersMax: charactersLeft });
    charactersLeft -= messages.reduce((sum, message) => sum + lengthOf(message), 0);
    conversations.push({ id: row.id, startedAt: row.createdAt, endedAt: row.endedAt, messages });
  }
  return { conversations: conversations.reverse(), isShortened: charactersLeft <= 0 };
}

async function listWords(
  app: App,
  row: ConversationRow,
  { onlyOf, charactersMax }: { onlyOf: string | null; charactersMax: number },
): Promise<OwnMessage[]> {
  const words: OwnMessage[] = [];
  let characters = 0;
  let after = 0;
  for (let more = true; more && characters < charactersMax; ) {
    // Everybody else has a turn between the pages.
    await nextTurn();
    const page = await listMessages(app.storage.db, { after, limit: MESSAGE_PAGE_MAX }, row, 'public');
    for (const { author, text, attachments, createdAt } of page.messages) {
      if (author.kind === 'system' || (onlyOf !== null && author.id !== onlyOf)) continue;
      const said = { author: { kind: author.kind, ...(author.name !== undefined && { name: author.name }) }, text, attachments, createdAt };
      characters += lengthOf(said);
      words.push(said);
      if (characters >= charactersMax) return words;
    }
    after = page.messages.at(-1)?.seq ?? after;
    more = page.more && page.messages.length > 0;
  }
  return words;
}

/** In the reply: once as it is, once in the page, where signs take more room. */
function lengthOf({ text, attachments }: OwnMessage): number {
  return AROUND_A_MESSAGE + JSON.stringify(text).length + JSON.stringify(toHtmlText(text)).length + 4 * JSON.stringify(attachments).length;
}
