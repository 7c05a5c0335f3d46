import { nanoid } from 'nanoid';
import { describe, expect, test } from 'vitest';
import type { AgentNotice, AgentNoticePage } from '../../shared/agent-notice.ts';
import type { BulkChange, BulkReply, BulkUndoReply } from '../../shared/bulk.ts';
import type { ConversationSummary } from '../../shared/conversation.ts';
import { makeRole, makeTeam, writeIn } from '../helpers/company.ts';
import { databases } from '../helpers/databases.ts';
import { ask, get, type House, hear, openHouse } from '../helpers/house.ts';

async function write(house: House, count: number): Promise<string[]> {
  const ids: string[] = [];
  for (let at = 0; at < count; at += 1) ids.push((await writeIn(house, `${at}`)).conversationId);
  return ids;
}

const summary = (house: House, id: string) => house.json<ConversationSummary>('GET', `/api/conversations/${id}`);

describe.each(databases)('on $name', ({ open }) => {
  test('an agent resolves many at once, is told of each, and takes it back', async () => {
    const house = await open();
    const dana = await house.agent();
    const ids = await write(house, 30);
    await get(dana.socket, 'conversation:resolve', { conversationId: ids[0] });
    await get(dana.socket, 'conversation:snooze', { conversationId: ids[1], until: Date.now() + 3_600_000 });
    const stranger = nanoid();
    const id = nanoid();

    const done = await get<BulkReply>(dana.socket, 'conversation:bulk', {
      id,
      conversationIds: [...ids, stranger],
      change: { kind: 'resolve' },
    });
    expect(done.outcomes.filter(({ outcome }) => outcome === 'done')).toHaveLength(29);
    expect(done.outcomes).toContainEqual({ id: ids[0], outcome: 'same' });
    expect(done.outcomes).toContainEqual({ id: stranger, outcome: 'refused', code: 'not-found' });
    expect(done.conversations.every(({ status }) => status === 'resolved')).toBe(true);

    // Somebody writes again before it is taken back: that one is left alone.
    await get(dana.socket, 'conversation:reopen', { conversationId: ids[2] });
    const undone = await get<BulkUndoReply>(dana.socket, 'conversation:bulk-undo', { id });
    expect(undone.more).toBe(false);
    expect(undone.outcomes.filter(({ outcome }) => outcome === 'done')).toHaveLength(28);
    expect(undone.outcomes).toContainEqual({ id: ids[2], outcome: 'refused', code: 'stale' });
    expect(await summary(house, ids[0] as string)).toMatchObject({ status: 'resolved' });
    expect(await summary(house, ids[1] as string)).toMatchObject({ status: 'snoozed' });
    expect(await summary(house, ids[3] as string)).toMatchObject({ status: 'open' });
    expect((await get<BulkUndoReply>(dana.socket, 'conversation:bulk-undo', { id })).outcomes).toEqual([]);
  });

  test('who is given many at once is told of each, once, and not of what they had or gave themselves', async () => {
    const house = await open();
    const dana = await house.agent();
    const noa = await house.hire('Noa');
    const ids = await write(house, 30);
    await get(dana.socket, 'conversation:assign', { conversationId: ids[0], agentId: noa.id });
    const told = async (cookie: string) => {
      const { items, unseen } = await house.json<AgentNoticePage>('GET', '/api/notices?limit=100', undefined, { cookie });
      expect(items).toHaveLength(unseen);
      return items.map(({ kind, actor, conversationId }) => [kind, actor?.name, conversationId].join());
    };
    const desk = await house.agent(noa.cookie);
    const heard = hear<AgentNotice>(desk.socket, 'notice:posted');
    const asked = { id: nanoid(), conversationIds: ids, change: { kind: 'assign', agentId: noa.id } };
    await get<BulkReply>(dana.socket, 'conversation:bulk', asked);
    const expected = ids.map((id) => `assignment,Dana,${id}`).toSorted();
    expect((await told(noa.cookie)).toSorted()).toEqual(expected);
    await expect.poll(() => heard.map(({ conversationId }) => conversationId).toSorted()).toEqual(ids.slice(1).toSorted());
    // The same again, after a lost reply.
    await get<BulkReply>(dana.socket, 'conversation:bulk', asked);
    await get<BulkReply>(dana.socket, 'conversation:bulk', {
      id: nanoid(),
      conversationIds: ids,
      change: { kind: 'assign', agentId: dana.session.agent.id },
    });
    expect((await told(noa.cookie)).toSorted()).toEqual(expected);
    expect(await told(house.cookie)).toEqual([]);
  });

  test('a bulk that is asked for again after a lost reply undoes nothing of what others did in between', async () => {
    const house = await open();
    const dana = await house.agent();
    const [a, b] = (await write(house, 2)) as [string, string];
    await get(dana.socket, 'conversation:resolve', { conversationId: b });
    const asked = { id: nanoid(), conversationIds: [a, b], change: { kind: 'resolve' } };
    const first = await get<BulkReply>(dana.socket, 'conversation:bulk', asked);
    const noa = await house.agent((await house.hire('Noa')).cookie);
    for (const conversationId of [a, b]) await get(noa.socket, 'conversation:reopen', { conversationId });

    const again = await get<BulkReply>(dana.socket, 'conversation:bulk', asked);
    expect(first.outcomes).toEqual([
      { id: a, outcome: 'done' },
      { id: b, outcome: 'same' },
    ]);
    expect(again.outcomes).toEqual(first.outcomes);
    expect(again.conversations).toMatchObject([{ status: 'open' }, { status: 'open' }]);
    const undone = await get<BulkUndoReply>(dana.socket, 'conversation:bulk-undo', { id: asked.id });
    expect(undone.outcomes).toEqual([{ id: a, outcome: 'refused', code: 'stale' }]);
  });

  test('nothing goes back to a team that is gone', async () => {
    const house = await open();
    const dana = await house.agent();
    const [sales, service] = [await makeTeam(house, 'מכירות'), await makeTeam(house, 'שירות')];
    const [a, b] = (await write(house, 2)) as [string, string];
    await get(dana.socket, 'conversation:assign', { conversationId: a, teamId: sales.id });
    await get(dana.socket, 'conversation:assign', { conversationId: b, teamId: service.id });
    const id = nanoid();
    await get<BulkReply>(dana.socket, 'conversation:bulk', { id, conversationIds: [a, b], change: { kind: 'assign', teamId: null } });
    expect((await house.call('DELETE', `/api/teams/${sales.id}`)).ok).toBe(true);
    const { outcomes } = await get<BulkUndoReply>(dana.socket, 'conversation:bulk-undo', { id });
    expect(outcomes).toContainEqual({ id: a, outcome: 'refused', code: 'stale' });
    expect(outcomes).toContainEqual({ id: b, outcome: 'done' });
    expect(await summary(house, a)).toMatchObject({ teamId: null });
    expect(await summary(house, b)).toMatchObject({ teamId: service.id });
  });

  test('tags, assignments, snoozes and reading are done to all, and undone to what each was', async () => {
    const house = await open();
    const dana = await house.agent();
    const noa = await house.hire('Noa');
    const team = await makeTeam(house, 'מכירות', [noa.id]);
    const [a, b] = (await write(house, 2)) as [string, string];
    await get(dana.socket, 'conversation:tag', { conversationId: a, tags: ['vip', 'old'] });
    await get(dana.socket, 'conversation:assign', { conversationId: b, agentId: dana.session.agent.id });
    const both = async (change: BulkChange) => {
      const id = nanoid();
      await get<BulkReply>(dana.socket, 'conversation:bulk', { id, conversationIds: [a, b], change });
      return id;
    };
    const now = async () => [await summary(house, a), await summary(house, b)];

    const tagging = await both({ kind: 'tag', add: ['חג'], remove: ['old'] });
    expect((await now()).map(({ tags }) => tags)).toEqual([['vip', 'חג'], ['חג']]);
    await get(dana.socket, 'conversation:bulk-undo', { id: tagging });
    expect((await now()).map(({ tags }) => tags)).toEqual([['vip', 'old'], []]);

    const giving = await both({ kind: 'assign', agentId: noa.id, teamId: team.id });
    expect(await now()).toMatchObject([
      { assigneeId: noa.id, teamId: team.id },
      { assigneeId: noa.id, teamId: team.id },
    ]);
    await get(dana.socket, 'conversation:bulk-undo', { id: giving });
    expect(await now()).toMatchObject([
      { assigneeId: null, teamId: null },
      { assigneeId: dana.session.agent.id, teamId: null },
    ]);

    const until = Date.now() + 3_600_000;
    const sleeping = await both({ kind: 'snooze', until });
    expect(await now()).toMatchObject([
      { status: 'snoozed', snoozedUntil: until },
      { status: 'snoozed', snoozedUntil: until },
    ]);
    await get(dana.socket, 'conversation:bulk-undo', { id: sleeping });
    expect(await now()).toMatchObject([
      { status: 'open', snoozedUntil: null },
      { status: 'open', snoozedUntil: null },
    ]);
    await both({ kind: 'read' });
    expect((await now()).map(({ unread }) => unread)).toEqual([0, 0]);
  });
});

test('nobody changes what is out of sight or beyond their rights, and nobody undoes what somebody else did', async () => {
  const house = await openHouse();
  const dana = await house.agent();
  const own = await makeRole(house, 'own', ['conversations:view-own', 'conversations:reply', 'conversations:assign']);
  const reader = await makeRole(house, 'reader', ['conversations:view-all']);
  const noa = await house.agent((await house.hire('Noa', own.id)).cookie);
  const omar = await house.agent((await house.hire('Omar', reader.id)).cookie);
  const [mine, theirs] = (await write(house, 2)) as [string, string];
  await get(dana.socket, 'conversation:assign', { conversationId: mine, agentId: noa.session.agent.id });
  const heard = hear<ConversationSummary>(noa.socket, 'conversation:changed');

  const id = nanoid();
  const done = await get<BulkReply>(noa.socket, 'conversation:bulk', { id, conversationIds: [mine, theirs], change: { kind: 'resolve' } });
  expect(done.outcomes).toEqual([
    { id: mine, outcome: 'done' },
    { id: theirs, outcome: 'refused', code: 'not-found' },
  ]);
  expect(done.conversations.map((one) => one.id)).toEqual([mine]);
  expect(heard.some((one) => one.id === theirs)).toBe(false);
  expect(await summary(house, theirs)).toMatchObject({ status: 'open' });

  expect(await ask(omar.socket, 'conversation:bulk', { id: nanoid(), conversationIds: [mine], change: { kind: 'reopen' } })).toMatchObject({
    error: { code: 'forbidden' },
  });
  expect(await ask(dana.socket, 'conversation:bulk-undo', { id })).toMatchObject({ error: { code: 'not-found' } });
  expect(await ask(dana.socket, 'conversation:bulk', { id, conversationIds: [mine], change: { kind: 'read' } })).toMatchObject({
    error: { code: 'conflict' },
  });

  // Given away out of the agent's own sight, it is given all the same when asked again, and can still be taken back.
  const giving = nanoid();
  await get(noa.socket, 'conversation:bulk-undo', { id });
  const asked = { id: giving, conversationIds: [mine], change: { kind: 'assign', agentId: dana.session.agent.id } };
  for (const _ of [1, 2]) {
    const given = await get<BulkReply>(noa.socket, 'conversation:bulk', asked);
    expect(given).toEqual({ outcomes: [{ id: mine, outcome: 'done' }], conversations: [] });
  }
  expect(await get<BulkUndoReply>(noa.socket, 'conversation:bulk-undo', { id: giving })).toMatchObject({
    outcomes: [{ id: mine, outcome: 'done' }],
    conversations: [{ id: mine }],
  });
});
