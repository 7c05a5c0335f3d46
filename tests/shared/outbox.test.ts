import { describe, expect, it } from 'vitest';
import { Outbox, type PendingMessage } from '../../shared/outbox.ts';
import { memoryStorage } from '../../widget/browser-storage.ts';

const pending = (id: string, createdAt: number, more: Partial<PendingMessage> = {}): PendingMessage => ({
  id,
  text: id,
  createdAt,
  ...more,
});

describe('what somebody has sent and the server has not confirmed', () => {
  it('is there again, in the order of sending, for another tab over the same storage', () => {
    const storage = memoryStorage();
    const here = new Outbox(storage, 'shop');
    here.put(pending('second', 2, { conversationId: 'c' }));
    here.put(pending('first', 1));
    expect(new Outbox(storage, 'shop').list()).toEqual([pending('first', 1), pending('second', 2, { conversationId: 'c' })]);
  });

  it('is gone once it is confirmed', () => {
    const outbox = new Outbox(memoryStorage(), 'shop');
    outbox.put(pending('a', 1));
    outbox.put(pending('b', 2));
    outbox.remove('a');
    expect(outbox.list().map(({ id }) => id)).toEqual(['b']);
  });

  it('is not overwritten by what another tab sends at the same moment', () => {
    const storage = memoryStorage();
    const [here, there] = [new Outbox(storage, 'shop'), new Outbox(storage, 'shop')];
    here.put(pending('mine', 1));
    there.put(pending('theirs', 1));
    expect(here.list().map(({ id }) => id)).toEqual(['mine', 'theirs']);
  });

  it('does not mix with that of another inbox or agent', () => {
    const storage = memoryStorage();
    const [shop, club] = [new Outbox(storage, 'shop'), new Outbox(storage, 'club')];
    shop.put(pending('a', 1));
    expect(club.list()).toEqual([]);
    const key = storage.key(0);
    expect([shop.owns(key), club.owns(key), shop.owns(null)]).toEqual([true, false, false]);
  });

  it('can be read although something unreadable lies beside it', () => {
    const storage = memoryStorage();
    storage.setItem('kesher:outbox:shop:x', '{"id":');
    storage.setItem('kesher:outbox:shop:y', '{"id":7}');
    storage.setItem('something else', 'of the site');
    const outbox = new Outbox(storage, 'shop');
    outbox.put(pending('a', 1));
    expect(outbox.list().map(({ id }) => id)).toEqual(['a']);
  });

  it('is told, not swallowed, when the browser has no room for it', () => {
    const full = {
      ...memoryStorage(),
      length: 0,
      setItem: () => {
        throw new DOMException('full', 'QuotaExceededError');
      },
    };
    expect(() => new Outbox(full, 'shop').put(pending('a', 1))).toThrow('full');
  });
});
