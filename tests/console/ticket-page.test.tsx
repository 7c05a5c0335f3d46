import { render, screen, within } from '@testing-library/preact';
import { userEvent } from '@testing-library/user-event';
import { nanoid } from 'nanoid';
import { LocationProvider } from 'preact-iso';
import { beforeEach, expect, it, vi } from 'vitest';
import { fetchShelf, setLanguage } from '../../console/texts/texts.ts';
import { ChatTickets } from '../../console/tickets/chat-tickets.tsx';
import { TicketPage } from '../../console/tickets/ticket-page.tsx';
import { TicketsPage } from '../../console/tickets/tickets-page.tsx';
import { toasts } from '../../console/ui/toast.tsx';
import type { Ticket, TicketFile } from '../../shared/ticket.ts';
import { type TicketStatus, ticketMoves } from '../../shared/ticket-moves.ts';
import { writeIn } from '../helpers/company.ts';
import type { House } from '../helpers/house.ts';
import { openDesk, openDeskScene } from './desk-scene.ts';

const seen = { timeout: 10_000, interval: 10 };

beforeEach(async () => {
  setLanguage('en');
  await fetchShelf('tickets');
  toasts.value = [];
});

const open = (house: House, body: object = {}) =>
  house.json<Ticket>('POST', '/api/tickets', { id: nanoid(), subject: 'Cold fridge', ...body });
const fileOf = (house: House, id: string) => house.json<TicketFile>('GET', `/api/tickets/${id}`);

it('offers only the moves that the status allows, and one press is undone with another', async () => {
  const { house, desk } = await openDeskScene();
  const ticket = await open(house);
  render(<TicketPage desk={desk} id={ticket.id} mayEdit />);
  const offered = async () => {
    await userEvent.click(await screen.findByRole('button', { name: 'Change status' }, seen));
    return (await screen.findAllByRole('menuitem', {}, seen)).map(({ textContent }) => textContent);
  };
  const words: Record<TicketStatus, string> = {
    new: 'New',
    open: 'Open',
    'waiting-for-customer': 'Waiting for customer',
    'on-hold': 'On hold',
    solved: 'Solved',
    closed: 'Closed',
  };
  expect(await offered()).toEqual(ticketMoves.new.map((status) => words[status]));
  await userEvent.click(screen.getByRole('menuitem', { name: 'Open' }));
  await vi.waitFor(async () => expect((await fileOf(house, ticket.id)).status).toBe('open'), seen);
  await vi.waitFor(() => expect(toasts.value.at(-1)?.text).toContain('Open'), seen);
  expect(await offered()).toEqual(ticketMoves.open.map((status) => words[status]));
  await userEvent.click(screen.getByRole('menuitem', { name: 'On hold' }));
  await vi.waitFor(async () => expect((await fileOf(house, ticket.id)).status).toBe('on-hold'), seen);
  await vi.waitFor(() => expect(toasts.value.at(-1)?.action).toBeDefined(), seen);
  toasts.value.at(-1)?.action?.run();
  await vi.waitFor(async () => expect((await fileOf(house, ticket.id)).status).toBe('open'), seen);
});

it('two agents change different things at once and both are kept; of the same thing the second is shown the newest', async () => {
  const { house, desk } = await openDeskScene();
  const ticket = await open(house);
  const noa = await house.hire('Noa');
  const noas = await openDesk(house, noa.cookie);
  noas.connection.close();
  render(<TicketPage desk={desk} id={ticket.id} mayEdit />);
  const priority = await screen.findByRole('combobox', { name: 'Priority' }, seen);
  // Dana's page does not hear of it: her line is slow.
  desk.connection.close();
  await house.json('PATCH', `/api/tickets/${ticket.id}`, { version: 1, subject: 'Warm fridge' }, { cookie: noa.cookie });
  await userEvent.selectOptions(priority, 'urgent');
  await vi.waitFor(async () => expect(await fileOf(house, ticket.id)).toMatchObject({ subject: 'Warm fridge', priority: 'urgent' }), seen);
  await screen.findByRole('button', { name: /Warm fridge/ }, seen);

  const { version } = await fileOf(house, ticket.id);
  await vi.waitFor(async () => expect(screen.getByRole<HTMLSelectElement>('combobox', { name: 'Priority' }).value).toBe('urgent'), seen);
  await house.json('PATCH', `/api/tickets/${ticket.id}`, { version, priority: 'low' }, { cookie: noa.cookie });
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Priority' }), 'high');
  await vi.waitFor(() => expect(toasts.value.at(-1)?.text).toContain('A colleague has changed this meanwhile'), seen);
  expect((await fileOf(house, ticket.id)).priority).toBe('low');
  await vi.waitFor(() => expect(screen.getByRole<HTMLSelectElement>('combobox', { name: 'Priority' }).value).toBe('low'), seen);
});

it('asks for a reason before it closes, and what becomes of the tickets under it', async () => {
  const { house, desk } = await openDeskScene();
  const reason = await house.json<{ id: string }>('POST', '/api/ticket-reasons', { id: nanoid(), name: 'Repaired' });
  const parent = await open(house);
  const child = await open(house, { subject: 'Order a part', parentId: parent.id });
  render(<TicketPage desk={desk} id={parent.id} mayEdit />);
  await userEvent.click(await screen.findByRole('button', { name: 'Change status' }, seen));
  await userEvent.click(await screen.findByRole('menuitem', { name: 'Closed' }, seen));
  const dialog = await screen.findByRole('dialog', {}, seen);
  within(dialog).getByText('1 ticket under this one is not solved yet');
  await userEvent.click(within(dialog).getByRole('button', { name: 'Closed' }));
  expect((await within(dialog).findByRole('alert', {}, seen)).textContent).toBe('Choose why it is closed.');
  await userEvent.selectOptions(within(dialog).getByRole('combobox', { name: 'Reason' }), reason.id);
  await userEvent.click(within(dialog).getByRole('radio', { name: 'Leave them as they are' }));
  await userEvent.click(within(dialog).getByRole('button', { name: 'Closed' }));
  await vi.waitFor(async () => expect(await fileOf(house, parent.id)).toMatchObject({ status: 'closed', reasonId: reason.id }), seen);
  expect((await fileOf(house, child.id)).status).toBe('new');
});

it('an entry of work that is begun and left is there when the page is opened again', async () => {
  const { house, desk } = await openDeskScene();
  const ticket = await open(house);
  const first = render(<TicketPage desk={desk} id={ticket.id} mayEdit />);
  await userEvent.type(await screen.findByRole('textbox', { name: 'What was done' }, seen), 'Called the maker');
  first.unmount();
  render(<TicketPage desk={desk} id={ticket.id} mayEdit />);
  const box = await screen.findByRole<HTMLTextAreaElement>('textbox', { name: 'What was done' }, seen);
  expect(box.value).toBe('Called the maker');
  await userEvent.type(screen.getByRole('textbox', { name: 'Minutes' }), '15');
  await userEvent.click(screen.getByRole('button', { name: 'Add' }));
  await vi.waitFor(async () => expect((await fileOf(house, ticket.id)).minutes).toBe(15), seen);
  await vi.waitFor(() => expect(box.value).toBe(''), seen);
});

it('who may only look changes nothing, and who may not see the ticket is told so', async () => {
  const { house, desk } = await openDeskScene();
  const ticket = await open(house);
  const shown = render(<TicketPage desk={desk} id={ticket.id} mayEdit={false} />);
  await screen.findByText('Cold fridge', {}, seen);
  expect(screen.queryAllByRole('combobox')).toEqual([]);
  expect(screen.queryByRole('button', { name: 'Change status' })).toBeNull();
  shown.unmount();
  render(<TicketPage desk={desk} id={nanoid()} mayEdit />);
  await screen.findByText('There is no such ticket, or it is not yours to see.', {}, seen);
});

it('opens a ticket from the chat with one press, shows a colleague’s at once, and links one that is open', async () => {
  const { house, desk } = await openDeskScene();
  const ruth = await writeIn(house, 'My fridge is warm');
  const other = await open(house, { subject: 'The same fridge' });
  const { contact } = await house.json<{ contact: { id: string } }>('GET', `/api/conversations/${ruth.conversationId}`);
  render(
    <LocationProvider>
      <ChatTickets desk={desk} conversationId={ruth.conversationId} contactId={contact.id} mayEdit />
    </LocationProvider>,
  );
  await vi.waitFor(() => expect(desk.connection.isLive).toBe(true), seen);
  await userEvent.click(await screen.findByRole('button', { name: 'Open a ticket' }, seen));
  await userEvent.click(await screen.findByRole('menuitem', { name: /^Open a ticket ?O$/ }, seen));
  await screen.findByTitle('#2 My fridge is warm', {}, seen);
  await open(house, { conversationId: ruth.conversationId, subject: 'And the oven' });
  await screen.findByTitle('#3 And the oven', {}, seen);
  await userEvent.click(screen.getByRole('button', { name: 'Open a ticket' }));
  await userEvent.click(await screen.findByRole('menuitem', { name: /^Link/ }, seen));
  const dialog = await screen.findByRole('dialog', {}, seen);
  await userEvent.type(within(dialog).getByRole('searchbox'), '1');
  await userEvent.click(await within(dialog).findByRole('button', { name: /The same fridge/ }, seen));
  await screen.findByTitle('#1 The same fridge', {}, seen);
  expect((await fileOf(house, other.id)).conversations).toHaveLength(1);
});

it('a list that is searched shows why a ticket was found, and still does when a colleague has changed it', async () => {
  const { house, desk } = await openDeskScene();
  const ticket = await open(house, { description: 'The sticker says XK-4711, and the motor is loud' });
  await open(house, { subject: 'A motor', description: 'Nothing loud' });
  render(
    <LocationProvider>
      <TicketsPage desk={desk} ticketId={null} mayEdit />
    </LocationProvider>,
  );
  await userEvent.click(await screen.findByRole('link', { name: 'All' }, seen));
  await userEvent.type(screen.getByRole('searchbox'), 'motor sticker');
  const row = async () => {
    const [one, ...more] = (await screen.findAllByRole('listitem', {}, seen)).filter((item) => item.querySelector('mark'));
    expect(more).toEqual([]);
    return one as HTMLElement;
  };
  await vi.waitFor(async () => expect((await row()).textContent).toContain('The sticker says'), seen);
  expect([...(await row()).querySelectorAll('mark')].map(({ textContent }) => textContent)).toEqual(['sticker', 'motor']);
  await vi.waitFor(() => expect(desk.connection.isLive).toBe(true), seen);
  await house.json('PATCH', `/api/tickets/${ticket.id}`, { version: 1, priority: 'urgent' });
  await vi.waitFor(async () => within(await row()).getByText('Urgent'), seen);
});
