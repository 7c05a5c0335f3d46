import { nanoid } from 'nanoid';
import type { Contact, Visitor } from '../../shared/contact.ts';
import type { ConversationSummary, VisitorConversation } from '../../shared/conversation.ts';
import type { Likeness, Merge, Merged, MergeRequest, Split, SplitRequest } from '../../shared/merging.ts';
import type { Message } from '../../shared/message.ts';
import { get, type House } from '../helpers/house.ts';

export interface List<Item> {
  items: Item[];
  next: string | null;
}

/** Somebody who has written once, and said who it is. */
export async function newcomer(house: House, told: Record<string, unknown> = {}, text = 'hello') {
  const { socket, session } = await house.visitor();
  if (Object.keys(told).length > 0) await get<{ visitor: Visitor }>(socket, 'visitor:identify', told);
  const { conversation } = await post(socket, text);
  const { contact } = await house.json<ConversationSummary>('GET', `/api/conversations/${conversation.id}`);
  return { socket, token: session.token, conversationId: conversation.id, contactId: contact.id, visitorId: session.visitor.id };
}

export function post(socket: Parameters<typeof get>[0], text: string, conversationId?: string) {
  const draft = { id: nanoid(), text, ...(conversationId !== undefined && { conversationId }) };
  return get<{ message: Message; conversation: VisitorConversation }>(socket, 'message:post', draft);
}

export const fileOf = (house: House, id: string) => house.json<Contact>('GET', `/api/contacts/${id}`);

export function merge(house: House, intoId: string, otherId: string, keep: MergeRequest['keep'] = {}): Promise<Merged> {
  return house.json('POST', `/api/contacts/${intoId}/merge`, { id: nanoid(), otherId, keep });
}

export const undo = (house: House, mergeId: string) => house.json<Merged>('POST', `/api/merges/${mergeId}/undo`);

export function split(house: House, contactId: string, request: Partial<SplitRequest>): Promise<Split> {
  return house.json('POST', `/api/contacts/${contactId}/split`, { id: nanoid(), ...request });
}

export const mergesOf = (house: House, id: string) => house.json<List<Merge>>('GET', `/api/contacts/${id}/merges`);

export const likenessesOf = async (house: House, id: string, cookie = house.cookie) =>
  (await house.json<List<Likeness>>('GET', `/api/contacts/${id}/likenesses`, undefined, { cookie })).items;

export async function conversationIdsOf(house: House, contactId: string): Promise<string[]> {
  const { items } = await house.json<List<ConversationSummary>>('GET', `/api/conversations?contactId=${contactId}`);
  return items.map(({ id }) => id).sort();
}

/** Who it is, how to reach it, and in which file it stands: what two looks at a file can be compared by. */
export function said({ name, company, fields, identities, tags, lifecycle, ownerId, consent, blocked }: Contact) {
  const reached = identities.map(({ kind, value, isVerified }) => `${kind} ${value} ${isVerified}`).sort();
  return { name, company, fields, tags: tags.toSorted(), lifecycle, ownerId, consent, blocked, reached };
}

/** The refusal of a call that must fail. */
export async function refusalOf(house: House, method: string, route: string, body?: unknown, headers?: Record<string, string>) {
  const response = await house.call(method, route, body, headers);
  const problem = (await response.json()) as { code: string; detail: string; field?: string };
  return { status: response.status, ...problem };
}
