import type { Message } from '../../shared/message.ts';
import { type Ledger, quote, type ViolationKind } from './ledger.ts';
import type { Screen } from './person.ts';
import type { StoredMessage } from './stored-messages.ts';

type Accuse = (kind: ViolationKind, sentence: string) => void;

/** Holds what people typed and saw against what the database has. Everything that `protocol.md` promises of delivery is one function here. */
export function judge(ledger: Ledger, stored: readonly StoredMessage[], screens: readonly Screen[]): void {
  const accuse: Accuse = (kind, sentence) => ledger.accuse(kind, sentence);
  const conversations = byConversation(stored);
  judgeTyped(ledger, stored, accuse);
  judgeConfirmed(ledger, stored, accuse);
  judgeNumbers(conversations, accuse);
  judgeOrder(ledger, stored, accuse);
  for (const difference of findDifferences(screens, stored)) accuse('unequal', difference);
  for (const screen of screens) if (screen.isVisitor) judgePlace(screen, ledger, stored, accuse);
  for (const screen of screens) if (screen.isVisitor) judgeNotes(screen, stored, accuse);
}

/** Every message that anybody ever sent is stored exactly once, and nothing else is. */
function judgeTyped(ledger: Ledger, stored: readonly StoredMessage[], accuse: Accuse): void {
  const byText = groupBy(stored, (message) => message.text);
  for (const { text, isWithdrawn, mayBeGone } of ledger.typed.values()) {
    const copies = byText.get(text) ?? [];
    if (isWithdrawn && copies.length > 0) accuse('doubled', `${quote(text)} was refused and taken back, and is stored all the same.`);
    if (!isWithdrawn && !mayBeGone && copies.length === 0) accuse('lost', `${quote(text)} was sent and is not stored.`);
    if (copies.length > 1)
      accuse('doubled', `${quote(text)} is stored ${copies.length} times (seq ${copies.map(({ seq }) => seq).join(', ')}).`);
  }
  const joined = new Set<string>();
  for (const { text, authorKind, conversationId } of stored) {
    // What the server itself says is nobody's message; that somebody joined it says once in a conversation.
    if (authorKind !== 'system') {
      if (!ledger.typed.has(text)) accuse('doubled', `${quote(text)} is stored, and nobody wrote it.`);
    } else if (text.endsWith(' joined.')) {
      const line = `${conversationId} ${text}`;
      if (joined.has(line)) accuse('doubled', `${quote(text)} stands twice in ${conversationId}.`);
      joined.add(line);
    }
  }
}

/** What was ever acknowledged on the wire, or shown on any screen as sent, is stored with that very place. */
function judgeConfirmed(ledger: Ledger, stored: readonly StoredMessage[], accuse: Accuse): void {
  const byId = new Map(stored.map((message) => [message.id, message]));
  for (const { message, where } of ledger.shown.values()) {
    const row = byId.get(message.id);
    if (!row) accuse('phantom', `${where} showed ${quote(message.text)} as sent (seq ${message.seq}), and it is not stored.`);
    else if (!isSame(message, row))
      accuse('moved', `${where} showed ${quote(message.text)} with seq ${message.seq}; stored is seq ${row.seq}.`);
  }
  for (const [id, { conversationId, seq }] of ledger.acknowledged) {
    const row = byId.get(id);
    if (!row) accuse('phantom', `The server said ok to message ${id} (seq ${seq}), and it is not stored.`);
    else if (row.seq !== seq || row.conversationId !== conversationId)
      accuse('moved', `Message ${id} was acknowledged with seq ${seq}; stored is ${row.seq}.`);
  }
}

/** 1, 2, 3 … in every conversation. */
function judgeNumbers(conversations: ReadonlyMap<string, readonly StoredMessage[]>, accuse: Accuse): void {
  for (const [id, messages] of conversations) {
    const wrong = messages.find(({ seq }, index) => seq !== index + 1);
    if (wrong) accuse('gap', `Conversation ${id} counts ${messages.map(({ seq }) => seq).join(' ')}.`);
  }
}

/** What one person wrote in one conversation stands in the order of writing, except what a colleague's answer held back. */
function judgeOrder(ledger: Ledger, stored: readonly StoredMessage[], accuse: Accuse): void {
  const last = new Map<string, { number: number; text: string }>();
  for (const { conversationId, text } of stored) {
    const typed = ledger.typed.get(text);
    if (!typed || typed.wasHeldBack) continue;
    const key = `${conversationId} ${typed.author}`;
    const before = last.get(key);
    if (before && before.number > typed.number) accuse('out of order', `${quote(before.text)} stands before ${quote(text)}.`);
    if (!before || before.number < typed.number) last.set(key, typed);
  }
}

/** A visitor has one conversation, however often the network and the server went away, and every tab shows that one. */
function judgePlace({ where, owner, conversationId }: Screen, ledger: Ledger, stored: readonly StoredMessage[], accuse: Accuse): void {
  const own = new Set(stored.filter(({ text }) => ledger.typed.get(text)?.author === owner).map((row) => row.conversationId));
  if (own.size > 1) accuse('unequal', `What ${owner} wrote is spread over ${own.size} conversations.`);
  if (own.size > 0 && !own.has(conversationId))
    accuse('unequal', `${where} shows ${conversationId || 'no conversation'} instead of ${[...own].join()}.`);
}

function judgeNotes({ where, messages }: Screen, stored: readonly StoredMessage[], accuse: Accuse): void {
  const notes = new Set(stored.filter(({ visibility }) => visibility === 'internal').map(({ text }) => text));
  for (const { text } of messages) if (notes.has(text)) accuse('leaked', `${where} sees the note ${quote(text)}.`);
}

/** Where a screen does not show what is stored: all of it for agents, all that is public for visitors. */
export function findDifferences(screens: readonly Screen[], stored: readonly StoredMessage[]): string[] {
  const conversations = byConversation(stored);
  const differences = [...screens].flatMap(({ where, isVisitor, conversationId, messages }) => {
    const all = conversations.get(conversationId) ?? [];
    const expected = isVisitor ? all.filter(({ visibility }) => visibility === 'public') : all;
    const at = expected.findIndex((row, index) => !messages[index] || !isSame(messages[index], row));
    if (at < 0 && messages.length === expected.length) return [];
    const [shown, wanted] = [messages[at < 0 ? expected.length : at], expected[at]];
    const there = shown ? `${quote(shown.text)} (seq ${shown.seq})` : 'nothing';
    const here = wanted ? `${quote(wanted.text)} (seq ${wanted.seq})` : 'nothing';
    return [`${where} shows ${messages.length} of ${expected.length} messages of ${conversationId}, and ${there} where ${here} is stored.`];
  });
  const agents = new Set(screens.filter(({ isVisitor }) => !isVisitor).map(({ where }) => where));
  const open = new Set(screens.filter(({ isVisitor }) => !isVisitor).map(({ where, conversationId }) => `${where} ${conversationId}`));
  for (const id of conversations.keys()) {
    for (const where of agents) if (!open.has(`${where} ${id}`)) differences.push(`${where} does not have conversation ${id}.`);
  }
  return differences;
}

function byConversation(stored: readonly StoredMessage[]): ReadonlyMap<string, readonly StoredMessage[]> {
  return groupBy(stored, (message) => message.conversationId);
}

function groupBy<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const groups = new Map<string, Item[]>();
  for (const item of items) groups.set(keyOf(item), [...(groups.get(keyOf(item)) ?? []), item]);
  return groups;
}

function isSame(message: Message, row: StoredMessage): boolean {
  return message.id === row.id && message.seq === row.seq && message.conversationId === row.conversationId && message.text === row.text;
}
