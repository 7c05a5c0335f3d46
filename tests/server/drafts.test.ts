import { nanoid } from 'nanoid';
import type { Socket } from 'socket.io-client';
import { describe, expect, test } from 'vitest';
import { forgetClearedDrafts } from '../../server/drafts/agent-drafts.ts';
import type { AgentDraft, DraftPage } from '../../shared/agent-draft.ts';
import { makeRole, makeTeam, writeIn } from '../helpers/company.ts';
import { databases } from '../helpers/databases.ts';
import { ask, get, hear, nextFact, openHouse } from '../helpers/house.ts';

const draftOf = (conversationId: string, text: string, version: number, change: Partial<AgentDraft> = {}): AgentDraft => ({
  conversationId,
  text,
  visibility: 'public',
  version,
  ...change,
});

async function put(socket: Socket, draft: AgentDraft): Promise<AgentDraft> {
  return (await get<{ draft: AgentDraft }>(socket, 'draft:set', draft)).draft;
}

async function listed(socket: Socket): Promise<AgentDraft[]> {
  return (await get<DraftPage>(socket, 'draft:list', {})).drafts;
}

describe.each(databases)('on $name, an agent with two browsers', ({ open }) => {
  test('begins an answer in one and finds it in the other, and a colleague never hears of it', async () => {
    const house = await open();
    const { conversationId } = await writeIn(house, 'יש משלוח לחיפה?');
    const [office, home] = [await house.agent(), await house.agent()];
    const colleague = await house.agent((await house.hire('Yossi')).cookie);
    const overheard = hear<AgentDraft>(colleague.socket, 'draft:changed');
    const echoed = hear<AgentDraft>(office.socket, 'draft:changed');
    const told = nextFact<AgentDraft>(home.socket, 'draft:changed');
    const draft = draftOf(conversationId, 'כן, מחר', 10, { visibility: 'internal', seenSeq: 1 });
    expect(await put(office.socket, draft)).toEqual(draft);
    expect(await told).toEqual(draft);
    expect(await listed(home.socket)).toEqual([draft]);
    expect(await listed(colleague.socket)).toEqual([]);
    await put(colleague.socket, draftOf(conversationId, 'of Yossi', 5));
    expect(await listed(home.socket)).toEqual([draft]);
    expect(overheard).toEqual([]);
    expect(echoed).toEqual([]);
  });

  test('keeps the later version, told once or three times, and hears which one that is', async () => {
    const house = await open();
    const { conversationId } = await writeIn(house, 'hello');
    const { socket } = await house.agent();
    const later = draftOf(conversationId, 'later', 20);
    for (const _ of [1, 2, 3]) expect(await put(socket, later)).toEqual(later);
    expect(await put(socket, draftOf(conversationId, 'earlier', 19))).toEqual(later);
    expect(await put(socket, draftOf(conversationId, 'at the same moment', 20))).toEqual(later);
    const sent = draftOf(conversationId, '', 21);
    await put(socket, sent);
    expect(await listed(socket)).toEqual([]);
    expect(await put(socket, later)).toEqual(sent);
  });

  test('is not told drafts of a conversation that went out of sight, and cannot write there', async () => {
    const house = await open();
    const own = await makeRole(house, 'own', ['conversations:view-own', 'conversations:view-queue', 'conversations:reply']);
    const { cookie } = await house.hire('Omar', own.id);
    const { conversationId } = await writeIn(house, 'hello');
    const { socket } = await house.agent(cookie);
    await put(socket, draftOf(conversationId, 'mine', 1));
    const service = await makeTeam(house, 'שירות');
    await get((await house.agent()).socket, 'conversation:assign', { conversationId, teamId: service.id });
    expect(await listed(socket)).toEqual([]);
    expect(await ask(socket, 'draft:set', draftOf(conversationId, 'still mine', 2))).toMatchObject({ error: { code: 'not-found' } });
  });

  test('reads a hundred at a time, the latest first, each once', async () => {
    const house = await open();
    const { socket } = await house.agent();
    const { conversationId } = await writeIn(house, 'the first');
    const { db } = house.server.app.storage;
    const [conversation, { id: agentId }] = await Promise.all([
      db.selectFrom('conversation').selectAll().where('id', '=', conversationId).executeTakeFirstOrThrow(),
      house.json<{ id: string }>('GET', '/api/session'),
    ]);
    const ids = Array.from({ length: 230 }, () => nanoid());
    await house.server.app.storage.write(async (trx) => {
      for (const [number, id] of ids.entries()) {
        await trx
          .insertInto('conversation')
          .values({ ...conversation, id })
          .execute();
        const row = { agentId, conversationId: id, text: `${number}`, visibility: 'public', seenSeq: null, version: 1 };
        // Several at one moment: the order within it is the id's.
        await trx
          .insertInto('agentDraft')
          .values({ ...row, updatedAt: 1_000 + Math.floor(number / 7) })
          .execute();
      }
    });
    const read: AgentDraft[] = [];
    for (let cursor: string | null | undefined; cursor !== null; ) {
      const page: DraftPage = await get(socket, 'draft:list', cursor ? { cursor } : {});
      read.push(...page.drafts);
      cursor = page.next;
    }
    expect(read).toHaveLength(230);
    expect(new Set(read.map((draft) => draft.conversationId)).size).toBe(230);
    expect(Number(read[0]?.text)).toBeGreaterThanOrEqual(224);
  });
});

test('whoever may not reply keeps no drafts', async () => {
  const house = await openHouse();
  const reader = await makeRole(house, 'reader', ['conversations:view-all']);
  const { conversationId } = await writeIn(house, 'hello');
  const { socket } = await house.agent((await house.hire('Rina', reader.id)).cookie);
  expect(await ask(socket, 'draft:set', draftOf(conversationId, 'x', 1))).toMatchObject({ error: { code: 'forbidden' } });
  expect(await listed(socket)).toEqual([]);
});

test('a customer who has everything erased takes the drafts along, also those that a browser still holds', async () => {
  const house = await openHouse();
  const visitor = await writeIn(house, 'my number is 050-1234567');
  const other = await writeIn(house, 'hello');
  const { socket } = await house.agent();
  const held = draftOf(visitor.conversationId, 'so your number is 050-1234567', 7);
  await put(socket, held);
  await put(socket, draftOf(other.conversationId, 'stays', 7));
  await get(visitor.socket, 'data:erase', { confirm: 'erase' });
  expect((await listed(socket)).map(({ text }) => text)).toEqual(['stays']);
  expect((await put(socket, held)).text).toBe('');
});

test('a browser that was away during an erasure brings nothing back: neither a draft nor a message', async () => {
  const house = await openHouse();
  const visitor = await writeIn(house, 'my number is 050-1234567');
  const { socket } = await house.agent();
  const home = await house.agent();
  const { conversationId } = visitor;
  await put(socket, draftOf(conversationId, 'so your number', 7));
  await get(visitor.socket, 'data:erase', { confirm: 'erase' });
  const told = nextFact<AgentDraft>(home.socket, 'draft:changed');
  const brought = draftOf(conversationId, 'so your number is 050-1234567', 90, { seenSeq: 1 });
  expect(await put(socket, brought)).toEqual(draftOf(conversationId, '', 91));
  expect(await told).toEqual(draftOf(conversationId, '', 91));
  expect(await put(socket, draftOf(conversationId, '', 95))).toEqual(draftOf(conversationId, '', 95));
  expect(await listed(socket)).toEqual([]);
  for (const visibility of ['public', 'internal'] as const) {
    const message = { id: nanoid(), conversationId, text: 'your number is 050-1234567', visibility };
    expect(await ask(socket, 'message:post', message)).toMatchObject({ ok: false, error: { code: 'conflict' } });
  }
  const { db } = house.server.app.storage;
  const kept = await Promise.all([db.selectFrom('agentDraft').selectAll().execute(), db.selectFrom('message').selectAll().execute()]);
  expect(JSON.stringify(kept)).not.toContain('1234567');
});

test('that a draft was sent is forgotten after a month, a draft never', async () => {
  const house = await openHouse();
  const [sent, begun] = [await writeIn(house, 'one'), await writeIn(house, 'two')];
  const { socket } = await house.agent();
  await put(socket, draftOf(sent.conversationId, '', 1));
  await put(socket, draftOf(begun.conversationId, 'half a sen', 1));
  const count = async () => (await house.server.app.storage.db.selectFrom('agentDraft').select('conversationId').execute()).length;
  house.clockOffsetMs = 29 * 24 * 60 * 60 * 1_000;
  await forgetClearedDrafts(house.server.app);
  expect(await count()).toBe(2);
  house.clockOffsetMs = 31 * 24 * 60 * 60 * 1_000;
  await forgetClearedDrafts(house.server.app);
  expect((await listed(socket)).map(({ text }) => text)).toEqual(['half a sen']);
  expect(await count()).toBe(1);
});
