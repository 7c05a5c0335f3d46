// @vitest-environment node
import { expect, test } from 'vitest';
import { type KeyValueStore, Outbox } from '../../shared/outbox.ts';
import { layeredStorage, memoryStorage } from '../../widget/browser-storage.ts';

/** A store that takes nothing any more, as a full one does; what is in it can be read and removed. */
function fullStorage(entries: Record<string, string> = {}): KeyValueStore & { free(): void } {
  const store = memoryStorage();
  for (const [key, value] of Object.entries(entries)) store.setItem(key, value);
  let isFull = true;
  return {
    get length() {
      return store.length;
    },
    key: store.key,
    getItem: store.getItem,
    removeItem: store.removeItem,
    setItem(key, value) {
      if (isFull) throw new DOMException('full', 'QuotaExceededError');
      store.setItem(key, value);
    },
    free() {
      isFull = false;
    },
  };
}

const keysOf = (store: KeyValueStore) => Array.from({ length: store.length }, (_, index) => store.key(index));

test('what the browser cannot keep for good is kept for the tab, and where that fails too, for the page', () => {
  const [local, tab] = [fullStorage(), memoryStorage()];
  const storage = layeredStorage([local, tab]);
  storage.setItem('a', '1');
  expect(tab.getItem('a')).toBe('1');
  const nowhere = layeredStorage([fullStorage(), fullStorage()]);
  nowhere.setItem('a', '1');
  expect(nowhere.getItem('a')).toBe('1');
  expect(layeredStorage([]).getItem('a')).toBeNull();
});

test('an old value never stands in front of a new one', () => {
  const local = fullStorage({ draft: 'old' });
  const storage = layeredStorage([local]);
  storage.setItem('draft', 'new');
  expect(storage.getItem('draft')).toBe('new');
  local.free();
  storage.setItem('draft', 'newest');
  expect([storage.getItem('draft'), local.getItem('draft')]).toEqual(['newest', 'newest']);
  storage.removeItem('draft');
  expect(storage.getItem('draft')).toBeNull();
});

test('everything is listed once, whichever layer holds it', () => {
  const local = fullStorage({ first: '1' });
  const storage = layeredStorage([local]);
  storage.setItem('second', '2');
  expect(keysOf(storage).sort()).toEqual(['first', 'second']);
  expect(storage.key(2)).toBeNull();
});

test('messages wait in a full browser as in any other', () => {
  const outbox = new Outbox(layeredStorage([fullStorage()]), 'shop');
  outbox.put({ id: 'a', text: 'still sent', createdAt: 1 });
  expect(outbox.list().map(({ text }) => text)).toEqual(['still sent']);
});
