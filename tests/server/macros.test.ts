import { nanoid } from 'nanoid';
import type { Socket } from 'socket.io-client';
import { describe, expect, test } from 'vitest';
import type { AgentNotice, AgentNoticePage } from '../../shared/agent-notice.ts';
import type { CannedResponse } from '../../shared/canned-response.ts';
import type { ConversationSummary } from '../../shared/conversation.ts';
import type { Macro, MacroRunReply } from '../../shared/macro.ts';
import type { Message } from '../../shared/message.ts';
import { makeRole, makeTeam, writeIn } from '../helpers/company.ts';
import { databases } from '../helpers/databases.ts';
import { ask, get, type House, hear, nextFact, openHouse } from '../helpers/house.ts';

const closing = {
  reply: { texts: { he: 'שמחנו לעזור', en: 'Glad to help' } },
  note: 'טופל לפי הנוהל',
  addTags: ['refund', 'vip'],
  removeTags: ['new'],
  end: { status: 'resolved' },
};

function make(house: House, steps: Record<string, unknown>, more: Record<string, unknown> = {}): Promise<Macro> {
  return house.json<Macro>('POST', '/api/macros', { name: 'Close', steps, reach: 'shared', ...more });
}

async function stateOf(house: House, conversationId: string) {
  const conversation = await house.json<{ status: string; tags: string[]; assigneeId: string | null; teamId: string | null }>(
    'GET',
    `/api/conversations/${conversationId}`,
  );
  const { items } = await house.json<{ items: Message[] }>('GET', `/api/conversations/${conversationId}/messages`);
  const said = items.filter(({ author }) => author.kind !== 'system').map(({ text, visibility }) => `${visibility}: ${text}`);
  return { ...conversation, said };
}

const run = (socket: Socket, payload: Record<string, unknown>) => ask<MacroRunReply>(socket, 'macro:run', { id: nanoid(), ...payload });

describe.each(databases)('on $name', ({ open }) => {
  test('a macro replies, notes, tags and resolves at once, and its retry finds it done', async () => {
    const house = await open();
    const { conversationId, socket } = await writeIn(house, 'קיבלתי ספל שבור');
    const dana = await house.agent();
    await get(dana.socket, 'conversation:tag', { conversationId, tags: ['new', 'mug'] });
    const { id: macroId } = await make(house, closing);
    const heard = hear<Message>(socket, 'message:posted');
    const payload = { id: nanoid(), macroId, conversationId, text: 'שמחנו לעזור, רות' };
    const ran = await get<MacroRunReply>(dana.socket, 'macro:run', payload);
    expect(ran.message).toMatchObject({ id: payload.id, text: 'שמחנו לעזור, רות', visibility: 'public' });
    expect(ran.before).toMatchObject({ tags: ['new', 'mug'], status: 'open', assigneeId: null });
    expect(await get<MacroRunReply>(dana.socket, 'macro:run', payload)).toMatchObject({ message: { id: payload.id }, before: ran.before });
    const state = await stateOf(house, conversationId);
    expect(state.said).toEqual(['public: קיבלתי ספל שבור', 'public: שמחנו לעזור, רות', 'internal: טופל לפי הנוהל']);
    expect(state).toMatchObject({ status: 'resolved', tags: ['mug', 'refund', 'vip'] });
    // The visitor hears the reply once, and of the note nothing.
    expect(heard.filter(({ author }) => author.kind === 'agent').map(({ text }) => text)).toEqual(['שמחנו לעזור, רות']);
  });

  test('a macro that only leaves a note leaves it once, however often it is asked for', async () => {
    const house = await open();
    const { conversationId } = await writeIn(house, 'שלום');
    const dana = await house.agent();
    const { id: macroId } = await make(house, { note: 'טופל לפי הנוהל' });
    const payload = { id: nanoid(), macroId, conversationId };
    for (const _ of [1, 2, 3]) {
      expect(await get<MacroRunReply>(dana.socket, 'macro:run', payload)).toMatchObject({ message: null });
    }
    expect((await stateOf(house, conversationId)).said).toEqual(['public: שלום', 'internal: טופל לפי הנוהל']);
  });

  test('a colleague to whom a macro hands a conversation is told so once', async () => {
    const house = await open();
    const { conversationId } = await writeIn(house, 'שלום');
    const noa = await house.hire('Noa');
    const dana = await house.agent();
    const heard = hear<AgentNotice>((await house.agent(noa.cookie)).socket, 'notice:posted');
    const { id: macroId } = await make(house, { assign: { to: 'agent', id: noa.id } });
    const payload = { id: nanoid(), macroId, conversationId };
    for (const _ of [1, 2]) await get(dana.socket, 'macro:run', payload);
    // Hers already, and what one takes oneself: no news.
    await get(dana.socket, 'macro:run', { ...payload, id: nanoid() });
    const own = await make(house, { assign: { to: 'me' } });
    await get(dana.socket, 'macro:run', { id: nanoid(), macroId: own.id, conversationId });
    const told = [{ kind: 'assignment', actor: { name: 'Dana' }, conversationId }];
    await expect.poll(() => heard).toMatchObject(told);
    expect((await house.json<AgentNoticePage>('GET', '/api/notices', undefined, { cookie: noa.cookie })).items).toMatchObject(told);
    expect((await house.json<AgentNoticePage>('GET', '/api/notices')).items).toEqual([]);
  });

  test('nothing of a macro is done when a part of it cannot be', async () => {
    const house = await open();
    const { conversationId } = await writeIn(house, 'שלום');
    const gone = await house.hire('Gone');
    const { id: macroId } = await make(house, { ...closing, assign: { to: 'agent', id: gone.id } });
    await house.json('PATCH', `/api/agents/${gone.id}`, { isActive: false });
    const dana = await house.agent();
    expect(await run(dana.socket, { macroId, conversationId, text: 'שלום' })).toMatchObject({ ok: false, error: { code: 'not-found' } });
    await get(dana.socket, 'conversation:tag', { conversationId, tags: Array.from({ length: 30 }, (_, at) => `tag ${at}`) });
    const full = await make(house, closing);
    expect(await run(dana.socket, { macroId: full.id, conversationId, text: 'שלום' })).toMatchObject({
      ok: false,
      error: { code: 'invalid' },
    });
    expect(await stateOf(house, conversationId)).toMatchObject({ status: 'open', said: ['public: שלום'] });
  });

  test('a macro is not run behind words that the agent has not read', async () => {
    const house = await open();
    const { conversationId, socket } = await writeIn(house, 'תודה');
    const dana = await house.agent();
    const { id: macroId } = await make(house, closing);
    await get(socket, 'message:post', { id: nanoid(), text: 'רגע, עוד שאלה' });
    const reply = await run(dana.socket, { macroId, conversationId, text: 'להתראות', expectedSeq: 1 });
    expect(reply).toMatchObject({ ok: false, error: { code: 'stale' } });
    expect(await stateOf(house, conversationId)).toMatchObject({
      status: 'open',
      tags: [],
      said: ['public: תודה', 'public: רגע, עוד שאלה'],
    });
  });
});

test('an old macro is not run as what it was, and its retry still is', async () => {
  const house = await openHouse();
  const { conversationId } = await writeIn(house, 'שלום');
  const dana = await house.agent();
  const { id: macroId, updatedAt: version } = await make(house, { addTags: ['first'] });
  const payload = { id: nanoid(), macroId, conversationId, version };
  await get(dana.socket, 'macro:run', payload);
  await house.json('PATCH', `/api/macros/${macroId}`, { steps: { addTags: ['second'] } });
  expect((await ask(dana.socket, 'macro:run', payload)).ok).toBe(true);
  expect(await run(dana.socket, { macroId, conversationId, version })).toMatchObject({
    ok: false,
    error: { code: 'stale', field: 'version' },
  });
  expect((await stateOf(house, conversationId)).tags).toEqual(['first']);
  // Another agent cannot take the id for a run of their own.
  const omar = await house.agent((await house.hire('Omar')).cookie);
  expect(await ask(omar.socket, 'macro:run', payload)).toMatchObject({ ok: false, error: { code: 'conflict' } });
});

test('who lacks a right that a step asks for does none of it', async () => {
  const house = await openHouse();
  const role = await makeRole(house, 'no assigning', ['conversations:view-all', 'conversations:reply']);
  const { cookie } = await house.hire('Omar', role.id);
  const viewer = await house.agent((await house.hire('Vera', 'viewer')).cookie);
  const { conversationId } = await writeIn(house, 'שלום');
  const { id: macroId } = await make(house, { addTags: ['x'], assign: { to: 'me' } });
  const omar = await house.agent(cookie);
  expect(await run(omar.socket, { macroId, conversationId })).toMatchObject({ ok: false, error: { code: 'forbidden' } });
  expect(await run(viewer.socket, { macroId, conversationId })).toMatchObject({ ok: false });
  expect((await stateOf(house, conversationId)).tags).toEqual([]);
});

test('a macro hands over to a team, and who may not see it there is told no word of it', async () => {
  const house = await openHouse();
  const role = await makeRole(house, 'queue', ['conversations:view-queue', 'conversations:reply', 'conversations:assign']);
  const team = await makeTeam(house, 'מכירות');
  const { cookie } = await house.hire('Omar', role.id);
  const { conversationId } = await writeIn(house, 'כמה זה עולה?');
  const { id: macroId } = await make(house, { addTags: ['price'], assign: { to: 'team', id: team.id } });
  const omar = await house.agent(cookie);
  const gone = nextFact<{ conversationId: string }>(omar.socket, 'conversation:gone');
  const ran = await get<{ conversation: ConversationSummary }>(omar.socket, 'macro:run', { id: nanoid(), macroId, conversationId });
  expect(ran.conversation).toMatchObject({ teamId: team.id, lastMessage: null });
  expect(await gone).toEqual({ conversationId });
  expect(await run(omar.socket, { macroId, conversationId })).toMatchObject({ ok: false, error: { code: 'not-found' } });
});

test('a macro sleeps until the moment that its agent means, and not without one', async () => {
  const house = await openHouse();
  const { conversationId } = await writeIn(house, 'שלום');
  const dana = await house.agent();
  const { id: macroId } = await make(house, { end: { status: 'snoozed', span: 'tomorrow' } });
  expect(await run(dana.socket, { macroId, conversationId })).toMatchObject({ ok: false, error: { code: 'invalid', field: 'until' } });
  expect(await run(dana.socket, { macroId, conversationId, until: Date.now() - 1 })).toMatchObject({
    ok: false,
    error: { field: 'until' },
  });
  expect((await run(dana.socket, { macroId, conversationId, until: Date.now() + 60_000 })).ok).toBe(true);
  expect((await stateOf(house, conversationId)).status).toBe('snoozed');
});

test('a macro for all says nothing that only some may read, and does at least something', async () => {
  const house = await openHouse();
  const own = await house.json<CannedResponse>('POST', '/api/canned-responses', {
    shortcut: 'own',
    title: 'Own',
    texts: { en: 'x' },
    reach: 'personal',
  });
  const refused = async (body: unknown) => {
    const response = await house.call('POST', '/api/macros', body);
    return ((await response.json()) as { field?: string }).field;
  };
  expect(await refused({ name: 'x', reach: 'shared', steps: { reply: { cannedId: own.id } } })).toBe('steps.reply');
  expect(await refused({ name: 'x', reach: 'shared', steps: { reply: { cannedId: nanoid() } } })).toBe('steps.reply');
  expect(await refused({ name: 'x', reach: 'shared', steps: {} })).toBe('steps');
  await make(house, { reply: { cannedId: own.id } }, { reach: 'personal' });
});
