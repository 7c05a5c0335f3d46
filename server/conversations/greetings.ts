/** An agent speaks first, to a visitor who is on the site and has said nothing. */
import { AppError } from '../../shared/errors.ts';
import type { VisitorGreetRequest } from '../../shared/live-visitor.ts';
import type { Message } from '../../shared/message.ts';
import type { App } from '../app.ts';
import { getVisitor } from '../contacts/visitors.ts';
import type { Caller } from '../transport/wire.ts';
import type { Post } from './message-batch.ts';
import { listMessagesByIds } from './message-store.ts';
import type { MessageDoor } from './messages.ts';

/** Where the visitor is; null for one who has left. */
type VisitedPage = { url: string; title: string } | null;

/**
 * Opens a conversation that belongs to the agent, or goes on in the one that the visitor has just begun: however close both
 * come, there is one. Where a colleague is talking with the visitor, or it waits where the agent may not look, it is a `conflict`. A retry finds the first copy, even
 * if the visitor has left meanwhile.
 */
export async function postGreeting(
  { app, door }: { app: App; door: MessageDoor },
  caller: Caller,
  { id, visitorId, text, page }: VisitorGreetRequest & { page: VisitedPage },
): Promise<Message> {
  const author = { kind: 'agent', id: caller.agentId, name: caller.name } as const;
  const greeting: Post = { id, text, visibility: 'public', author, isGreeting: true };
  const [stored] = await listMessagesByIds(app.storage.db, [id]);
  if (stored) return (await door.postMessage({ ...greeting, conversationId: stored.conversationId, sight: caller })).message;
  const known = page && (await getVisitor(app.storage.db, visitorId));
  if (!known || known.erasedAt !== null) throw new AppError('not-found', 'This visitor has left the site.');
  const { contactId, isVerified } = known;
  const visitor = { id: visitorId, verifiedContactId: isVerified === 1 ? contactId : null, page, returnWithinMs: Number.POSITIVE_INFINITY };
  return (await door.postMessage({ ...greeting, visitor, sight: caller })).message;
}
