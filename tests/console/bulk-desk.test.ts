// @vitest-environment node
import { nanoid } from 'nanoid';
import { describe, expect, it, vi } from 'vitest';
import { changeChosen } from '../../console/conversations/bulk-actions.ts';
import type { Desk } from '../../console/conversations/desk.ts';
import { readView } from '../../console/conversations/list-views.ts';
import { toasts } from '../../console/ui/toast.tsx';
import { makeRole, writeIn } from '../helpers/company.ts';
import { get, type House, openHouse } from '../helpers/house.ts';
import { openDesk } from './desk-scene.ts';

const seen = { timeout: 20_000 };

/** A conversation that was written, and as many that are like it. */
async function makeMany(house: House, count: number): Promise<string[]> {
  const { conversationId } = await writeIn(house, 'שלום');
  const { storage } = house.server.app;
  const row = await storage.db.selectFrom('conversation').selectAll().where('id', '=', conversationId).executeTakeFirstOrThrow();
  const rows = Array.from({ length: count - 1 }, (_, at) => ({
    ...row,
    id: nanoid(),
    lastSeq: 0,
    lastPublicSeq: 0,
    waitingSince: (row.waitingSince ?? 0) + at + 1,
  }));
  await storage.write((trx) => trx.insertInto('conversation').values(rows).execute());
  return [conversationId, ...rows.map(({ id }) => id)];
}

async function openView(desk: Desk, name: string) {
  const asked = readView(name);
  if (!asked) throw new Error(`${name} says nothing of itself`);
  await vi.waitUntil(() => desk.connection.isLive, seen);
  const shown = desk.list.shown(asked);
  await shown.follow();
  return { asked, shown };
}

describe('an agent with more conversations than a session tells', () => {
  it('reads them page by page, each once, and sees changes to those on the last page', async () => {
    const house = await openHouse();
    const ids = await makeMany(house, 260);
    const desk = await openDesk(house, house.cookie);
    const { shown } = await openView(desk, 'open');
    expect(shown.ids.value).toHaveLength(50);
    expect(shown.ids.value).toEqual(ids.slice(0, 50));
    while (!shown.isComplete.value) await shown.more();
    expect(shown.ids.value).toEqual(ids);
    await vi.waitUntil(() => desk.views.count('open')?.count === 260, seen);

    const noa = await house.agent((await house.hire('Noa')).cookie);
    await get(noa.socket, 'conversation:resolve', { conversationId: ids[259] });
    await vi.waitUntil(() => shown.ids.value.length === 259, seen);
  });

  it('chooses everything in the view, changes it all, and takes it all back', async () => {
    const house = await openHouse();
    const ids = await makeMany(house, 260);
    const desk = await openDesk(house, house.cookie);
    const { asked, shown } = await openView(desk, 'open');
    const { bulk } = desk;
    const steps: number[] = [];
    bulk.run.subscribe((run) => run && steps.push(run.done));

    expect(await bulk.chooseAll(asked)).toBe(true);
    expect([...bulk.chosen.value].sort()).toEqual([...ids].sort());
    const result = await bulk.change({ kind: 'resolve' }, bulk.chosen.value);
    expect(result).toMatchObject({ changed: 260, isCancelled: false });
    expect(bulk.chosen.value.size).toBe(0);
    expect(steps).toEqual(expect.arrayContaining([50, 100, 150, 200, 250, 260]));
    expect(shown.ids.value).toEqual([]);
    expect(await bulk.undo(result?.id ?? '', 260)).toMatchObject({ undone: 260 });
    while (!shown.isComplete.value) await shown.more();
    await vi.waitUntil(() => shown.ids.value.length === 260, seen);
  }, 60_000);

  it('stops where it is cancelled, and what is left stays chosen', async () => {
    const house = await openHouse();
    const ids = await makeMany(house, 120);
    const desk = await openDesk(house, house.cookie);
    await openView(desk, 'open');
    const { bulk } = desk;
    bulk.choose(ids);
    bulk.run.subscribe((run) => {
      if (run?.done === 50) bulk.cancel();
    });
    const result = await bulk.change({ kind: 'tag', add: ['חג'], remove: [] }, ids);
    expect(result).toMatchObject({ changed: 50, isCancelled: true });
    expect([...bulk.chosen.value]).toEqual(ids.slice(50));
  });

  it('chooses others while it runs, and finds them chosen at its end', async () => {
    const house = await openHouse();
    const ids = await makeMany(house, 120);
    const desk = await openDesk(house, house.cookie);
    await openView(desk, 'open');
    const { bulk } = desk;
    const others = ids.slice(110);
    bulk.choose(ids.slice(0, 60));
    bulk.run.subscribe((run) => {
      if (run?.done === 50) bulk.choose([...bulk.chosen.peek(), ...others]);
    });
    expect(await bulk.change({ kind: 'tag', add: ['חג'], remove: [] }, bulk.chosen.value)).toMatchObject({ changed: 60 });
    expect([...bulk.chosen.value]).toEqual(others);
  });

  it('signs out in the middle: nothing more is done in their name, and nothing is told to whoever comes next', async () => {
    const house = await openHouse();
    const ids = await makeMany(house, 120);
    const desk = await openDesk(house, house.cookie);
    await openView(desk, 'open');
    desk.bulk.choose(ids);
    desk.bulk.run.subscribe((run) => {
      if (run?.done === 50) desk.close();
    });
    await changeChosen(desk, { kind: 'resolve' });
    expect(toasts.value).toEqual([]);
    expect(desk.bulk.run.value).toBeNull();
    const { items } = await house.json<{ items: unknown[] }>('GET', '/api/conversations?status=resolved&limit=200');
    expect(items).toHaveLength(50);
  });
});

describe('an agent who changes several', () => {
  it('goes on after the server was away, and nothing is done twice', async () => {
    const house = await openHouse();
    const ids = await makeMany(house, 60);
    const desk = await openDesk(house, house.cookie);
    await openView(desk, 'open');
    const changing = desk.bulk.change({ kind: 'resolve' }, ids);
    await house.stop();
    await house.start();
    expect((await changing)?.refused.size).toBe(0);
    const { items } = await house.json<{ items: unknown[] }>('GET', '/api/conversations?status=resolved&limit=200');
    expect(items).toHaveLength(60);
    const { items: lines } = await house.json<{ items: { notice?: { kind: string } }[] }>('GET', `/api/conversations/${ids[0]}/messages`);
    expect(lines.filter(({ notice }) => notice?.kind === 'ended')).toHaveLength(1);
  }, 60_000);

  it('is told which could not be changed, and why; they stay chosen', async () => {
    const house = await openHouse();
    const dana = await house.agent();
    const own = await makeRole(house, 'own', ['conversations:view-own', 'conversations:reply']);
    const noa = await house.hire('Noa', own.id);
    const ids: string[] = [];
    for (const text of ['a', 'b', 'c']) {
      const { conversationId } = await writeIn(house, text);
      await get(dana.socket, 'conversation:assign', { conversationId, agentId: noa.id });
      ids.push(conversationId);
    }
    const desk = await openDesk(house, noa.cookie);
    await vi.waitUntil(() => desk.list.view('mine').value.length === 3, seen);
    desk.bulk.choose(ids);
    await get(dana.socket, 'conversation:assign', { conversationId: ids[1], agentId: null });
    const result = await desk.bulk.change({ kind: 'resolve' }, desk.bulk.chosen.value);
    expect(result?.changed).toBe(2);
    expect([...(result?.refused ?? [])]).toEqual([[ids[1], 'not-found']]);
    expect([...desk.bulk.chosen.value]).toEqual([ids[1]]);
    expect(desk.bulk.refused.value.get(ids[1] as string)).toBe('not-found');
  });
});
