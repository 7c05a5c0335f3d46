import { cleanup, render, screen, within } from '@testing-library/preact';
import { userEvent } from '@testing-library/user-event';
import { h } from 'preact';
import { LocationProvider } from 'preact-iso';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { NowPage } from '../../console/now/now-page.tsx';
import { nowStateOf } from '../../console/now/now-state.ts';
import { setLanguage } from '../../console/texts/texts.ts';
import { toasts } from '../../console/ui/toast.tsx';
import { GreetDialog } from '../../console/visitors/greet-dialog.tsx';
import { liveVisitorsOf } from '../../console/visitors/live-visitors.ts';
import { writeIn } from '../helpers/company.ts';
import { get } from '../helpers/house.ts';
import { openDesk, openDeskScene, textsOn, wearOut } from './desk-scene.ts';

/** The machine may be slow; a second is what a person sees on a quiet one. */
const patient = { timeout: 10_000 };

const page = { url: 'https://shop.example/mugs', title: 'ספלים' };
const midnight = () => new Date().setHours(0, 0, 0, 0);

beforeEach(() => setLanguage('en'));
afterEach(() => {
  cleanup();
  toasts.value = [];
});

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

describe('an agent who comes back while the server is busy', () => {
  it('sees the board move again without touching anything', async () => {
    const { desk, house } = await openDeskScene();
    await expect.poll(() => desk.connection.isLive, patient).toBe(true);
    const state = nowStateOf(desk.connection);
    await wearOut(desk);
    state.watch(midnight());
    await expect.poll(() => state.error.value?.code, patient).toBe('too-many');
    await writeIn(house, 'שלום');
    await expect.poll(() => state.board.value?.waiting.count, patient).toBe(1);
    expect(state.error.value).toBeNull();
  });

  it('sees who is on the site without touching anything, and only those looked for', async () => {
    const { desk, house } = await openDeskScene();
    await house.json('PATCH', `/api/inboxes/${house.inbox.id}`, { settings: { hasLiveVisitors: true } });
    await house.visitor({ isOnSite: true, page });
    const cart = await house.visitor({ isOnSite: true, page: { ...page, title: 'העגלה' } });
    await expect.poll(() => desk.connection.isLive, patient).toBe(true);
    const live = liveVisitorsOf(desk.connection);
    await wearOut(desk);
    live.watch('העגלה');
    await expect.poll(() => live.phase.value, patient).toBe('failed');
    await expect.poll(() => live.visitors.value.map(({ id }) => id), patient).toEqual([cart.session.visitor.id]);
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

it('a supervisor finishes a whisper although the customer has been answered meanwhile', async () => {
  const { house, desk } = await openDeskScene();
  const noa = await house.hire('Noa');
  const { conversationId } = await writeIn(house, 'שלום');
  await expect.poll(() => desk.connection.isLive, patient).toBe(true);
  await desk.assign(conversationId, { agentId: noa.id });
  history.replaceState(null, '', '/console/now');
  const rights = { mayReply: true, mayAssign: true };
  render(h(LocationProvider, { scope: '/console', children: h(NowPage, { desk, rights }) }));
  await userEvent.click(await screen.findByRole('button', { name: /^Whisper/ }, patient));
  const dialog = screen.getByRole('dialog', { name: /^Whisper to .?Noa/ });
  await userEvent.type(within(dialog).getByRole('textbox'), 'Offer a discount');
  await get((await house.agent(noa.cookie)).socket, 'message:post', { id: 'the-answer-of-noa-001', conversationId, text: 'שלום גם לך' });
  await expect.poll(() => nowStateOf(desk.connection).board.value?.rows, patient).toEqual([]);
  await userEvent.type(within(dialog).getByRole('textbox'), ' of 5%');
  await userEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Whisper' }));
  desk.openConversation(conversationId);
  await expect.poll(() => textsOn(desk, conversationId), patient).toContain('Offer a discount of 5%');
});

it('an agent reads nothing of the greeting that another began at the same browser, who finds it again', async () => {
  const { house, desk } = await openDeskScene();
  await house.json('PATCH', `/api/inboxes/${house.inbox.id}`, { settings: { hasLiveVisitors: true } });
  const live = liveVisitorsOf(desk.connection);
  live.watch('');
  await house.visitor({ isOnSite: true, page });
  await expect.poll(() => live.visitors.value.length, patient).toBe(1);
  const [visitor] = live.visitors.value;
  if (!visitor) throw new Error('nobody is there');
  const greet = (agentId: string) => {
    cleanup();
    const done = () => undefined;
    render(h(GreetDialog, { agentId, live, visitor, hasLeft: false, onClose: done, onGreeted: done }));
    return screen.getByRole<HTMLTextAreaElement>('textbox');
  };
  await userEvent.type(greet(desk.agentId), 'Between us: 20% off');
  expect(greet('noa').value).toBe('');
  expect(greet(desk.agentId).value).toBe('Between us: 20% off');
});
