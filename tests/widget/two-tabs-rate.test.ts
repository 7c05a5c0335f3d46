// @vitest-environment node
import { expect, test } from 'vitest';
import { entrust } from '../../widget/errands.ts';
import { openHouse } from '../helpers/house.ts';
import { openShopWithBot, returns } from '../server/bot-scene.ts';
import { seen, textsOf, VisitorAtHome } from './visitor-at-home.ts';

test('what a visitor says of an answer in one tab stands in the other at once, whichever spoke last', async () => {
  const { house } = await openShopWithBot(() => openHouse());
  const visitor = new VisitorAtHome(house);
  const one = await visitor.arrive({ locale: () => 'en-US' });
  one.send('I want to return what I bought');
  await seen(() => textsOf(one).includes(returns));
  const other = await visitor.arrive({ locale: () => 'en-US' });
  await seen(() => textsOf(other).includes(returns));
  const helpfulIn = (tab: typeof one) => tab.messages.value.find(({ text }) => text === returns)?.automatic?.helpful;
  const messageId = one.messages.value.find(({ text }) => text === returns)?.id ?? '';
  expect(helpfulIn(other)).toBeUndefined();
  for (const [tab, elsewhere, helpful] of [
    [one, other, true],
    [other, one, false],
    [one, other, true],
  ] as const) {
    await entrust(tab.errands, 'answer:rate', { messageId, helpful });
    await seen(() => helpfulIn(elsewhere) === helpful);
  }
});
