import '../helpers/console-words.ts';
import { cleanup, render, screen, within } from '@testing-library/preact';
import { userEvent } from '@testing-library/user-event';
import { nanoid } from 'nanoid';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { Desk } from '../../console/conversations/desk.ts';
import { CallStrip } from '../../console/tasks/call-strip.tsx';
import { TaskList } from '../../console/tasks/task-list.tsx';
import { TodoDialog } from '../../console/tasks/todo-dialog.tsx';
import type { TodoWish } from '../../console/tasks/todo-wish.ts';
import { setLanguage } from '../../console/texts/texts.ts';
import { toasts } from '../../console/ui/toast.tsx';
import type { Contact } from '../../shared/contact.ts';
import type { TaskPage, Todo } from '../../shared/task.ts';
import type { House } from '../helpers/house.ts';
import { openDeskScene } from './desk-scene.ts';

const seen = { timeout: 20_000, interval: 10 };
const DAY_MS = 24 * 60 * 60 * 1_000;

beforeEach(() => setLanguage('en'));
afterEach(() => {
  cleanup();
  toasts.value = [];
  localStorage.clear();
});

async function atDesk() {
  const scene = await openDeskScene();
  await vi.waitUntil(() => scene.desk.connection.state.value === 'live', seen);
  return scene;
}

function openForm(desk: Desk, wish: TodoWish) {
  const onClose = vi.fn();
  const { unmount } = render(
    <TodoDialog
      mayFind
      agentId={desk.agentId}
      wish={wish}
      people={desk.colleagues}
      board={desk.tasks}
      http={desk.http}
      onClose={onClose}
    />,
  );
  return { onClose, unmount };
}

const openList = (desk: Desk) =>
  render(<TaskList http={desk.http} board={desk.tasks} calls={desk.calls} people={desk.colleagues} teamIds={[]} mayEdit />);
const create = (house: House, wish: object) =>
  house.json<Todo>('POST', '/api/tasks', { id: nanoid(), kind: 'task', title: 'order soil', ...wish });
const read = (house: House, id: string) => house.json<Todo>('GET', `/api/tasks/${id}`);
const openOnes = async (house: House) => (await house.json<TaskPage>('GET', '/api/tasks')).items as Todo[];
const save = () => userEvent.click(screen.getByRole('button', { name: /^(Save|Add task)$/ }));
const field = (name: string) => screen.getByLabelText(name) as HTMLInputElement;

it('what has no words, or no time where it needs one, is said at its field and nothing is lost', async () => {
  const { house, desk } = await atDesk();
  const { onClose } = openForm(desk, {});
  await save();
  await screen.findByText('Say what is to be done.', {}, seen);
  await vi.waitFor(() => expect(document.activeElement).toBe(field('What is to be done?')), seen);
  await userEvent.type(field('What is to be done?'), 'order soil');
  await userEvent.selectOptions(screen.getByLabelText('Comes again'), 'Weekly');
  await save();
  await screen.findByText('What comes again needs a time.', {}, seen);
  await userEvent.click(screen.getByRole('radio', { name: 'Another time' }));
  await userEvent.clear(field('Date'));
  await save();
  await screen.findByText('Fill in a date and a time.', {}, seen);
  await userEvent.click(screen.getByRole('radio', { name: /^Tomorrow morning/ }));
  await save();
  await vi.waitFor(() => expect(onClose).toHaveBeenCalledOnce(), seen);
  const [todo] = await openOnes(house);
  const tomorrow = new Date(Date.now() + DAY_MS).setHours(9, 0, 0, 0);
  expect(todo).toMatchObject({ title: 'order soil', dueAt: tomorrow, ownerId: desk.agentId, recurrence: { unit: 'week', every: 1 } });
});

it('whom it is for is found by name or phone with the keyboard alone, and can be somebody else or nobody later', async () => {
  const { house, desk } = await atDesk();
  const ruth = await house.json<Contact>('POST', '/api/contacts', {
    ...{ id: nanoid(), name: 'Ruth Cohen', identities: [{ kind: 'phone', value: '050-765 4321', isVerified: false }] },
  });
  await house.json('POST', '/api/contacts', { id: nanoid(), name: 'Dan Levi' });
  const first = openForm(desk, {});
  await userEvent.type(field('What is to be done?'), 'order soil');
  await userEvent.tab();
  await userEvent.keyboard('{Enter}');
  await screen.findByRole('option', { name: /Dan Levi/ }, seen);
  await userEvent.keyboard('0507654321');
  const offered = () => within(screen.getByRole('listbox', { name: 'Customer' })).getAllByRole('option');
  await vi.waitFor(() => expect(offered()).toHaveLength(1), seen);
  await userEvent.keyboard('{Enter}');
  await screen.findByRole('button', { name: 'Choose the customer: Ruth Cohen' }, seen);
  // What was begun outlives a closed form, with whom it is for.
  first.unmount();
  const second = openForm(desk, {});
  await screen.findByRole('button', { name: 'Choose the customer: Ruth Cohen' }, seen);
  await save();
  await vi.waitFor(() => expect(second.onClose).toHaveBeenCalledOnce(), seen);
  const [todo] = await openOnes(house);
  expect(todo).toMatchObject({ title: 'order soil', contact: { id: ruth.id, name: 'Ruth Cohen' } });
  second.unmount();
  const third = openForm(desk, { todo: todo as Todo });
  await userEvent.click(screen.getByRole('button', { name: 'Choose the customer: Ruth Cohen' }));
  await userEvent.click(await screen.findByRole('option', { name: 'For nobody in particular' }, seen));
  await save();
  await vi.waitFor(() => expect(third.onClose).toHaveBeenCalledOnce(), seen);
  expect(await read(house, todo?.id ?? '')).toMatchObject({ contact: null });
});

it('the list begins with what is mine, if anything is, and as it was left after that', async () => {
  const { house, desk } = await atDesk();
  await create(house, { ownerId: desk.agentId });
  await create(house, { title: 'anybody’s' });
  const first = openList(desk);
  await vi.waitFor(() => expect((screen.getByRole('radio', { name: /^Mine/ }) as HTMLInputElement).checked).toBe(true), seen);
  await screen.findByText('order soil', {}, seen);
  await vi.waitFor(() => expect(screen.queryByText('anybody’s')).toBe(null), seen);
  await userEvent.click(screen.getByRole('radio', { name: /^All/ }));
  await screen.findByText('anybody’s', {}, seen);
  first.unmount();
  openList(desk);
  expect((screen.getByRole('radio', { name: /^All/ }) as HTMLInputElement).checked).toBe(true);
});

it('what was typed outlives a dead server and a reload, and is written down once', async () => {
  const { house, desk } = await atDesk();
  const first = openForm(desk, {});
  await userEvent.type(field('What is to be done?'), 'order soil');
  await userEvent.type(field('Note'), 'twenty bags');
  await house.stop();
  await save();
  await screen.findByRole('alert', {}, seen);
  expect(field('What is to be done?').value).toBe('order soil');
  first.unmount();
  await house.start();
  const { onClose } = openForm(desk, {});
  expect(field('Note').value).toBe('twenty bags');
  await vi.waitFor(async () => {
    await save();
    expect(onClose).toHaveBeenCalledOnce();
  }, seen);
  expect(await openOnes(house)).toMatchObject([{ title: 'order soil', note: 'twenty bags' }]);
  cleanup();
  openForm(desk, {});
  expect(field('Note').value).toBe('');
});

it('what two change at once is joined, and only where both changed the same thing it is asked', async () => {
  const { house, desk } = await atDesk();
  const todo = await create(house, { note: 'first', dueAt: Date.now() + DAY_MS });
  const { onClose, unmount } = openForm(desk, { todo });
  await house.json('PATCH', `/api/tasks/${todo.id}`, { title: 'order peat', priority: 'high' });
  await userEvent.type(field('Note'), ' and second');
  await save();
  await vi.waitFor(() => expect(onClose).toHaveBeenCalledOnce(), seen);
  const joined = await read(house, todo.id);
  expect(joined).toMatchObject({ title: 'order peat', priority: 'high', note: 'first and second', dueAt: todo.dueAt });
  unmount();

  const again = openForm(desk, { todo: joined });
  await house.json('PATCH', `/api/tasks/${todo.id}`, { note: 'theirs' });
  await userEvent.clear(field('Note'));
  await userEvent.type(field('Note'), 'mine');
  await save();
  await screen.findByText(/^Somebody has changed the same thing meanwhile/, {}, seen);
  expect(again.onClose).not.toHaveBeenCalled();
  expect((await read(house, todo.id)).note).toBe('theirs');
  await save();
  await vi.waitFor(() => expect(again.onClose).toHaveBeenCalledOnce(), seen);
  expect((await read(house, todo.id)).note).toBe('mine');
});

it('the list stands by day and follows what colleagues do; what comes again is done and undone', async () => {
  const { house, desk } = await atDesk();
  const recurrence = { unit: 'week', every: 2, weekdays: [7], timeZone: 'Asia/Jerusalem' };
  await create(house, { title: 'late', dueAt: Date.now() - DAY_MS });
  await create(house, { title: 'weekly', dueAt: Date.now() + 30 * DAY_MS, recurrence });
  await create(house, { title: 'some day' });
  openList(desk);
  await vi.waitFor(
    () =>
      expect(screen.getAllByRole('heading', { level: 2 }).map(({ textContent }) => textContent)).toEqual(['Overdue', 'Later', 'No date']),
    seen,
  );
  expect(screen.getByText(/^\W*Every 2 weeks\W* on \W*Sunday\W*$/)).toBeTruthy();
  await create(house, { title: 'today', dueAt: new Date().setHours(23, 59, 0, 0) });
  await screen.findByRole('heading', { name: 'Today' }, seen);
  await userEvent.click(screen.getByRole('button', { name: /^Mark as done: .*weekly/ }));
  await vi.waitFor(
    async () => expect((await openOnes(house)).filter(({ title }) => title === 'weekly')).toMatchObject([{ version: 0 }]),
    seen,
  );
  toasts.value.at(-1)?.action?.run();
  await vi.waitFor(
    async () => expect((await openOnes(house)).filter(({ title }) => title === 'weekly')).toMatchObject([{ nextId: null }]),
    seen,
  );
  await userEvent.click(screen.getByRole('radio', { name: /^Overdue/ }));
  await vi.waitFor(() => expect(screen.getAllByRole('listitem')).toHaveLength(1), seen);
});

it('many are given away at once, and taken back', async () => {
  const { house, desk } = await atDesk();
  const omer = await house.hire('Omer');
  for (const title of ['one', 'two', 'three']) await create(house, { title, ownerId: desk.agentId });
  await vi.waitUntil(() => desk.colleagues.agents.value.has(omer.id), seen).catch(() => undefined);
  openList(desk);
  await userEvent.click(await screen.findByRole('button', { name: 'Select' }, seen));
  await vi.waitFor(() => expect(screen.getAllByRole('checkbox')).toHaveLength(3), seen);
  await userEvent.click(screen.getByRole('checkbox', { name: /one/ }));
  await userEvent.click(screen.getByRole('checkbox', { name: /two/ }));
  expect(screen.getByText('2 selected')).toBeTruthy();
  await userEvent.click(screen.getByRole('button', { name: 'Assign to' }));
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Nobody yet' }, seen));
  const owners = async () => Object.fromEntries((await openOnes(house)).map(({ title, ownerId }) => [title, ownerId]));
  await vi.waitFor(async () => expect(await owners()).toEqual({ one: null, two: null, three: desk.agentId }), seen);
  await vi.waitFor(() => expect(toasts.value.at(-1)?.text).toBe('2 tasks changed.'), seen);
  toasts.value.at(-1)?.action?.run();
  await vi.waitFor(async () => expect(new Set(Object.values(await owners()))).toEqual(new Set([desk.agentId])), seen);
});

it('what is deleted comes back as it was, when that is wished', async () => {
  const { house, desk } = await atDesk();
  await create(house, { title: 'water', note: 'all of them', priority: 'high' });
  openList(desk);
  await userEvent.click(await screen.findByRole('button', { name: /^More: .*water/ }, seen));
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Delete' }, seen));
  await screen.findByText('Nothing to do', {}, seen);
  toasts.value.at(-1)?.action?.run();
  await vi.waitFor(
    async () => expect(await openOnes(house)).toMatchObject([{ title: 'water', note: 'all of them', priority: 'high' }]),
    seen,
  );
});

it('what is due rings above every page, and is put off, hidden or done there', async () => {
  const { house, desk } = await atDesk();
  const heard: string[] = [];
  desk.calls.onRing((task) => heard.push(task.id));
  const todo = await create(house, { title: 'order soil', ownerId: desk.agentId, dueAt: Date.now() + 60_000 });
  render(<CallStrip calls={desk.calls} board={desk.tasks} http={desk.http} />);
  house.clockOffsetMs = 61_000;
  const strip = within(await screen.findByRole('region', { name: 'Calls' }, seen));
  expect(strip.getByText('order soil')).toBeTruthy();
  expect(heard).toEqual([todo.id]);
  const [task] = desk.calls.ringing.value;
  desk.calls.dismiss(task as never);
  await vi.waitFor(() => expect(screen.queryByRole('region')).toBeNull(), seen);
  await desk.calls.load();
  expect(desk.calls.ringing.value).toEqual([]);
  await house.json('PATCH', `/api/tasks/${todo.id}`, { ringAt: Date.now() + house.clockOffsetMs + 60_000 });
  house.clockOffsetMs += 61_000;
  await userEvent.click(await screen.findByRole('button', { name: 'Done' }, seen));
  await vi.waitFor(() => expect(screen.queryByRole('region')).toBeNull(), seen);
  expect((await read(house, todo.id)).status).toBe('done');
});
