/** What the customer is told in the chat when its ticket changes: a message of the automatic assistant, through the one door. */
import { nanoid } from 'nanoid';
import { spokenLocale } from '../../shared/spoken-locale.ts';
import type { TicketStatus } from '../../shared/ticket-moves.ts';
import type { App } from '../app.ts';
import { botName } from '../bot/bot-words.ts';
import { getContact } from '../contacts/contacts.ts';
import { getConversation } from '../conversations/conversations.ts';
import type { Post } from '../conversations/message-batch.ts';
import { currentSettings, listInboxes } from '../settings/inboxes.ts';
import type { TicketRow } from '../storage/tables.ts';
import { ticketTexts } from './texts/ticket-texts.ts';
import { findLatestConversation } from './ticket-link-store.ts';

/** How the customer is spoken to. Looked up before the transaction. */
export interface Audience {
  conversationId: string;
  language: keyof typeof ticketTexts;
  name: string;
}

/** Null where there is no chat of the customer's that the ticket is linked with. */
export async function findAudience(app: App, { id, contactId, isHidden }: TicketRow): Promise<Audience | null> {
  if (contactId === null || isHidden === 1) return null;
  const conversationId = await findLatestConversation(app.storage.db, id, contactId);
  if (conversationId === undefined) return null;
  const [{ inboxId }, contact] = await Promise.all([getConversation(app, conversationId), getContact(app.storage.db, contactId)]);
  const inbox = (await listInboxes(app)).find((one) => one.id === inboxId);
  if (!inbox) return null;
  const settings = currentSettings(app, inbox);
  const { language } = spokenLocale(contact.locale, settings.locale);
  return { conversationId, language, name: botName(language, settings.bot) };
}

/** `update` as the agent wrote it, under what the status is now. */
export function composeUpdate(
  { conversationId, language, name }: Audience,
  { number, subject, status }: Pick<TicketRow, 'number' | 'subject' | 'status'>,
  { hasMoved, update }: { hasMoved: boolean; update: string },
): Post {
  const texts = ticketTexts[language];
  const title = texts.title.replace('{number}', String(number)).replace('{subject}', () => subject);
  const moved = hasMoved ? `${title}: ${texts[status as TicketStatus]}` : title;
  return {
    id: nanoid(),
    conversationId,
    author: { kind: 'bot', id: 'bot', name },
    visibility: 'public',
    text: update.trim() === '' ? moved : `${moved}\n${update}`,
  };
}
