import { toLanguage } from '../../shared/language.ts';
import type { VisitorMessageDraft } from '../../shared/message.ts';
import type { App } from '../app.ts';
import { currentSettings } from '../settings/inboxes.ts';
import { listVisitorRows } from './conversation-store.ts';
import { derivedId } from './derived-id.ts';
import type { Post } from './message-batch.ts';
import { postingVisitor, type VisitorSeat } from './visitor-sessions.ts';

const DAY_MS = 24 * 60 * 60 * 1_000;

/**
 * The invitation that a visitor took up, as the first message of the conversation that its own message opens; null if it
 * opens none. The text is the inbox's, never the browser's. Post it right before the visitor's message: both go into one batch.
 */
export async function findOpeningPost(app: App, seat: VisitorSeat, draft: VisitorMessageDraft): Promise<Post | null> {
  const { invitations } = currentSettings(app, seat.inbox);
  const invitation = invitations.find(({ id }) => id === draft.invitationId);
  if (!invitation || draft.conversationId !== undefined) return null;
  const text = invitation.text[toLanguage(seat.locale ?? '') ?? 'he'] ?? Object.values(invitation.text)[0];
  if (!text?.trim()) return null;
  const visitor = postingVisitor(app, seat);
  const known = await listVisitorRows(app.storage.db, { visitorId: visitor.id, verifiedContactId: visitor.verifiedContactId }, 20);
  if (known.some(({ status }) => status !== 'resolved')) return null;
  // Two tabs that write at the same moment mean the same invitation.
  const about = [visitor.id, invitation.id, Math.floor(app.now() / DAY_MS)].join(' ');
  return { id: derivedId(about), author: { kind: 'bot', id: seat.inbox.id }, visibility: 'public', text, visitor };
}
