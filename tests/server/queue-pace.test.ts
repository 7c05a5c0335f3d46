import { performance } from 'node:perf_hooks';
import { nanoid } from 'nanoid';
import { expect, test } from 'vitest';
import { listAnsweredWaits } from '../../server/conversations/queue-store.ts';
import { makeTeam, writeIn } from '../helpers/company.ts';
import { get, openHouse } from '../helpers/house.ts';
import { copyConversation } from '../helpers/many-conversations.ts';

const YEAR_MS = 365 * 24 * 60 * 60 * 1_000;

test('how long people wait for a team is known as quickly after years as on the first day', async () => {
  const house = await openHouse();
  const agent = await house.agent();
  const team = await makeTeam(house, 'Service', []);
  const { conversationId } = await writeIn(house, 'hello');
  await get(agent.socket, 'message:post', { id: nanoid(), conversationId, text: 'yes?' });
  const { app } = house.server;
  const now = app.now();
  const since = now - 60_000;
  const ask = async () => {
    const began = performance.now();
    const waits = await listAnsweredWaits(app.storage.db, { teamId: team.id }, { since, limit: 20 });
    expect(waits).toHaveLength(3);
    return performance.now() - began;
  };
  const quickest = async () => {
    let ms = Number.POSITIVE_INFINITY;
    for (let turn = 0; turn < 10; turn += 1) ms = Math.min(ms, await ask());
    return ms;
  };
  const answered = (at: number) => ({ teamId: team.id, createdAt: at - 1_000, firstResponseAt: at, status: 'resolved', resolvedAt: at });
  await copyConversation(house, conversationId, { count: 3, change: (at) => ({ id: `new-${at}`, ...answered(now - at) }) });
  const onFirstDay = await quickest();
  await copyConversation(house, conversationId, { count: 25_000, change: (at) => answered(now - YEAR_MS - at) });
  expect(await quickest()).toBeLessThan(onFirstDay * 4 + 1);
}, 60_000);
