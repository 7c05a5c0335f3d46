import { expect, test } from 'vitest';
import type { ConversationSummary } from '../../shared/conversation.ts';
import type { Message } from '../../shared/message.ts';
import { makeRole, makeTeam, writeIn } from '../helpers/company.ts';
import { ask, get, hear, openHouse } from '../helpers/house.ts';

interface Changed {
  conversation: ConversationSummary;
}

test('an agent says how urgent a conversation is, colleagues read who did, and the visitor hears nothing of it', async () => {
  const house = await openHouse();
  const { socket } = await house.agent();
  const visitor = await writeIn(house, 'hello');
  const { conversationId } = visitor;
  const heard = hear<Message>(visitor.socket, 'message:posted');

  const set = async (priority: string) =>
    (await get<Changed>(socket, 'conversation:prioritize', { conversationId, priority })).conversation;
  expect((await set('urgent')).priority).toBe('urgent');
  expect((await set('urgent')).lastSeq).toBe(2);

  const { items } = await house.json<{ items: Message[] }>('GET', `/api/conversations/${conversationId}/messages`);
  expect(items.at(-1)).toMatchObject({
    visibility: 'internal',
    notice: { kind: 'prioritized', name: 'Dana', priority: 'urgent' },
    text: 'Dana set the priority to urgent.',
  });
  // Whatever comes after it is told to the visitor: the line before was not.
  await get(socket, 'conversation:resolve', { conversationId });
  await expect.poll(() => heard.map(({ notice }) => notice?.kind)).toEqual(['ended']);
});

test('who does not see a conversation, or may not reply, does not change how urgent it is', async () => {
  const house = await openHouse();
  const { conversationId } = await writeIn(house, 'hello');
  const dana = await house.agent();
  const noa = await house.hire('Noa');
  const team = await makeTeam(house, 'Sales', [noa.id]);
  await get(dana.socket, 'conversation:assign', { conversationId, teamId: team.id });
  const blind = await makeRole(house, 'own', ['conversations:view-own', 'conversations:reply']);
  const silent = await makeRole(house, 'looks', ['conversations:view-all']);
  const wish = { conversationId, priority: 'low' };
  const asWhom = async (name: string, role: string) => (await house.agent((await house.hire(name, role)).cookie)).socket;
  expect(await ask(await asWhom('Lior', blind.id), 'conversation:prioritize', wish)).toMatchObject({ error: { code: 'not-found' } });
  expect(await ask(await asWhom('Omar', silent.id), 'conversation:prioritize', wish)).toMatchObject({ error: { code: 'forbidden' } });
  expect(await ask(dana.socket, 'conversation:prioritize', { conversationId, priority: 'now' })).toMatchObject({
    error: { code: 'invalid', field: 'priority' },
  });
});
