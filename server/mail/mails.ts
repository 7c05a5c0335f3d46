/** Outgoing e-mail: a row in the transaction that wants it, sent after the commit (postman.ts). */
import { nanoid } from 'nanoid';
import type { App, FileShelf } from '../app.ts';
import type { Transaction } from '../storage/database.ts';
import { moveFileRows } from '../storage/file-rows.ts';
import { deleteMailClosedBefore, deleteMailOf, insertMail } from './mail-store.ts';

/** So long it is known that something was sent, and to whom. */
const KEPT_MS = 30 * 24 * 60 * 60 * 1_000;

export interface MailDraft {
  /** Whose data it carries: it goes when that person's data is erased. */
  contactId: string | null;
  recipient: string;
  subject: string;
  text: string;
  html: string;
}

/** What a mail has besides that an agent has written to a person. */
export interface Correspondence {
  /** Shown as who it is from. */
  fromName: string;
  /** Where answers go, and what cannot be delivered; null: to the address that all mail is sent from. */
  replyTo: string | null;
  /** The Message-ID that it answers. */
  inReplyTo: string | null;
  /** Told what becomes of it (`followers.mailClosed`). */
  activityId: string;
}

/** Without `correspondence` the house itself writes, and says so to programs that would answer by themselves. */
export async function writeMail(
  trx: Transaction,
  { correspondence, ...draft }: MailDraft & { correspondence?: Correspondence },
  now: number,
): Promise<void> {
  const subject = draft.subject.replace(/\s+/g, ' ').trim();
  await insertMail(trx, {
    id: nanoid(),
    ...draft,
    subject,
    status: 'waiting',
    attempts: 0,
    nextAttemptAt: now,
    createdAt: now,
    closedAt: null,
    ...(correspondence ?? { fromName: null, replyTo: null, inReplyTo: null, activityId: null }),
  });
}

export const mailShelf: FileShelf = {
  name: 'mail',
  move: (trx, move) => moveFileRows(trx, 'mail', move),
  erase: deleteMailOf,
};

export async function forgetOldMail(app: App): Promise<void> {
  await app.storage.write((trx) => deleteMailClosedBefore(trx, app.now() - KEPT_MS));
}
