import { nanoid } from 'nanoid';
import { describe, expect, test } from 'vitest';
import { MessageIndex } from '../../server/search/message-entries.ts';
import { openStorage } from '../../server/storage/database.ts';
import type { BulkChange, BulkReply, BulkUndoReply } from '../../shared/bulk.ts';
import type { Contact } from '../../shared/contact.ts';
import type { VisitorConversation } from '../../shared/conversation.ts';
import type { Reply } from '../../shared/errors.ts';
import type { Macro, MacroRunReply } from '../../shared/macro.ts';
import type { Message } from '../../shared/message.ts';
import type { TaskPage } from '../../shared/task.ts';
import type { Ticket, TicketFile } from '../../shared/ticket.ts';
import { writeIn } from '../helpers/company.ts';
import { databases } from '../helpers/databases.ts';
import { ask, get, type House, hear, nextFact } from '../helpers/house.ts';
import { openSigningSite } from '../helpers/signing-site.ts';
import { merge, newcomer } from './merging-scene.ts';

const LATE = 'written after the erasure';

/** Ruth with two tabs, or two devices, of which the first asks to be forgotten. */
async function ruthInTwoTabs(house: House, isVerified: boolean) {
  const site = await openSigningSite(house, 'HS256');
  const auth = async (token?: string) => ({
    ...(isVerified ? { identity: await site.sign({ sub: 'ruth' }) } : {}),
    ...(token !== undefined && { token }),
  });
  const first = await house.visitor(await auth());
  const { conversation } = await get<{ conversation: VisitorConversation }>(first.socket, 'message:post', { id: nanoid(), text: 'hello' });
  await get(first.socket, 'visitor:identify', { name: 'Ruth' });
  await get(first.socket, 'conversation:end', { conversationId: conversation.id });
  const other = await house.visitor(await auth(isVerified ? undefined : first.session.token));
  await get(other.socket, 'conversation:list', {});
  return { site, first, other, conversationId: conversation.id };
}

async function everythingKept(house: House): Promise<string> {
  const { db } = house.server.app.storage;
  const tables = ['contact', 'identity', 'message', 'task', 'rating', 'trackedEvent', 'mail'] as const;
  return JSON.stringify(await Promise.all(tables.map((table) => db.selectFrom(table).selectAll().execute())));
}

describe.each(databases)('on $name', ({ open }) => {
  test.each([true, false])('what another tab writes behind an erasure is kept nowhere (vouched for: %s)', async (isVerified) => {
    const house = await open();
    const { first, other, conversationId } = await ruthInTwoTabs(house, isVerified);
    const [file] = (await house.json<{ items: Contact[] }>('GET', '/api/contacts')).items;
    const cutOff = new Promise((resolve) => other.socket.once('disconnect', resolve));
    await get(first.socket, 'data:erase', { confirm: 'erase' });
    const replies = await Promise.all<Reply<unknown>>([
      ask(other.socket, 'message:post', { id: nanoid(), text: LATE }),
      ask(other.socket, 'message:post', { id: nanoid(), text: LATE, conversationId }),
      ask(other.socket, 'visitor:identify', { name: LATE, email: 'late@example.com' }),
      ask(other.socket, 'callback:request', { id: nanoid(), phone: '050-7654321', note: LATE }),
      ask(other.socket, 'event:track', { id: nanoid(), name: LATE }),
      ask(other.socket, 'conversation:rate', { conversationId, score: 1, comment: LATE }),
      ask(other.socket, 'page:view', { url: 'https://shop.example/late', title: LATE }),
    ]);
    const codes = replies.map((reply) => (reply.ok ? 'ok' : reply.error.code));
    expect(codes).toEqual([...Array(5).fill('unauthenticated'), 'not-found', 'ok']);
    await cutOff;
    const contactId = file?.id ?? '';
    expect((await house.call('PATCH', `/api/contacts/${contactId}`, { name: 'Ruth' })).status).toBe(409);
    // Gathered visits are written by and by: this one is behind them.
    const next = await house.visitor();
    await get(next.socket, 'message:post', { id: nanoid(), text: 'somebody else' });
    await get(next.socket, 'page:view', { url: 'https://shop.example/next', title: 'next' });
    await expect.poll(() => everythingKept(house)).toContain('shop.example/next');
    const kept = await everythingKept(house);
    for (const trace of [LATE, 'late@example.com', '7654321', 'shop.example/late', 'Ruth']) expect(kept).not.toContain(trace);
  });

  test('a message of somebody erased is refused alone: who wrote at the same moment is heard', async () => {
    const house = await open();
    const { first, other } = await ruthInTwoTabs(house, false);
    const omar = await house.visitor();
    await get(first.socket, 'data:erase', { confirm: 'erase' });
    const [late, heard] = await Promise.all([
      ask(other.socket, 'message:post', { id: nanoid(), text: LATE }),
      ask<{ message: Message }>(omar.socket, 'message:post', { id: nanoid(), text: 'Omar' }),
    ]);
    expect(late).toMatchObject({ ok: false, error: { code: 'unauthenticated' } });
    expect(heard).toMatchObject({ ok: true, data: { message: { text: 'Omar' } } });
  });

  test.each([true, false])('what agents called a conversation is not kept for taking it back (vouched for: %s)', async (isVerified) => {
    const house = await open();
    const { first, conversationId } = await ruthInTwoTabs(house, isVerified);
    const { socket: dana } = await house.agent();
    const bulk = async (change: BulkChange) => {
      const asked = { id: nanoid(), conversationIds: [conversationId], change };
      await get<BulkReply>(dana, 'conversation:bulk', asked);
      return asked;
    };
    const tagging = await bulk({ kind: 'tag', add: [LATE], remove: [] });
    const untagging = await bulk({ kind: 'tag', add: [], remove: [LATE] });
    await bulk({ kind: 'tag', add: [LATE], remove: [] });
    const { id: macroId } = await house.json<Macro>('POST', '/api/macros', { name: 'x', steps: { removeTags: [LATE] }, reach: 'shared' });
    const run = { id: nanoid(), macroId, conversationId };
    expect((await get<MacroRunReply>(dana, 'macro:run', run)).before.tags).toEqual([LATE]);
    const gone = nextFact(dana, 'contact:erased');
    await get(first.socket, 'data:erase', { confirm: 'erase' });
    await gone;

    const { db } = house.server.app.storage;
    const kept = await Promise.all((['bulkUndo', 'macroRun'] as const).map((table) => db.selectFrom(table).selectAll().execute()));
    expect(kept.flat()).toHaveLength(4);
    expect(JSON.stringify(kept)).not.toContain(LATE);
    // Neither taken back nor done once more.
    expect((await get<BulkUndoReply>(dana, 'conversation:bulk-undo', { id: untagging.id })).outcomes).toEqual([]);
    await get<BulkReply>(dana, 'conversation:bulk', tagging);
    expect((await get<MacroRunReply>(dana, 'macro:run', run)).before.tags).toEqual([]);
    expect(await house.json('GET', `/api/conversations/${conversationId}`)).toMatchObject({ tags: [], unread: 0, waitingSince: null });
  });

  test('two tabs that ask to be forgotten at once are both told that it is done', async () => {
    const house = await open();
    const { first, other } = await ruthInTwoTabs(house, true);
    const both = await Promise.all([first, other].map(({ socket }) => ask(socket, 'data:erase', { confirm: 'erase' })));
    expect(both).toMatchObject([{ ok: true }, { ok: true }]);
    expect(await everythingKept(house)).not.toContain('Ruth');
  });

  test('who was erased and is still signed in at the site comes back as somebody new', async () => {
    const house = await open();
    const { site, first, conversationId } = await ruthInTwoTabs(house, true);
    const agent = await house.agent();
    const gone = nextFact(agent.socket, 'contact:erased');
    await get(first.socket, 'data:erase', { confirm: 'erase' });
    await gone;
    const again = await house.visitor({ identity: await site.sign({ sub: 'ruth', name: 'Ruth' }), conversationId });
    expect(again.session.conversation).toBeNull();
    const { message } = await get<{ message: Message }>(again.socket, 'message:post', { id: nanoid(), text: 'me again' });
    expect(message.conversationId).not.toBe(conversationId);
    expect((await house.json<TaskPage>('GET', '/api/tasks')).items).toEqual([]);
  });

  test('a stranger who erases itself leaves another customer’s ticket as it was, and only its chat is taken off it', async () => {
    const house = await open();
    const omar = await writeIn(house, 'my fridge is warm');
    const neighbour = await writeIn(house, 'SECRETWORDS of the neighbour');
    const contactOf = async (conversationId: string) => {
      const { contact } = await house.json<{ contact: { id: string } }>('GET', `/api/conversations/${conversationId}`);
      return contact.id;
    };
    const make = (body: object) => house.json<Ticket>('POST', '/api/tickets', { id: nanoid(), ...body });
    const contactId = await contactOf(omar.conversationId);
    const byPhone = await make({ contactId, subject: 'Fridge', description: 'Called at noon' });
    await house.json('POST', `/api/tickets/${byPhone.id}/log`, { id: nanoid(), text: 'A part is ordered', minutes: 5 });
    const own = await make({ conversationId: neighbour.conversationId });
    const nobodys = await make({ conversationId: neighbour.conversationId, contactId: null, subject: 'Nobody’s' });
    await house.call('POST', `/api/tickets/${byPhone.id}/conversations`, { conversationId: neighbour.conversationId });
    const linked = await house.json<TicketFile>('GET', `/api/tickets/${byPhone.id}`);
    expect(linked.conversations.map(({ id }) => id)).toEqual([neighbour.conversationId]);
    const told = hear<{ id: string }>((await house.agent()).socket, 'ticket:changed');
    await get(neighbour.socket, 'data:erase', { confirm: 'erase' });
    await expect.poll(() => JSON.stringify(told)).toContain(byPhone.id);
    expect(await house.json('GET', `/api/tickets/${byPhone.id}`)).toMatchObject({
      ...{ subject: 'Fridge', description: 'Called at noon', status: 'new', contact: { id: contactId }, minutes: 5 },
      ...{ conversations: [], version: linked.version },
    });
    const { items } = await house.json<{ items: { text: string }[] }>('GET', `/api/tickets/${byPhone.id}/log`);
    expect(items).toMatchObject([{ text: 'A part is ordered' }]);
    for (const { id } of [own, nobodys]) {
      expect(await house.json('GET', `/api/tickets/${id}`)).toMatchObject({ subject: '', description: '', status: 'closed' });
    }
  });

  test('a browser in a customer’s file that erases itself takes along the ticket of its own chat, and none that was opened elsewhere', async () => {
    const house = await open();
    const [ruth, guest] = [await newcomer(house, { name: 'Ruth' }), await newcomer(house, { name: 'R.' }, 'SECRETWORDS')];
    const own = await house.json<Ticket>('POST', '/api/tickets', { id: nanoid(), conversationId: guest.conversationId });
    await merge(house, ruth.contactId, guest.contactId);
    const byPhone = await house.json<Ticket>('POST', '/api/tickets', { id: nanoid(), contactId: ruth.contactId, subject: 'Fridge' });
    await house.call('POST', `/api/tickets/${byPhone.id}/conversations`, { conversationId: guest.conversationId });
    await get(guest.socket, 'data:erase', { confirm: 'erase' });
    expect(await house.json('GET', `/api/tickets/${own.id}`)).toMatchObject({ subject: '', status: 'closed' });
    expect(await house.json('GET', `/api/tickets/${byPhone.id}`)).toMatchObject({ subject: 'Fridge', status: 'new', conversations: [] });
  });

  test('words erased while another server was about to index them do not come back', async () => {
    const house = await open();
    const { socket } = await house.visitor();
    await get(socket, 'message:post', { id: nanoid(), text: 'zebra' });
    const { app } = house.server;
    await house.stop();
    const storage = await openStorage({ ...app.config, now: app.now, log: app.log, onFatal: () => undefined });
    try {
      const punctual = new MessageIndex({ ...app, storage });
      while (await punctual.step());
      await storage.write(async (trx) => {
        for (const table of ['indexedConversation', 'messageEntry', 'messageWord'] as const) await trx.deleteFrom(table).execute();
      });
      let isLate = true;
      const late = new MessageIndex({
        ...app,
        storage: {
          ...storage,
          write: async (job) => {
            if (isLate) {
              isLate = false;
              await storage.write((trx) => trx.updateTable('message').set({ text: '' }).execute());
              await punctual.step();
            }
            return storage.write(job);
          },
        },
      });
      for (const index of [late, punctual]) while (await index.step());
      expect(isLate).toBe(false);
      expect(await storage.db.selectFrom('messageWord').selectAll().where('word', '=', 'zebra').execute()).toEqual([]);
    } finally {
      await storage.close();
      await house.start();
    }
  });
});
