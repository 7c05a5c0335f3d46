/** What is kept of a person, handed to that person. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { toLanguage } from '../../shared/language.ts';
import { MESSAGE_PAGE_MAX } from '../../shared/limits.ts';
import type { ExportedData, OwnMessage, OwnRecord } from '../../shared/own-record.ts';
import { getBusinessName } from '../agents/business-name.ts';
import type { App } from '../app.ts';
import { getContactFile } from '../contacts/contacts.ts';
import { getVisitor, getVisitorView } from '../contacts/visitors.ts';
import { listMessages } from '../conversations/messages.ts';
import { type VisitorSeat, whoIs } from '../conversations/visitor-sessions.ts';
import type { ConversationRow } from '../storage/tables.ts';
import { toPage } from './own-record-page.ts';
import { listCallbackRows, listConversationRows, listRatingRows, type Whose } from './own-record-store.ts';

/** Of words in one reply: some four thousand long messages, more than a person writes in years. */
const CHARACTERS_MAX = 8_000_000;

/** A person whom the site vouches for gets the whole file; a browser that nobody vouches for what it wrote itself. Notes never. */
export async function exportOwnRecord(app: App, seat: VisitorSeat): Promise<ExportedData> {
  const { db } = app.storage;
  const visitor = await getVisitor(db, seat.visitor.id);
  const { verifiedContactId } = whoIs({ ...seat, visitor });
  const isVerified = verifiedContactId !== null;
  const whose: Whose | null =
    visitor.contactId === null ? null : { contactId: visitor.contactId, visitorId: isVerified ? null : visitor.id };
  const [view, file, business, rows, tasks] = await Promise.all([
    getVisitorView(db, visitor),
    visitor.contactId === null ? null : getContactFile(db, visitor.contactId),
    getBusinessName(app),
    whose ? listConversationRows(db, whose) : [],
    whose ? listCallbackRows(db, whose) : [],
  ]);
  const ratings = await listRatingRows(
    db,
    rows.map(({ id }) => id),
  );
  const data: OwnRecord = {
    exportedAt: app.now(),
    business,
    isVerified,
    profile: {
      ...view,
      fields: file?.contact.fields ?? {},
      consentAt: file?.consentAt ?? null,
      firstSeenAt: file?.contact.createdAt ?? null,
    },
    identities: file?.contact.identities ?? [],
    conversations: await listConversationsWithWords(app, rows, isVerified ? null : visitor.id),
    ratings: ratings.map(({ conversationId, score, comment, ratedAt }) => ({ conversationId, score, comment, ratedAt })),
    callbacks: tasks.map(({ phone, dueAt, note, createdAt }) => ({ phone, dueAt, note, requestedAt: createdAt })),
  };
  return { data, html: toPage(data, toLanguage(visitor.locale ?? '') ?? 'en', seat.inbox.settings.timeZone) };
}

/** One after the other, the newest first, until the whole would be too much for one reply: then those before are left out. */
async function listConversationsWithWords(
  app: App,
  rows: readonly ConversationRow[],
  onlyOf: string | null,
): Promise<OwnRecord['conversations']> {
  const conversations: OwnRecord['conversations'] = [];
  let charactersLeft = CHARACTERS_MAX;
  for (const row of rows.toSorted((one, other) => other.createdAt - one.createdAt)) {
    if (charactersLeft <= 0) break;
    const messages = await listWords(app, row, { onlyOf, charactersMax: charactersLeft });
    charactersLeft -= messages.reduce((sum, { text }) => sum + text.length, 0);
    conversations.push({ id: row.id, startedAt: row.createdAt, endedAt: row.endedAt, messages });
  }
  return conversations.reverse();
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
      characters += text.length;
      words.push({ author: { kind: author.kind, ...(author.name !== undefined && { name: author.name }) }, text, attachments, createdAt });
    }
    after = page.messages.at(-1)?.seq ?? after;
    more = page.more && page.messages.length > 0;
  }
  return words;
}
