/** What is kept of a person, handed to that person. */
import { toLanguage } from '../../shared/language.ts';
import { MESSAGE_PAGE_MAX } from '../../shared/limits.ts';
import type { ExportedData, OwnMessage, OwnRecord } from '../../shared/own-record.ts';
import { getBusiness } from '../agents/setup.ts';
import type { App } from '../app.ts';
import { getContactFile } from '../contacts/contacts.ts';
import { getVisitor, getVisitorView } from '../contacts/visitors.ts';
import { listMessages } from '../conversations/messages.ts';
import { type VisitorSeat, whoIs } from '../conversations/visitor-sessions.ts';
import type { ConversationRow } from '../storage/tables.ts';
import { toPage } from './own-record-page.ts';
import { listCallbackRows, listConversationRows, listRatingRows, type Whose } from './own-record-store.ts';

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
    getBusiness(app),
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
    conversations: await Promise.all(
      rows.map(async (row) => ({
        id: row.id,
        startedAt: row.createdAt,
        endedAt: row.endedAt,
        messages: await listWords(app, row, isVerified ? null : visitor.id),
      })),
    ),
    ratings: ratings.map(({ conversationId, score, comment, ratedAt }) => ({ conversationId, score, comment, ratedAt })),
    callbacks: tasks.map(({ phone, dueAt, note, createdAt }) => ({ phone, dueAt, note, requestedAt: createdAt })),
  };
  return { data, html: toPage(data, toLanguage(visitor.locale ?? '') ?? 'en', seat.inbox.settings.timeZone) };
}

async function listWords(app: App, row: ConversationRow, onlyOf: string | null): Promise<OwnMessage[]> {
  const words: OwnMessage[] = [];
  let after = 0;
  for (let more = true; more; ) {
    const page = await listMessages(app.storage.db, { after, limit: MESSAGE_PAGE_MAX }, row, 'public');
    for (const { author, text, attachments, createdAt } of page.messages) {
      if (author.kind === 'system' || (onlyOf !== null && author.id !== onlyOf)) continue;
      words.push({ author: { kind: author.kind, ...(author.name !== undefined && { name: author.name }) }, text, attachments, createdAt });
    }
    after = page.messages.at(-1)?.seq ?? after;
    more = page.more && page.messages.length > 0;
  }
  return words;
}
