/** Answers to agents' mails on their way into the customer file, and mails of ours that came back. */
import { createHash } from 'node:crypto';
import { nanoid } from 'nanoid';
import { AppError } from '../../shared/errors.ts';
import type { App } from '../app.ts';
import type { Attachments } from '../attachments/attachments.ts';
import { getContact } from '../contacts/contacts.ts';
import { lockOpenFile } from '../contacts/open-file.ts';
import { addMailDocuments } from '../documents/documents.ts';
import { addNotices, tellNotices } from '../notices/agent-notices.ts';
import type { Transaction } from '../storage/database.ts';
import type { ActivityRow, NoticeRow } from '../storage/tables.ts';
import { plain, wordsIn } from './activity-rows.ts';
import { findMessageRow, findTokenOwner, insertActivity, lockActivity } from './activity-store.ts';
import type { MailPart } from './activity-views.ts';
import type { Letter } from './letter-reading.ts';
import { readLetterApart } from './letter-thread.ts';
import { tokenHashOf } from './reply-address.ts';
import { tellTimeline } from './timeline-news.ts';
import { writeMailState } from './written-mails.ts';

/** So long after a mail its answer finds the way. */
const ANSWERED_WITHIN_MS = 400 * 24 * 60 * 60 * 1_000;

export interface MailRoom {
  app: App;
  attachments: Attachments;
}

/** The mail that an answer to this address belongs to; null for every address that is not one of ours now. */
export async function findAnswered({ config, storage, now }: App, address: string): Promise<ActivityRow | null> {
  const tokenHash = config.inboundMail && tokenHashOf(address, config.inboundMail.address);
  return (tokenHash && (await findTokenOwner(storage.db, tokenHash, now() - ANSWERED_WITHIN_MS))) || null;
}

/** Resolves when it is stored, or when it is known that it is nothing to store. The same letter again changes nothing. */
export async function takeMail(
  room: MailRoom,
  answered: ActivityRow,
  { raw, envelopeFrom }: { raw: Buffer; envelopeFrom: string },
): Promise<void> {
  const { app } = room;
  await app.limits.spend('inboundThreads', answered.id);
  const letter = await readLetterApart(raw, envelopeFrom).catch((error: unknown) => {
    app.log.info({ err: error }, 'a letter could not be read');
    throw new AppError('invalid', 'This is no letter.');
  });
  if (letter.bounce) return noteBounce(app, answered, letter.bounce.reason);
  if (letter.isAutomatic) {
    app.log.info({ activity: answered.id }, 'a letter that a program wrote was passed over');
    return;
  }
  const messageKey = createHash('sha256').update(`${answered.id}:${letter.fingerprint}`).digest('base64url');
  if (await findMessageRow(app.storage.db, messageKey)) return;
  const id = nanoid();
  const { kept, left } = await keepFiles(room, id, letter);
  try {
    const taken = await app.storage.write((trx) => file(app, trx, { id, answered, letter, messageKey, kept, left }));
    if (!taken) return;
    tellTimeline(app, taken.contactId);
    tellNotices(app, taken.notices);
  } catch (error) {
    // Uploads that nothing took are gone in a day.
    if (await findMessageRow(app.storage.db, messageKey)) return;
    throw error;
  }
}

/** What may not be kept, like a program, is only counted. */
async function keepFiles({ app, attachments }: MailRoom, mailId: string, letter: Letter) {
  const kept: { id: string; name: string }[] = [];
  let left = letter.filesLeft;
  for (const given of letter.files) {
    try {
      kept.push(await attachments.keepContent({ kind: 'mail', id: mailId }, given));
    } catch (error) {
      if (!(error instanceof AppError) || error.code === 'unavailable') throw error;
      app.log.info({ reason: error.message }, 'a file that came by mail was not kept');
      left += 1;
    }
  }
  return { kept, left };
}

interface Filing {
  id: string;
  answered: ActivityRow;
  letter: Letter;
  messageKey: string;
  kept: readonly { id: string; name: string }[];
  left: number;
}

async function file(
  app: App,
  trx: Transaction,
  { id, answered: { id: answersId }, letter, messageKey, kept, left }: Filing,
): Promise<{ contactId: string; notices: NoticeRow[] } | null> {
  // As it is now: the file may have been merged meanwhile, or the mail taken away.
  const answered = await lockActivity(trx, answersId);
  if (!answered || answered.removedAt !== null) return null;
  const { id: contactId, ownerId } = await lockOpenFile(trx, answered.contactId);
  const { identities } = await getContact(trx, contactId);
  const { from, subject, text, quoted, messageId } = letter;
  const isKnown = identities.some(({ kind, value }) => kind === 'email' && value === from.address);
  const part: MailPart = {
    from: from.address,
    answersId,
    ...(messageId !== null && { messageId }),
    ...(!isKnown && { isStranger: true }),
    ...(kept.length > 0 && { files: kept.length }),
    ...(left > 0 && { filesLeft: left }),
  };
  const now = app.now();
  await insertActivity(trx, {
    ...plain,
    ...{ id, contactId, kind: 'email', at: now, title: subject || null, text: text || null, quoted, direction: 'in', messageKey },
    ...{ words: wordsIn(subject, text), addressWords: wordsIn(from.address, from.name) },
    ...{ mail: JSON.stringify(part), mailStatus: 'received' },
    createdAt: now,
    updatedAt: now,
  });
  await addMailDocuments(trx, { contactId, activityId: id, files: kept, now });
  const told = new Set([answered.agentId, ownerId].filter((agentId) => agentId !== null));
  const notice = { kind: 'mail-answer' as const, actorId: null, conversationId: null, file: { contactId, item: `email:${id}` } };
  const notices = await addNotices(
    trx,
    [...told].map((agentId) => ({ ...notice, agentId })),
    now,
  );
  return { contactId, notices };
}

async function noteBounce(app: App, { id }: ActivityRow, reason: string): Promise<void> {
  const contactId = await app.storage.write(async (trx) => {
    const row = await lockActivity(trx, id);
    if (!row || row.mailStatus === 'failed' || row.direction !== 'out') return null;
    await writeMailState(trx, row, { status: 'failed', reason });
    return row.contactId;
  });
  if (contactId !== null) tellTimeline(app, contactId);
}
