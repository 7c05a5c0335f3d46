/** One question to everything that agents may see: conversations, messages and customer files, newest first. */

import type { ConversationStatus } from '../../shared/conversation.ts';
import { AppError } from '../../shared/errors.ts';
import { excerptOf, marksIn } from '../../shared/marks.ts';
import type { AuthorKind, Visibility } from '../../shared/message.ts';
import type { MessageHit, SearchHit, SearchQuery, SearchReply } from '../../shared/search.ts';
import type { SearchKind } from '../../shared/search-kinds.ts';
import type { App } from '../app.ts';
import { type FoundContacts, findContactIds } from '../contacts/contact-search.ts';
import { getContact, listFoundContacts } from '../contacts/contacts.ts';
import { isInDetail, shownTo } from '../contacts/masking.ts';
import { listSummaries } from '../conversations/conversations.ts';
import { matchEntries } from '../storage/entry-words.ts';
import { formatCursor, parseCursor } from '../transport/cursor.ts';
import type { Caller } from '../transport/wire.ts';
import { entryWords } from '../words/entries.ts';
import { type ReadQuery, readQuery } from '../words/word-query.ts';
import { findMessageIndex } from './message-entry-store.ts';
import {
  type ConversationFilter,
  type FoundConversation,
  type FoundMessage,
  findMessage,
  listFoundConversations,
  listFoundMessages,
} from './search-store.ts';

const EXCERPT_LENGTH = 180;
/** Customer files whose conversations are looked for, the newest. */
const CONTACTS_MAX = 300;
/** A filter that fits little makes a search look far: after this it says what it has, and that there is more. */
const LOOK_FOR_MS = 40;
const LOOKED_AT_ONCE_MAX = 500;
/** Numbers are told apart without an id; a cursor has one. */
const NO_ID = '0'.repeat(21);
const EVERYTHING = Number.MAX_SAFE_INTEGER;

interface Asked {
  app: App;
  caller: Caller;
  query: SearchQuery;
  /** The customer files that fit the words; looked for once for all kinds. */
  people: () => Promise<FoundContacts>;
}

interface Found {
  items: SearchHit[];
  next: string | null;
  read?: ReadQuery | null;
}

const finders: Record<SearchKind, (asked: Asked) => Promise<Found>> = {
  conversation: findConversations,
  message: findMessages,
  contact: findContacts,
};

export async function search(app: App, caller: Caller, query: SearchQuery): Promise<SearchReply> {
  const seen = kindsSeen(caller);
  if (seen.length === 0 || (query.kind && !seen.includes(query.kind))) throw new AppError('forbidden', 'Your role does not allow this.');
  const kinds = query.kind ? [query.kind] : seen;
  let people: Promise<FoundContacts> | undefined;
  const asked: Asked = {
    app,
    caller,
    query,
    people: () => {
      people ??= findContactIds(app, caller, query.q);
      return people;
    },
  };
  const [named, indexedSince, ...found] = await Promise.all([
    query.cursor === undefined ? findNamed(asked, kinds) : [],
    findIndexedSince(app),
    ...kinds.map(async (kind) => ({ kind, ...(await finders[kind](asked)) })),
  ]);
  const known = new Set(named.map(idOf));
  const reads = found.map(({ read }) => read).filter((read) => read != null);
  const items = [...named, ...found.flatMap(({ items: hits }) => hits).filter((item) => !known.has(idOf(item)))];
  const mayKnow = knownWords(caller, items);
  const corrections = reads.flatMap((read) => read.corrections.map(({ typed, used }) => ({ typed, used: used.filter(mayKnow) })));
  return {
    items,
    next: query.kind ? (found[0]?.next ?? null) : null,
    more: found.filter(({ next }) => next !== null).map(({ kind }) => kind),
    words: [...new Set(reads.flatMap((read) => read.groups.flat()))].filter(mayKnow),
    corrections: [...new Map(corrections.filter(({ used }) => used.length > 0).map((one) => [one.typed, one])).values()],
    indexedSince,
  };
}

function kindsSeen({ permissions }: Caller): SearchKind[] {
  return [
    ...(permissions.includes('conversations:view-own') ? (['conversation', 'message'] as const) : []),
    ...(permissions.includes('contacts:view') ? (['contact'] as const) : []),
  ];
}

/** Words are read from what everybody wrote: whoever does not see all of it is told only those that stand in what it is shown. */
function knownWords(caller: Caller, items: readonly SearchHit[]): (word: string) => boolean {
  if (caller.permissions.includes('conversations:view-all') && isInDetail(caller)) return () => true;
  const shown = new Set(items.flatMap((hit) => entryWords(textOf(hit))));
  return (word) => shown.has(word);
}

function textOf(hit: SearchHit): string {
  if (hit.kind === 'message') return `${hit.message.text}\n${hit.conversation.contact.name ?? ''}`;
  if (hit.kind === 'conversation') return `${hit.conversation.lastMessage?.text ?? ''}\n${hit.conversation.contact.name ?? ''}`;
  return `${hit.contact.name ?? ''}\n${hit.contact.company ?? ''}`;
}

/** What the query names by its id or its address. */
async function findNamed({ app, caller, query }: Asked, kinds: readonly SearchKind[]): Promise<SearchHit[]> {
  const { db } = app.storage;
  const [, id] = /(?:^|[/\s])([\w-]{21})(?=$|[?#/\s])/.exec(query.q.trim()) ?? [];
  if (id === undefined) return [];
  const seq = Number(/[?&#]message=(\d{1,9})/.exec(query.q)?.[1] ?? 0);
  const hits: SearchHit[] = [];
  if (kinds.includes('conversation')) {
    const [row] = await listFoundConversations(db, { filter: { sight: caller }, id, before: null, limit: 1 });
    hits.push(...(await toConversationHits(app, caller, row ? [row] : [])));
  }
  if (kinds.includes('message')) {
    const row = await findMessage(db, seq > 0 ? { conversationId: id, seq } : { id }, caller);
    if (row) hits.push(toMessageHit(row, new Set()));
  }
  if (kinds.includes('contact')) {
    const contact = await getContact(db, id).catch((error: unknown) => {
      if (error instanceof AppError && error.code === 'not-found') return null;
      throw error;
    });
    if (contact) hits.push({ kind: 'contact', contact: shownTo(caller, contact) });
  }
  return hits;
}

async function findConversations({ app, caller, query, people }: Asked): Promise<Found> {
  const text = query.q.trim();
  if (text === '' && !isFiltered(query)) return { items: [], next: null };
  const found = text !== '' && caller.permissions.includes('contacts:view') ? await people() : null;
  if (text !== '' && !found?.ids?.length) return { items: [], next: null, read: found };
  const rows = await listFoundConversations(app.storage.db, {
    filter: filterOf(caller, query),
    contactIds: found?.ids?.slice(0, CONTACTS_MAX) ?? null,
    from: query.from,
    to: query.to,
    before: parseCursor(query.cursor),
    limit: query.limit + 1,
  });
  const shown = rows.slice(0, query.limit);
  const last = shown.at(-1);
  return {
    items: await toConversationHits(app, caller, shown),
    next: rows.length > query.limit && last ? formatCursor({ at: last.updatedAt, id: last.id }) : null,
    read: found,
  };
}

async function findMessages({ app, caller, query }: Asked): Promise<Found> {
  const { db } = app.storage;
  const read = await readQuery(db, 'messageWord', query.q);
  if (read === null) return { items: [], next: null };
  const filter = filterOf(caller, query);
  const deadline = performance.now() + LOOK_FOR_MS;
  const rows: FoundMessage[] = [];
  let before = Math.min(parseCursor(query.cursor)?.at ?? EVERYTHING, query.to ?? EVERYTHING);
  let lookAt = query.limit + 1;
  let isAll = false;
  while (rows.length <= query.limit) {
    const numbers = await matchEntries(db, 'messageEntry', { ...read, before, from: query.from ?? 0, limit: lookAt });
    rows.push(...(await listFoundMessages(db, numbers, filter)));
    isAll = numbers.length < lookAt;
    before = numbers.at(-1) ?? 0;
    if (isAll || performance.now() > deadline) break;
    lookAt = Math.min(LOOKED_AT_ONCE_MAX, lookAt * 4);
  }
  const shown = rows.slice(0, query.limit);
  const last = rows.length > query.limit ? shown.at(-1) : undefined;
  const lookedTo = last?.number ?? (isAll ? null : before);
  const words = new Set(read.groups.flat());
  return {
    items: shown.map((row) => toMessageHit(row, words)),
    next: lookedTo === null ? null : formatCursor({ at: lookedTo, id: last?.id ?? NO_ID }),
    read,
  };
}

async function findContacts({ app, caller, query, people }: Asked): Promise<Found> {
  const text = query.q.trim();
  if (text === '' || isFiltered(query)) return { items: [], next: null };
  const found = await people();
  const { items, next } = await listFoundContacts(app, caller, found, query);
  return { items: items.map((contact) => ({ kind: 'contact', contact })), next, read: found };
}

/** Filters are about conversations; whoever sets one does not look for customer files. */
function isFiltered({ status, assigneeId, tag, inboxId, from, to }: SearchQuery): boolean {
  return [status, assigneeId, tag, inboxId, from, to].some((filter) => filter !== undefined);
}

function filterOf(sight: Caller, { status, assigneeId, tag, inboxId }: SearchQuery): ConversationFilter {
  return { sight, status, assigneeId: assigneeId === 'none' ? null : assigneeId, tag, inboxId };
}

/** Since when all messages are in the index, while it is being built; null once it is whole. */
async function findIndexedSince(app: App): Promise<number | null> {
  const state = await findMessageIndex(app.storage.db);
  if (state && state.sweptAt !== null) return null;
  return state?.sweepAt ?? app.now();
}

async function toConversationHits(app: App, caller: Caller, rows: readonly FoundConversation[]): Promise<SearchHit[]> {
  const summaries = await listSummaries(
    app,
    caller,
    rows.map(({ id }) => id),
  );
  return summaries.map((conversation) => ({ kind: 'conversation', conversation }));
}

function toMessageHit(row: FoundMessage, words: ReadonlySet<string>): MessageHit {
  const { id, conversationId, seq, authorKind, authorId, authorName, visibility, text, createdAt } = row;
  return {
    kind: 'message',
    message: {
      id,
      conversationId,
      seq,
      author: {
        kind: authorKind as AuthorKind,
        ...(authorId !== null && { id: authorId }),
        ...(authorName !== null && { name: authorName }),
      },
      visibility: visibility as Visibility,
      text: excerptOf(text, marksIn(text, words), EXCERPT_LENGTH),
      createdAt,
    },
    conversation: {
      id: conversationId,
      status: row.status as ConversationStatus,
      contact: { id: row.contactId, name: row.contactName },
      assigneeId: row.assigneeId,
    },
  };
}

function idOf(hit: SearchHit): string {
  return hit.kind === 'message' ? hit.message.id : hit.kind === 'contact' ? hit.contact.id : hit.conversation.id;
}
