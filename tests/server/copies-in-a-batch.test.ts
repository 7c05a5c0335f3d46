import { nanoid } from 'nanoid';
import { describe, expect, test } from 'vitest';
import { appendMessages, type Post } from '../../server/conversations/message-batch.ts';
import { databases } from '../helpers/databases.ts';

describe.each(databases)('on $name', ({ open }) => {
  test('of two copies that come together, one to a conversation that is no more, the other opens a new one', async () => {
    const house = await open();
    const { visitor } = (await house.visitor()).session;
    const { app } = house.server;
    const copy: Post = {
      id: nanoid(),
      author: { kind: 'visitor', id: visitor.id },
      visibility: 'public',
      text: 'Is anybody there?',
      visitor: { id: visitor.id, verifiedContactId: null, page: null, returnWithinMs: 1_000 },
    };
    const posts = [{ ...copy, conversationId: nanoid() }, copy, copy];
    const [lost, kept, again] = await app.storage.write((trx) => appendMessages(trx, posts, { now: app.now(), mayRepeat: false }));
    expect(lost).toMatchObject({ code: 'not-found' });
    expect(kept).toMatchObject({ isNew: true, message: { id: copy.id, seq: 1 } });
    expect(again).toMatchObject({ isNew: false, message: { id: copy.id, seq: 1 } });
  });
});
