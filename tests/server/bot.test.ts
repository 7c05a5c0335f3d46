import { describe, expect, test } from 'vitest';
import type { Message } from '../../shared/message.ts';
import { databases } from '../helpers/databases.ts';
import { ask, hear } from '../helpers/house.ts';
import { delivery, hours, openShopWithBot, returns, summaryOf, tryOut, until, visit } from './bot-scene.ts';

describe.each(databases)('on $name', ({ open }) => {
  test('at night a visitor who asks what is known is answered by the bot, which says that it is automatic', async () => {
    const { house, returnsId } = await openShopWithBot(open);
    console.log(await tryOut(house, 'I want to return what I bought'), await tryOut(house, 'return'), await tryOut(house, 'do you sell bananas'), await tryOut(house, 'time friday shipping'));
    const visitor = await visit(house);
    await visitor.post('I want to return what I bought');
    const answer = await visitor.next();
    expect(answer).toMatchObject({
      text: returns,
      author: { kind: 'bot', name: 'Automatic assistant' },
      automatic: { kind: 'answer', answerId: returnsId },
    });
    expect(answer.choices?.map(({ text }) => text)).toEqual(['What about sale items?', 'Talk to a person']);
    const summary = await summaryOf(house, visitor.conversationId);
    expect(summary, 'nobody waits any more').toMatchObject({ waitingSince: null, unread: 0, status: 'open', assigneeId: null });
  });
});
