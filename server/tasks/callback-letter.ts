/** What was promised, by e-mail, with the address at which it is moved or cancelled: where an address is known and letters can be sent. */
import { firstInboxSettings } from '../../shared/inbox.ts';
import { getBusinessName } from '../agents/business-name.ts';
import type { App } from '../app.ts';
import { getContact } from '../contacts/contacts.ts';
import { toHtmlText } from '../mail/html-text.ts';
import { toHtmlLetter } from '../mail/letter-frame.ts';
import { type MailDraft, writeMail } from '../mail/mails.ts';
import type { Postman } from '../mail/postman.ts';
import { listInboxes } from '../settings/inboxes.ts';
import type { TaskRow } from '../storage/tables.ts';
import { callbackLink } from './callback-links.ts';
import { wordsOf } from './callback-words.ts';

/** A letter too many is no letter: nobody's mailbox is flooded through us, and the promise stands without it. */
export async function sendCallbackLetter(app: App, postman: Postman, task: TaskRow): Promise<void> {
  const { mail, publicUrl } = app.config;
  if (!mail || publicUrl === null || task.contactId === null) return;
  const { identities } = await getContact(app.storage.db, task.contactId);
  const recipient = identities.find(({ kind }) => kind === 'email')?.value;
  if (recipient === undefined) return;
  try {
    await app.limits.spend('transcriptRecipients', recipient);
    await app.limits.spend('allTranscripts', 'all');
  } catch {
    return;
  }
  const letter = toCallbackLetter({
    words: wordsOf(task, await inboxOf(app, task), await getBusinessName(app)),
    url: publicUrl.replace(/\/$/, '') + callbackLink(app, task.id),
  });
  await app.storage.write((trx) => writeMail(trx, { contactId: task.contactId, recipient, ...letter }, app.now()));
  postman.wake();
}

export async function inboxOf(app: App, { inboxId }: Pick<TaskRow, 'inboxId'>): Promise<{ locale: string; timeZone: string }> {
  return (await listInboxes(app)).find(({ id }) => id === inboxId)?.settings ?? firstInboxSettings;
}

function toCallbackLetter({
  words,
  url,
}: {
  words: ReturnType<typeof wordsOf>;
  url: string;
}): Pick<MailDraft, 'subject' | 'text' | 'html'> {
  const { say, promise, zone, language } = words;
  const intro = [promise, say('zone', { zone })];
  return {
    subject: say('subject'),
    text: [...intro, '', `${say('change')}:`, url, '', '– –', say('sentBecause'), ''].join('\n'),
    html: toHtmlLetter({
      language,
      title: say('subject'),
      intro,
      body: `<p><a href="${toHtmlText(url)}">${toHtmlText(say('change'))}</a></p>`,
      foot: [say('sentBecause')],
    }),
  };
}
