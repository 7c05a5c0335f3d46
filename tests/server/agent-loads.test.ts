import { describe, expect, test } from 'vitest';
import type { Agent } from '../../shared/agent.ts';
import { writeIn } from '../helpers/company.ts';
import { databases } from '../helpers/databases.ts';
import { get, nextFact } from '../helpers/house.ts';
import { atWork, handOut, say } from './floor-scene.ts';

describe.each(databases)('on $name', ({ open }) => {
  test('colleagues see of an agent’s load what the house counts: half of what waits for the customer, and nothing of what sleeps', async () => {
    const house = await open();
    await handOut(house, { waitingCounts: 0.5, inboxes: { [house.inbox.id]: 'both' } });
    const dana = await house.agent();
    await get(dana.socket, 'availability:set', { availability: 'away' });
    const noa = await atWork(house, 'Noa');
    const loadIs = (wanted: number) => nextFact<Agent>(dana.socket, 'agent:changed', ({ id, load }) => id === noa.id && load === wanted);
    const given = loadIs(1);
    const { conversationId } = await writeIn(house, 'hello');
    await given;
    const answered = loadIs(0.5);
    await say(noa.socket, conversationId);
    await answered;
    const asleep = loadIs(0);
    await get(dana.socket, 'conversation:snooze', { conversationId, until: house.server.app.now() + 3_600_000 });
    await asleep;
    const { items } = await house.json<{ items: Agent[] }>('GET', '/api/agents');
    expect(items.find(({ id }) => id === noa.id)?.load).toBe(0);
  });
});
