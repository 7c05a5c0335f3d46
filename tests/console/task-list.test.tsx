import { render, screen } from '@testing-library/preact';
import { userEvent } from '@testing-library/user-event';
import { nanoid } from 'nanoid';
import { beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { Http } from '../../console/http.ts';
import { CallDesk } from '../../console/tasks/call-desk.ts';
import { PromiseCallDialog } from '../../console/tasks/promise-call-dialog.tsx';
import { TaskBoard } from '../../console/tasks/task-board.ts';
import { TaskList } from '../../console/tasks/task-list.tsx';
import { setLanguage } from '../../console/texts/texts.ts';
import { toasts } from '../../console/ui/toast.tsx';
import type { Contact } from '../../shared/contact.ts';
import type { Callback, Task, TaskPage } from '../../shared/task.ts';
import { get, openHouse } from '../helpers/house.ts';
import { makeApiToken, say } from './desk-scene.ts';
import { MemoryStorage } from './memory-storage.ts';

const seen = { timeout: 10_000, interval: 10 };

beforeEach(() => setLanguage('en'));

async function someCalls() {
  const house = await openHouse();
  const http = new Http({ serverUrl: house.url, apiToken: await makeApiToken(house) });
  const { socket } = await house.visitor({ locale: 'he-IL' });
  await say(socket, 'שלום');
  await get(socket, 'visitor:identify', { name: 'נועה ברק' });
  await get(socket, 'callback:request', { id: nanoid(), phone: '050-1234567', note: 'על הפיקוס' });
  const other = await house.visitor();
  await get(other.socket, 'callback:request', { id: nanoid(), phone: '052-5551234', at: Date.now() + 3 * 60 * 60 * 1_000 });
  return { house, http, board: new TaskBoard(http) };
}

it('an agent finds the calls to make, the overdue first, with the number to dial and the way to the conversation', async () => {
  const { http, board } = await someCalls();
  render(<TaskList http={http} board={board} mayEdit />);
  const phones = await screen.findAllByRole('link', { name: /^\+972/ }, seen);
  expect(phones.map((phone) => phone.getAttribute('href'))).toEqual(['tel:+972501234567', 'tel:+972525551234']);
  expect(screen.getByText('על הפיקוס').getAttribute('dir')).toBe('auto');
  expect(screen.getByText('Now')).toBeTruthy();
  expect(screen.getAllByRole('link', { name: 'Conversation' })[0]?.getAttribute('href')).toMatch(/^\/console\/conversations\/[\w-]{21}$/);
  await vi.waitFor(() => expect(board.openCount.value).toBe(2), seen);
});

it('a call is marked as done with how it ended, in two keystrokes, and that is undone', async () => {
  const { http, board } = await someCalls();
  render(<TaskList http={http} board={board} mayEdit />);
  const [first] = await screen.findAllByRole('button', { name: 'Mark as done' }, seen);
  first?.focus();
  await userEvent.keyboard('{Enter}');
  await screen.findByRole('menu', { name: 'How did it end?' }, seen);
  await userEvent.keyboard('n');
  await vi.waitFor(() => expect(document.activeElement?.textContent).toBe('No answer'), seen);
  await userEvent.keyboard('n{Enter}');
  await vi.waitFor(() => expect(screen.getAllByRole('link', { name: /^\+972/ })).toHaveLength(1), seen);
  expect(toasts.value.at(-1)?.text).toContain('not needed any more');
  await vi.waitFor(() => expect(board.openCount.value).toBe(1), seen);
  toasts.value.at(-1)?.action?.run();
  await vi.waitFor(() => expect(screen.getAllByRole('link', { name: /^\+972/ })).toHaveLength(2), seen);
});

it('who may only look finds nothing to press, and an empty list says what it is for', async () => {
  const { http, board } = await someCalls();
  const { unmount } = render(<TaskList http={http} board={board} mayEdit={false} />);
  await screen.findAllByRole('link', { name: /^\+972/ }, seen);
  expect(screen.queryByRole('button', { name: 'Mark as done' })).toBeNull();
  unmount();
  const quiet = await openHouse();
  const elsewhere = new Http({ serverUrl: quiet.url, apiToken: await makeApiToken(quiet) });
  render(<TaskList http={elsewhere} board={new TaskBoard(elsewhere)} mayEdit />);
  await screen.findByText('Nothing to do', {}, seen);
});

it('what changes is told, and at opening time nobody asks for the list again with every call', async () => {
  const { house, http, board } = await someCalls();
  render(<TaskList http={http} board={board} mayEdit />);
  await vi.waitFor(() => expect(screen.getAllByRole('link', { name: /^\+972/ })).toHaveLength(2), seen);
  await vi.waitFor(() => expect(board.openCount.value).toBe(2), seen);
  const asked = vi.spyOn(globalThis, 'fetch');
  onTestFinished(() => asked.mockRestore());
  const { items } = await house.json<TaskPage>('GET', '/api/tasks');
  const [first] = items as [Callback];
  const own = asked.mock.calls.length;
  const phones = () => screen.getAllByRole('link', { name: /^\+972/ }).map((phone) => phone.textContent);
  for (let at = 0; at < 60; at += 1) {
    board.taskChanged({ ...first, id: nanoid(), phone: `+9725011111${String(at).padStart(2, '0')}`, dueAt: first.dueAt + 1 + at });
  }
  await vi.waitFor(() => expect(phones()).toHaveLength(62), seen);
  expect(phones().slice(0, 3)).toEqual([first.phone, '+972501111100', '+972501111101']);
  board.taskChanged({ ...first, status: 'done', doneAt: Date.now() });
  await vi.waitFor(() => expect(phones()).not.toContain(first.phone), seen);
  await vi.waitFor(() => expect(asked.mock.calls.length).toBeGreaterThan(own), seen);
  board.close();
  // The one question is how many there are, once a second at most.
  const routes = asked.mock.calls.slice(own).map(([route]) => String(route));
  expect(routes.filter((route) => !route.endsWith('limit=1'))).toEqual([]);
  expect(routes.length).toBeLessThan(20);
});

it('a call is moved to a time that is offered, with the arrows alone, or to one that is typed, and what is wrong is said there', async () => {
  const { house, http, board } = await someCalls();
  render(<TaskList http={http} board={board} mayEdit />);
  const [first] = await screen.findAllByRole('button', { name: 'Another time' }, seen);
  await userEvent.click(first as HTMLElement);
  const offered = await screen.findByRole('radio', { name: /^In an hour/ }, seen);
  await vi.waitFor(() => expect((document.activeElement as HTMLInputElement).checked).toBe(true), seen);
  expect(offered).toBeTruthy();
  await userEvent.click(screen.getByRole('radio', { name: 'Another time' }));
  await userEvent.clear(screen.getByLabelText('Date'));
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await screen.findByText('Fill in a date and a time.', {}, seen);
  const date = new Date(Date.now() + 5 * 24 * 60 * 60 * 1_000).toLocaleDateString('sv');
  await userEvent.type(screen.getByLabelText('Date'), date);
  await userEvent.clear(screen.getByLabelText('Time'));
  await userEvent.type(screen.getByLabelText('Time'), '10:40');
  await userEvent.click(screen.getByRole('button', { name: 'Save' }));
  await vi.waitFor(() => expect(screen.queryByRole('dialog')).toBeNull(), seen);
  const due = new Date(`${date}T10:40`).getTime();
  const { items } = await house.json<{ items: { dueAt: number }[] }>('GET', '/api/tasks');
  expect(items.map(({ dueAt }) => dueAt)).toContain(due);
});

it('a call is promised to somebody whose number is typed; a wrong one is said at its field and nothing is lost', async () => {
  const house = await openHouse();
  const http = new Http({ serverUrl: house.url, apiToken: await makeApiToken(house) });
  const { socket } = await house.visitor();
  await say(socket, 'call me tomorrow');
  await get(socket, 'visitor:identify', { name: 'Noa' });
  const [contact] = (await house.json<{ items: Contact[] }>('GET', '/api/contacts')).items;
  const { id: agentId } = await house.json<{ id: string }>('GET', '/api/session');
  const calls = new CallDesk({ agentId, http, store: new MemoryStorage() });
  const closed = vi.fn();
  const board = new TaskBoard(http);
  const place = { contact: contact as Contact };
  render(<PromiseCallDialog agentId={agentId} place={place} calls={calls} board={board} http={http} onClose={closed} />);
  await userEvent.click(await screen.findByRole('radio', { name: /^In an hour/ }, seen));
  // Where there is no number to call, that is said, and the field is where one goes on.
  await userEvent.click(screen.getByRole('button', { name: 'Promise a call' }));
  await screen.findByText('There is no number in the customer file. Type the one to call.', {}, seen);
  await vi.waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText('Phone number')), seen);
  await userEvent.type(screen.getByLabelText('Phone number'), '12');
  await userEvent.type(screen.getByLabelText('What is it about?'), 'the ficus');
  await userEvent.click(screen.getByRole('button', { name: 'Promise a call' }));
  await vi.waitFor(() => expect(screen.getByLabelText('Phone number').getAttribute('aria-invalid')).toBe('true'), seen);
  await userEvent.clear(screen.getByLabelText('Phone number'));
  await userEvent.type(screen.getByLabelText('Phone number'), '050-1234567');
  await userEvent.click(screen.getByRole('button', { name: 'Promise a call' }));
  await vi.waitFor(() => expect(closed).toHaveBeenCalledOnce(), seen);
  const { items } = await house.json<{ items: Task[] }>('GET', '/api/tasks');
  expect(items).toMatchObject([{ phone: '+972501234567', note: 'the ficus', ownerId: agentId, contact: { name: 'Noa' } }]);
});
