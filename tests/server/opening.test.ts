import { describe, expect, test } from 'vitest';
import { OpeningWatch } from '../../server/conversations/opening-watch.ts';
import type { BusinessHours } from '../../shared/business-hours.ts';
import type { Availability } from '../../shared/inbox.ts';
import { databases } from '../helpers/databases.ts';
import { type House, hear, nextFact, openHouse } from '../helpers/house.ts';

const nineToSix = [{ from: 540, to: 1_080 }];
const week = [nineToSix, nineToSix, nineToSix, nineToSix, nineToSix, [], []];
const office = { name: 'שעות', timeZone: 'Asia/Jerusalem', week, exceptions: [], holidays: [], jewish: null, calendars: [] };

/** The server's clock shows this moment, and goes on. */
function turnClock(house: House, moment: string): void {
  house.clockOffsetMs = Date.parse(moment) - Date.now();
}

const sundayAtNine = Date.parse('2026-11-29T09:00:00+02:00');

describe.each(databases)('on $name', ({ open }) => {
  test('a visitor who waits at the door is told the moment it opens, and the moment it closes', async () => {
    const house = await open();
    turnClock(house, '2026-11-29T08:50:00+02:00');
    await house.json('POST', '/api/business-hours', { ...office, inboxIds: [house.inbox.id] });
    await house.agent();
    turnClock(house, '2026-11-29T08:59:58+02:00');
    const visitor = await house.visitor();
    // An agent who is early is not promised to anybody.
    expect(visitor.session.availability).toEqual({ open: false, staffed: false, opensAt: sundayAtNine, expectedWaitMs: null, agents: [] });
    const opened = await nextFact<Availability>(visitor.socket, 'availability:changed', (fact) => fact.open);
    expect(opened).toMatchObject({ open: true, staffed: true, opensAt: null, agents: [{ name: 'Dana' }] });
    expect(house.server.app.now()).toBeGreaterThanOrEqual(sundayAtNine);
    turnClock(house, '2026-11-29T17:59:58+02:00');
    const late = await house.visitor();
    expect(late.session.availability).toMatchObject({ open: true, staffed: true });
    const closed = await nextFact<Availability>(late.socket, 'availability:changed', (fact) => !fact.open);
    expect(closed).toMatchObject({ staffed: false, opensAt: Date.parse('2026-11-30T09:00:00+02:00') });
  });

  test('hours that are changed, moved or deleted are told to whoever has the widget open', async () => {
    const house = await open();
    turnClock(house, '2026-11-28T12:00:00+02:00');
    const visitor = await house.visitor();
    expect(visitor.session.availability).toMatchObject({ open: true, opensAt: null });
    const becomes = (isOpen: boolean) => nextFact<Availability>(visitor.socket, 'availability:changed', (fact) => fact.open === isOpen);
    const closing = becomes(false);
    const hours = await house.json<BusinessHours>('POST', '/api/business-hours', { ...office, inboxIds: [house.inbox.id] });
    expect((await closing).opensAt).toBe(sundayAtNine);
    const opening = becomes(true);
    const today = { id: 'a', name: 'Black Sabbath', from: '2026-11-28', to: '2026-11-28', spans: [{ from: 0, to: 1_440 }] };
    await house.json('PATCH', `/api/business-hours/${hours.id}`, { version: 1, exceptions: [today] });
    await opening;
    const again = becomes(false);
    await house.json('PATCH', `/api/business-hours/${hours.id}`, { version: 2, exceptions: [] });
    await again;
    const unbound = becomes(true);
    await house.call('DELETE', `/api/business-hours/${hours.id}`);
    await unbound;
  });
});

test('pages without a connection learn the hours, and keep them no longer than they hold', async () => {
  const house = await openHouse();
  turnClock(house, '2026-11-29T08:59:40+02:00');
  await house.json('POST', '/api/business-hours', { ...office, inboxIds: [house.inbox.id] });
  const response = await fetch(`${house.url}/api/widget/${house.inbox.key}/availability`);
  expect(await response.json()).toEqual({ open: false, staffed: false, opensAt: sundayAtNine });
  const [, seconds] = /max-age=(\d+)/.exec(response.headers.get('cache-control') ?? '') ?? [];
  expect(Number(seconds)).toBeLessThan(20);
  turnClock(house, '2026-11-29T12:00:00+02:00');
  const midday = await fetch(`${house.url}/api/widget/${house.inbox.key}/availability`);
  expect([midday.headers.get('cache-control'), await midday.json()]).toEqual([
    'public, max-age=30',
    { open: true, staffed: false, opensAt: null },
  ]);
});

test('whoever asks just after the turn does not keep it from those who were told that it is closed', async () => {
  const house = await openHouse();
  turnClock(house, '2026-11-29T07:00:00+02:00');
  await house.json('POST', '/api/business-hours', { ...office, inboxIds: [house.inbox.id] });
  let turns = 0;
  const watch = new OpeningWatch(house.server.app, () => {
    turns += 1;
  });
  expect(await watch.look(house.inbox.id)).toMatchObject({ isOpen: false, opensAt: sundayAtNine });
  // Before any timer has rung.
  turnClock(house, '2026-11-29T10:00:00+02:00');
  expect(await watch.look(house.inbox.id)).toMatchObject({ isOpen: true });
  expect(turns).toBe(1);
  await watch.look(house.inbox.id);
  expect(turns).toBe(1);
  watch.stop();
});

test('a team’s hours are no business of the inbox that its visitors come through', async () => {
  const house = await openHouse();
  turnClock(house, '2026-11-28T12:00:00+02:00');
  const team = await house.json<{ id: string }>('POST', '/api/teams', { name: 'שירות' });
  const visitor = await house.visitor();
  const told = hear<Availability>(visitor.socket, 'availability:changed');
  await house.json('POST', '/api/business-hours', { ...office, teamIds: [team.id] });
  const closed = nextFact<Availability>(visitor.socket, 'availability:changed', (fact) => !fact.open);
  await house.json('POST', '/api/business-hours', { ...office, inboxIds: [house.inbox.id] });
  await closed;
  expect(told.filter((fact) => fact.open)).toEqual([]);
});
