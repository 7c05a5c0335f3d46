/** A conversation handed to its visitor by e-mail. */
import type { TranscriptSendRequest } from '../../shared/conversation.ts';
import { AppError } from '../../shared/errors.ts';
import type { Language } from '../../shared/language.ts';
import { MESSAGE_PAGE_MAX } from '../../shared/limits.ts';
import type { Message } from '../../shared/message.ts';
import { spokenLocale } from '../../shared/spoken-locale.ts';
import { getBusinessName } from '../agents/business-name.ts';
import type { App } from '../app.ts';
import { lockUnerasedConversation } from '../conversations/conversations.ts';
import { listMessages } from '../conversations/messages.ts';
import { getOwnConversation, type VisitorSeat } from '../conversations/visitor-sessions.ts';
import { writeMail } from '../mail/mails.ts';
import type { Postman } from '../mail/postman.ts';
import type { ConversationRow } from '../storage/tables.ts';
import { toLetter } from './transcript-letter.ts';

/** Of a longer conversation its end is sent. */
const MESSAGES_MAX = 2_000;

/** The visitor's own conversation, without notes. Resolves once the letter is stored; it is sent after that. */
export async function sendTranscript(
  { app, postman }: { app: App; postman: Postman },
  seat: VisitorSeat,
  { conversationId, email, timeZone }: TranscriptSendRequest,
): Promise<void> {
  const { settings } = seat.inbox;
  if (!app.config.mail || !settings.hasTranscript) throw new AppError('forbidden', 'Conversations are not sent by e-mail here.');
  const conversation = await getOwnConversation(app, seat, conversationId);
  // A stranger cannot make us write letters with its words alone.
  if (conversation.firstResponseAt === null) throw new AppError('forbidden', 'Nobody has answered in this conversation yet.');
  await app.limits.spend('transcripts', seat.visitor.id);
  await app.limits.spend('allTranscripts', 'all');
  await app.limits.spend('transcriptRecipients', email);
  const { messages, isShortened } = await listLast(app, conversation);
  const letter = toLetter({
    business: await getBusinessName(app),
    visitorName: seat.name,
    messages,
    isShortened,
    ...languageOf(seat),
    timeZone: timeZone ?? settings.timeZone,
  });
  await app.storage.write(async (trx) => {
    const { contactId } = await lockUnerasedConversation(trx, conversationId);
    await writeMail(trx, { contactId, recipient: email, ...letter }, app.now());
  });
  postman.wake();
}

async function listLast(app: App, conversation: ConversationRow): Promise<{ messages: Message[]; isShortened: boolean }> {
  let messages: Message[] = [];
  let before: number | undefined;
  while (messages.length < MESSAGES_MAX) {
    const page = await listMessages(app.storage.db, { before, limit: MESSAGE_PAGE_MAX }, conversation, 'public');
    messages = [...page.messages, ...messages];
    before = messages[0]?.seq;
    if (!page.more) return { messages, isShortened: false };
  }
  return { messages, isShortened: true };
}

/** The visitor's, else the inbox's. */
function languageOf({ visitor, inbox }: VisitorSeat): { language: Language; locale: string } {
  return spokenLocale(visitor.locale, inbox.settings.locale);
}
