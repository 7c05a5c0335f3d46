// @vitest-environment node
import { nanoid } from 'nanoid';
import { describe, expect, it } from 'vitest';
import { DECK_MAX, Deck } from '../../console/conversations/deck.ts';
import { columnsIn, firstShown, hasRoomForFile } from '../../console/conversations/deck-room.ts';
import { MemoryStorage } from './memory-storage.ts';

const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((letter) => letter.repeat(21)) as [string, string, string, string];

function layOut({ stores = [new MemoryStorage()], written = [] as string[] } = {}): Deck {
  return new Deck({ stores, agentId: 'agent-1', isWritten: (id) => written.includes(id) });
}

/** Its letters in their order, kept ones in capitals, the one in focus in brackets. */
function seen(deck: Deck): string {
  return deck.places.value
    .map(({ id, isKept }) => (isKept ? id.charAt(0).toUpperCase() : id.charAt(0)))
    .map((letter, at) => (deck.places.value[at]?.id === deck.focusedId.value ? `[${letter}]` : letter))
    .join(' ');
}

describe('an agent who opens conversations', () => {
  it('sees each take the place of the one in focus, as in an editor', () => {
    const deck = layOut();
    deck.enter(a);
    expect(seen(deck)).toBe('[a]');
    deck.enter(b);
    expect(seen(deck)).toBe('[b]');
    deck.openBeside(c);
    expect(seen(deck)).toBe('b [c]');
    deck.focus(b);
    deck.enter(d);
    expect(seen(deck)).toBe('[d] c');
    deck.enter(c);
    expect(seen(deck)).toBe('d [c]');
  });

  it('keeps open what is pinned, whatever is opened next', () => {
    const deck = layOut();
    deck.enter(a);
    deck.keep(a, true);
    deck.enter(b);
    expect(seen(deck)).toBe('A [b]');
    deck.focus(a);
    deck.enter(c);
    expect(seen(deck)).toBe('A [c]');
    deck.keep(a, false);
    deck.focus(a);
    deck.enter(d);
    expect(seen(deck)).toBe('[d] c');
  });

  it('pins one from the list without leaving the one that is read', () => {
    const deck = layOut();
    deck.enter(a);
    deck.keep(b, true);
    expect(seen(deck)).toBe('[a] B');
  });

  it('loses none in which an answer is begun, as long as there is room', () => {
    const deck = layOut({ written: [b] });
    deck.enter(a);
    deck.keep(a, true);
    deck.enter(b);
    deck.focus(a);
    deck.enter(c);
    expect(seen(deck)).toBe('A [c] b');
  });

  it('is refused one more beside nine, and can still open another by a link', () => {
    const deck = layOut();
    const ids = Array.from({ length: DECK_MAX }, () => nanoid());
    for (const id of ids) expect(deck.openBeside(id, { isKept: true })).toBe(true);
    expect(deck.openBeside(a)).toBe(false);
    expect(deck.keep(a, true)).toBe(false);
    deck.enter(a);
    expect(deck.places.value).toHaveLength(DECK_MAX);
    expect(deck.focusedId.value).toBe(a);
  });

  it('comes to the neighbour when one is closed', () => {
    const deck = layOut();
    for (const id of [a, b, c]) deck.openBeside(id);
    deck.focus(b);
    deck.close(b);
    expect(seen(deck)).toBe('a [c]');
    deck.close(c);
    expect(seen(deck)).toBe('[a]');
    deck.close(a);
    expect(seen(deck)).toBe('');
    expect(deck.focusedId.value).toBeNull();
  });

  it('stays where it is when another one is closed', () => {
    const deck = layOut();
    for (const id of [a, b, c]) deck.openBeside(id);
    deck.close(a);
    expect(seen(deck)).toBe('b [c]');
  });
});

describe('the deck after a reload', () => {
  it('is what it was, with its order, its pins and its focus', () => {
    const stores = [new MemoryStorage()];
    const deck = layOut({ stores });
    for (const id of [a, b, c]) deck.openBeside(id);
    deck.keep(b, true);
    deck.focus(a);
    expect(seen(layOut({ stores }))).toBe('[a] B c');
  });

  it('is the tab’s own, and a new tab begins with what was open last', () => {
    const [shared, tab] = [new MemoryStorage(), new MemoryStorage()];
    layOut({ stores: [tab, shared] }).enter(a);
    const other = layOut({ stores: [new MemoryStorage(), shared] });
    expect(seen(other)).toBe('[a]');
    other.enter(b);
    expect(seen(layOut({ stores: [tab, shared] }))).toBe('[a]');
  });

  it('is empty where the storage holds nonsense or nothing may be stored', () => {
    const store = new MemoryStorage();
    for (const nonsense of ['', '{', '{"places":7}', '{"places":[{"id":"../x"}]}', 'null', '[]']) {
      store.setItem('kesher:deck:agent-1', nonsense);
      expect(seen(layOut({ stores: [store] }))).toBe('');
    }
    store.isFull = true;
    const deck = layOut({ stores: [store] });
    deck.enter(a);
    expect(seen(deck)).toBe('[a]');
  });

  it('is another agent’s business', () => {
    const store = new MemoryStorage();
    layOut({ stores: [store] }).enter(a);
    expect(seen(new Deck({ stores: [store], agentId: 'agent-2', isWritten: () => false }))).toBe('');
  });
});

describe('room on the screen', () => {
  it('is for one to four beside each other', () => {
    expect([300, 703, 704, 1_056, 1_408, 5_000].map(columnsIn)).toEqual([1, 1, 2, 3, 4, 4]);
  });

  it('is for the customer file only where two conversations still stand beside it', () => {
    expect(hasRoomForFile(814, 316, 1)).toBe(true);
    expect(hasRoomForFile(814, 316, 2)).toBe(false);
    expect(hasRoomForFile(1_312, 360, 2)).toBe(true);
  });

  it.each([
    [{ count: 5, columns: 2, focusedAt: 0, first: 0 }, 0],
    [{ count: 5, columns: 2, focusedAt: 4, first: 0 }, 3],
    [{ count: 5, columns: 2, focusedAt: 3, first: 3 }, 3],
    [{ count: 5, columns: 2, focusedAt: 2, first: 3 }, 2],
    [{ count: 5, columns: 4, focusedAt: 4, first: 4 }, 1],
    [{ count: 2, columns: 4, focusedAt: 1, first: 1 }, 0],
  ])('%o shows those from %i', (at, first) => {
    expect(firstShown(at)).toBe(first);
  });
});
