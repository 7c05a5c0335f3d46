/** E-mails that agents write from a customer file, and what becomes of them. */
import type { Activity, MailSendRequest, MailWays } from '../../shared/activity.ts';
import { AppError } from '../../shared/errors.ts';
import { getBusinessName } from '../agents/business-name.ts';
import type { App, MailOutcome } from '../app.ts';
import { getContact } from '../contacts/contacts.ts';
import { lockOpenFile } from '../contacts/open-file.ts';
import { toHtmlText } from '../mail/html-text.ts';
import { writeMail } from '../mail/mails.ts';
import type { Postman } from '../mail/postman.ts';
import type { Transaction } from '../storage/database.ts';
import type { Caller } from '../transport/wire.ts';
import { getActivity, requireDetails } from './activities.ts';
import { plain, wordsIn } from './activity-rows.ts';
import { insertActivity, lockActivity, updateActivity } from './activity-store.ts';
import type { MailPart } from './activity-views.ts';
import { newReplyToken, toReplyAddress } from './reply-address.ts';
import { tellTimeline } from './timeline-news.ts';

/** Longer ones are cut in the record; the mail server's own log has them whole. */
const REASON_MAX = 500;

export function mailWays({ config }: App): MailWays {
  return { canSend: config.mail !== null, takesAnswers: config.inboundMail !== null };
}

/** Resolves once it is stored; it is sent after that. Only to an address that stands in the person's file. */
export async function sendMail(
  { app, postman }: { app: App; postman: Postman },
  caller: Caller,
  { contactId: given, request }: { contactId: string; request: MailSendRequest },
): Promise<Activity> {
  const { id, to, subject, text, answersId } = request;
  const { mail, inboundMail } = app.config;
  requireDetails(caller);
  if (!mail) {
    await getContact(app.storage.db, given);
    throw new AppError('conflict', 'This server sends no mail.');
  }
  await app.limits.spend('mails', caller.agentId);
  await app.limits.spend('mailRecipients', to);
  const fromName = `${caller.name}, ${await getBusinessName(app)}`;
  const { token, tokenHash } = newReplyToken();
  const now = app.now();
  const newIn = await app.storage.write(async (trx) => {
    const { id: contactId } = await lockOpenFile(trx, given);
    const known = await lockActivity(trx, id);
    if (known) {
      if (known.contactId === contactId && known.agentId === caller.agentId && known.mailStatus !== null) return null;
      throw new AppError('conflict', 'This id has been used already.', { field: 'id' });
    }
    const { identities } = await getContact(trx, contactId);
    if (!identities.some(({ kind, value }) => kind === 'email' && value === to)) {
      throw new AppError('invalid', 'to: is no address of this person', { field: 'to' });
    }
    const answered = answersId === undefined ? undefined : await lockActivity(trx, answersId);
    if (answersId !== undefined && answered?.contactId !== contactId) {
      throw new AppError('not-found', 'There is no such mail.', { field: 'answersId' });
    }
    const inReplyTo = (JSON.parse(answered?.mail ?? '{}') as MailPart).messageId ?? null;
    const part: MailPart = { to, ...(answersId !== undefined && { answersId }) };
    await insertActivity(trx, {
      ...plain,
      ...{ id, contactId, kind: 'email', at: now, title: subject, text, words: wordsIn(subject, text), addressWords: wordsIn(to) },
      ...{ direction: 'out', agentId: caller.agentId },
      ...{ mail: JSON.stringify(part), mailStatus: 'waiting', tokenHash: inboundMail ? tokenHash : null },
      createdAt: now,
      updatedAt: now,
    });
    const replyTo = inboundMail && toReplyAddress(inboundMail.address, token);
    const letter = { contactId, recipient: to, subject, text, html: toHtml(text) };
    await writeMail(trx, { ...letter, correspondence: { fromName, replyTo, inReplyTo, activityId: id } }, now);
    return contactId;
  });
  if (newIn !== null) {
    postman.wake();
    tellTimeline(app, newIn);
  }
  return getActivity(app, caller, id);
}

/** The postman has sent it, or has given it up. What came back undelivered stays failed. */
export async function noteMailOutcome(app: App, trx: Transaction, { activityId, status, reason }: MailOutcome): Promise<() => void> {
  const row = activityId === null ? undefined : await lockActivity(trx, activityId);
  if (row?.mailStatus !== 'waiting') return () => undefined;
  await writeMailState(trx, row, { status, reason });
  return () => tellTimeline(app, row.contactId);
}

export async function writeMailState(
  trx: Transaction,
  row: { id: string; mail: string | null },
  { status, reason }: { status: string; reason: string | null },
): Promise<void> {
  const part: MailPart = { ...JSON.parse(row.mail ?? '{}'), ...(reason !== null && { reason: reason.slice(0, REASON_MAX) }) };
  await updateActivity(trx, row.id, { mailStatus: status, mail: JSON.stringify(part) });
}

/** As it was typed, each paragraph in its own direction. */
function toHtml(text: string): string {
  const paragraphs = text.split('\n').map((line) => `<div dir="auto">${toHtmlText(line) || '<br>'}</div>`);
  return `<!doctype html><html><head><meta charset="utf-8"></head><body style="font:15px/22px system-ui,Arial,sans-serif">${paragraphs.join('\n')}</body></html>`;
}
