import { cleanup, render, screen, within } from '@testing-library/preact';
import { userEvent } from '@testing-library/user-event';
import { nanoid } from 'nanoid';
import { afterEach, beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import type { Desk } from '../../console/conversations/desk.ts';
import { startCall } from '../../console/tasks/call-outcome.ts';
import { CallStrip } from '../../console/tasks/call-strip.tsx';
import { setLanguage } from '../../console/texts/texts.ts';
import { toasts } from '../../console/ui/toast.tsx';
import type { Callback } from '../../shared/task.ts';
import { get, type House } from '../helpers/house.ts';
import { openDesk, openDeskScene, say } from './desk-scene.ts';

const seen = { timeout: 20_000, interval: 10 };

beforeEach(() => setLanguage('en'));
afterEach(() => {
  cleanup();
  toasts.value = [];
});

/** Noa's call is due now, and she sits at her desk; whoever is `there` too hears the ring. */
async function aCallIsDue(there: (house: House) => Promise<unknown> = async () => {}) {
  const scene = await openDeskScene();
  await vi.waitUntil(() => scene.desk.connection.state.value === 'live', seen);
  await there(scene.house);
  const { socket } = await scene.house.visitor();
  await say(socket, 'שלום');
  await get(socket, 'visitor:identify', { name: 'נועה ברק' });
  const id = nanoid();
  await get(socket, 'callback:request', { id, phone: '050-1234567', note: 'על הפיקוס' });
  await vi.waitUntil(() => scene.desk.calls.ringing.value.length === 1, seen);
  return { ...scene, id };
}

const show = (desk: Desk) => render(<CallStrip calls={desk.calls} board={desk.tasks} http={desk.http} />);
const attempts = async (house: { json: <T>(method: string, route: string) => Promise<T> }) =>
  (await house.json<{ items: Callback[] }>('GET', '/api/tasks?status=done')).items[0]?.attempts;

it('an agent is rung up, calls, and says with one key what came of it', async () => {
  const { house, desk } = await aCallIsDue();
  show(desk);
  const strip = await screen.findByRole('region', { name: 'Calls' }, seen);
  expect(within(strip).getByText(/now$/).textContent).toContain('נועה ברק');
  expect(within(strip).getByRole('link', { name: '+972501234567' }).getAttribute('href')).toBe('tel:+972501234567');
  await userEvent.click(within(strip).getByRole('button', { name: 'Call' }));
  await userEvent.type(await within(strip).findByRole('textbox', { name: 'What was said?' }, seen), 'wants 2 pots');
  expect(desk.calls.current.value).not.toBeNull();
  within(strip)
    .getByRole('button', { name: /^No answer/ })
    .focus();
  await userEvent.keyboard('1');
  await vi.waitUntil(() => desk.calls.current.value === null && desk.calls.ringing.value.length === 0, seen);
  expect(await attempts(house)).toMatchObject([{ outcome: 'reached', note: 'wants 2 pots' }]);

  // A slip of the finger.
  await vi.waitUntil(() => toasts.value.length > 0, seen);
  toasts.value.at(-1)?.action?.run();
  await vi.waitUntil(async () => (await house.json<{ open: number }>('GET', '/api/tasks')).open === 1, seen);
});

/** The numbers that were handed to the telephone. */
function hearDialled(): string[] {
  const dialled: string[] = [];
  const listen = (event: Event) => {
    const link = (event.target as HTMLElement).closest('a[href^="tel:"]');
    if (!link) return;
    if (!event.defaultPrevented) dialled.push(link.getAttribute('href') as string);
    event.preventDefault();
  };
  window.addEventListener('click', listen);
  onTestFinished(() => window.removeEventListener('click', listen));
  return dialled;
}

it('"Call" and the number itself both claim the call before the telephone dials, and whoever is slower does not dial', async () => {
  const { house, desk, id } = await aCallIsDue();
  const dialled = hearDialled();
  show(desk);
  await userEvent.click(await screen.findByRole('link', { name: '+972501234567' }, seen));
  await vi.waitUntil(() => desk.calls.current.value !== null && dialled.length === 1, seen);
  expect(dialled).toEqual(['tel:+972501234567']);
  // The line was busy: the number of the call in hand dials once more.
  await screen.findByRole('textbox', { name: 'What was said?' }, seen);
  await userEvent.click(screen.getByRole('link', { name: '+972501234567' }));
  expect(dialled).toHaveLength(2);

  await userEvent.click(screen.getByRole('button', { name: /didn’t call|not call/i }));
  await desk.calls.load();
  await userEvent.click(await screen.findByRole('button', { name: 'Call' }, seen));
  await vi.waitUntil(() => desk.calls.current.value !== null && dialled.length === 3, seen);

  const task = desk.calls.current.value as Callback;
  await desk.calls.finish('released');
  const { cookie } = await house.hire('Omer');
  await house.json('POST', `/api/tasks/${id}/attempts`, { id: nanoid() }, { cookie });
  await startCall({ calls: desk.calls, board: desk.tasks }, task);
  expect(dialled).toHaveLength(3);
});

it('what a colleague takes rings no more, and whoever was slower is told so', async () => {
  const { house, desk, id } = await aCallIsDue();
  const { cookie } = await house.hire('Omer');
  show(desk);
  const task = desk.calls.ringing.value[0] as Callback;
  await house.json('POST', `/api/tasks/${id}/attempts`, { id: nanoid() }, { cookie });
  await vi.waitUntil(() => desk.calls.ringing.value.length === 0, seen);
  expect(await desk.calls.begin(task)).toMatchObject({ ok: false, error: { code: 'conflict', field: 'calling' } });
  expect(screen.queryByRole('region')).toBeNull();
});

it('a dead server loses nothing of what was typed, and the outcome is said once it is back', async () => {
  const { house, desk } = await aCallIsDue();
  show(desk);
  await userEvent.click(await screen.findByRole('button', { name: 'Call' }, seen));
  const note = (await screen.findByRole('textbox', { name: 'What was said?' }, seen)) as HTMLInputElement;
  await userEvent.type(note, 'calls again on Sunday');
  await house.stop();
  await userEvent.click(screen.getByRole('button', { name: /^Reached/ }));
  await screen.findByRole('alert', {}, seen);
  expect(note.value).toBe('calls again on Sunday');
  await house.start();
  await userEvent.click(screen.getByRole('button', { name: /^Reached/ }));
  await vi.waitUntil(() => desk.calls.current.value === null, seen);
  expect(await attempts(house)).toMatchObject([{ outcome: 'reached', note: 'calls again on Sunday' }]);
});

it('who hides a ring has it hidden after a reload too, until it rings anew; who may only look hears none', async () => {
  const { house, desk, storage, id } = await aCallIsDue();
  show(desk);
  await userEvent.click(await screen.findByRole('button', { name: 'Hide here' }, seen));
  expect(desk.calls.ringing.value).toEqual([]);
  cleanup();
  const again = await openDesk(house, house.cookie, { storage });
  await vi.waitUntil(() => again.connection.state.value === 'live', seen);
  await again.calls.load();
  expect(again.calls.ringing.value).toEqual([]);
  await house.json('PATCH', `/api/tasks/${id}`, { ringAt: Date.now() + 1_500 });
  await vi.waitUntil(() => again.calls.ringing.value.length === 1, seen);

  const viewer = await house.hire('Viewer', 'viewer');
  const looking = await openDesk(house, viewer.cookie);
  await vi.waitUntil(() => looking.connection.state.value === 'live', seen);
  await house.json('PATCH', `/api/tasks/${id}`, { ringAt: Date.now() + 1_500 });
  await vi.waitUntil(() => again.calls.ringing.value.some(({ rangAt }) => (rangAt ?? 0) > Date.now() - 5_000), seen);
  expect(looking.calls.ringing.value).toEqual([]);
});

it('a call that was taken for over keeps its strip and note, goes on when it is heard of, and is told over a colleague’s', async () => {
  const { house, desk, id } = await aCallIsDue();
  const { cookie } = await house.hire('Omer');
  show(desk);
  await userEvent.click(await screen.findByRole('button', { name: 'Call' }, seen));
  const note = (await screen.findByRole('textbox', { name: 'What was said?' }, seen)) as HTMLInputElement;
  await userEvent.type(note, 'wants two');
  const attemptId = desk.calls.current.value?.calling?.attemptId;
  // Her window was frozen for long: the bell gives the call back.
  house.clockOffsetMs = 11 * 60_000;
  await screen.findByText(/not yours any more/, {}, seen);
  expect(note.value).toBe('wants two');
  await desk.calls.load();
  await vi.waitUntil(() => !desk.calls.isCut.value, seen);
  expect(desk.calls.current.value?.calling?.attemptId).toBe(attemptId);
  expect(screen.queryByText(/not yours any more/)).toBeNull();

  house.clockOffsetMs = 22 * 60_000;
  await screen.findByText(/not yours any more/, {}, seen);
  const his = nanoid();
  await house.json('POST', `/api/tasks/${id}/attempts`, { id: his }, { cookie });
  await desk.calls.load();
  expect(desk.calls.isCut.value).toBe(true);
  expect(note.value).toBe('wants two');
  await userEvent.click(screen.getByRole('button', { name: /^Reached/ }));
  await vi.waitUntil(() => desk.calls.current.value === null, seen);
  const { items } = await house.json<{ items: Callback[] }>('GET', '/api/tasks');
  expect(items).toMatchObject([
    { calling: { attemptId: his }, attempts: [{ id: attemptId, outcome: 'reached', note: 'wants two' }, { id: his }] },
  ]);
});

it('who is in a call begins no other, and loses nothing of the first', async () => {
  const { house, desk, id } = await aCallIsDue();
  const { socket } = await house.visitor();
  await get(socket, 'callback:request', { id: nanoid(), phone: '052-5551234' });
  show(desk);
  await vi.waitUntil(() => desk.calls.ringing.value.length === 2, seen);
  const [first, second] = desk.calls.ringing.value as [Callback, Callback];
  expect([first.id, second.id]).toContain(id);
  expect(await desk.calls.begin(first)).toMatchObject({ ok: true });
  expect(await desk.calls.begin(second)).toMatchObject({ ok: false, error: { code: 'conflict', field: 'agent' } });
  expect(desk.calls.current.value?.id).toBe(first.id);
  // In another browser of the same agent the server says so.
  const elsewhere = await openDesk(house, house.cookie);
  expect(await elsewhere.calls.begin(second)).toMatchObject({ ok: false, error: { code: 'conflict', field: 'agent' } });
  await vi.waitUntil(() => elsewhere.calls.current.value?.id === first.id, seen);
});

it('nobody answers: the next try by the rule is shown, and may be another before it is kept', async () => {
  const { house, desk } = await aCallIsDue();
  show(desk);
  await userEvent.click(await screen.findByRole('button', { name: 'Call' }, seen));
  const noAnswer = await screen.findByRole('button', { name: /^No answer/ }, seen);
  noAnswer.focus();
  await userEvent.keyboard('2');
  const dialog = await screen.findByRole('dialog', { name: 'No answer' }, seen);
  const rule = await within(dialog).findByRole('radio', { name: /^As set in the inbox.*\d/ }, seen);
  await vi.waitFor(() => expect(document.activeElement).toBe(rule), seen);
  expect(desk.calls.current.value).not.toBeNull();
  await userEvent.click(within(dialog).getByRole('radio', { name: /^In an hour/ }));
  const before = Date.now();
  await userEvent.click(within(dialog).getByRole('button', { name: 'Save' }));
  await vi.waitUntil(() => desk.calls.current.value === null, seen);
  const [task] = (await house.json<{ items: Callback[] }>('GET', '/api/tasks')).items;
  expect(task?.attempts).toMatchObject([{ outcome: 'no-answer', nextAt: task?.dueAt }]);
  // By the rule it would have been half an hour.
  expect(task?.dueAt).toBeGreaterThan(before + 50 * 60_000);
});

it('a call that rings is moved from the strip, and rings at no colleague’s either', async () => {
  const there: Desk[] = [];
  const { house, desk, id } = await aCallIsDue(async (shop) => {
    const colleague = await openDesk(shop, (await shop.hire('Omer')).cookie);
    await vi.waitUntil(() => colleague.connection.state.value === 'live', seen);
    there.push(colleague);
  });
  await vi.waitUntil(() => there[0]?.calls.ringing.value.length === 1, seen);
  show(desk);
  await userEvent.click(await screen.findByRole('button', { name: 'Later' }, seen));
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Another time' }, seen));
  await userEvent.click(await screen.findByRole('radio', { name: /^Tomorrow morning/ }, seen));
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await vi.waitUntil(() => [desk, ...there].every(({ calls }) => calls.ringing.value.length === 0), seen);
  expect((await house.json<{ items: Callback[] }>('GET', '/api/tasks?due=upcoming')).items).toMatchObject([{ id, attempts: [] }]);
});
