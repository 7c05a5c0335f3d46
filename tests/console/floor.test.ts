// @vitest-environment node
import { describe, expect, it } from 'vitest';
import { nowStateOf } from '../../console/now/now-state.ts';
import { liveVisitorsOf } from '../../console/visitors/live-visitors.ts';
import { writeIn } from '../helpers/company.ts';
import { openDesk, openDeskScene } from './desk-scene.ts';

/** The machine may be slow; a second is what a person sees on a quiet one. */
const patient = { timeout: 10_000 };

const page = { url: 'https://shop.example/mugs', title: 'ספלים' };
const midnight = () => new Date().setHours(0, 0, 0, 0);

describe('an agent whose connection breaks', () => {
  it('sees who is on the site again after the server is back, and nobody who left meanwhile', async () => {
    const { house, desk } = await openDeskScene();
    await house.json('PATCH', `/api/inboxes/${house.inbox.id}`, { settings: { hasLiveVisitors: true } });
    const live = liveVisitorsOf(desk.connection);
    live.watch('');
    const before = await house.visitor({ isOnSite: true, page });
    const ids = () => live.visitors.value.map(({ id }) => id);
    await expect.poll(ids, { timeout: 10_000 }).toEqual([before.session.visitor.id]);
    await house.stop();
    await house.start();
    const after = await house.visitor({ isOnSite: true, page });
    await expect.poll(ids, { timeout: 15_000 }).toEqual([after.session.visitor.id]);
    expect(liveVisitorsOf(desk.connection)).toBe(live);
    live.unwatch();
    expect(ids()).toEqual([]);
  });

  it('sees the board as it is after the server is back', async () => {
    const { house, desk } = await openDeskScene();
    const state = nowStateOf(desk.connection);
    state.watch(midnight());
    await writeIn(house, 'שלום');
    const waiting = () => state.board.value?.waiting.count;
    await expect.poll(waiting, { timeout: 10_000 }).toBe(1);
    await house.stop();
    await house.start();
    await writeIn(house, 'שוב');
    await expect.poll(waiting, { timeout: 15_000 }).toBe(2);
  });
});

it('an agent who is set away by a supervisor is told who did it', async () => {
  const { house } = await openDeskScene();
  const noa = await house.hire('Noa');
  const desk = await openDesk(house, noa.cookie);
  await expect.poll(() => desk.me.value?.availability, patient).toBe('online');
  await house.call('PATCH', `/api/agents/${noa.id}/availability`, { availability: 'away' });
  await expect.poll(() => desk.me.value, patient).toMatchObject({ availability: 'away', availabilitySetBy: { name: 'Dana' } });
});
