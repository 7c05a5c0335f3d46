import { render, screen, within } from '@testing-library/preact';
import { userEvent } from '@testing-library/user-event';
import { nanoid } from 'nanoid';
import { LocationProvider } from 'preact-iso';
import { beforeEach, expect, it, vi } from 'vitest';
import { fetchShelf, setLanguage } from '../../console/texts/texts.ts';
import { TicketPage } from '../../console/tickets/ticket-page.tsx';
import { TicketSettings } from '../../console/tickets/ticket-settings.tsx';
import { toasts } from '../../console/ui/toast.tsx';
import type { Ticket, TicketCategory, TicketFile } from '../../shared/ticket.ts';
import { openDeskScene } from './desk-scene.ts';

const seen = { timeout: 10_000, interval: 10 };

beforeEach(async () => {
  setLanguage('en');
  await fetchShelf('tickets');
  toasts.value = [];
});

it('an agent gives a ticket to another customer where it says whose it is, with the keyboard alone, and takes that back', async () => {
  const { house, desk } = await openDeskScene();
  const ruth = await house.json<{ id: string }>('POST', '/api/contacts', { id: nanoid(), name: 'Ruth Cohen', identities: [] });
  const ticket = await house.json<Ticket>('POST', '/api/tickets', { id: nanoid(), subject: 'Cold fridge' });
  const customer = async () => (await house.json<TicketFile>('GET', `/api/tickets/${ticket.id}`)).contact?.id;
  const page = { desk, id: ticket.id, mayEdit: true };
  const { rerender } = render(<TicketPage {...page} />);
  await screen.findByRole('combobox', { name: 'Priority' }, seen);
  // Without the right to see customers nobody looks for one.
  expect(screen.queryByRole('button', { name: 'Change the customer' })).toBeNull();
  rerender(<TicketPage {...page} mayFindPeople />);
  await userEvent.click(await screen.findByRole('button', { name: 'Change the customer' }, seen));
  await userEvent.keyboard('ruth');
  await screen.findByRole('option', { name: 'Ruth Cohen' }, seen);
  await userEvent.keyboard('{Enter}');
  await vi.waitFor(async () => expect(await customer()).toBe(ruth.id), seen);
  await screen.findByRole('button', { name: 'Change the customer: Ruth Cohen' }, seen);
  await vi.waitFor(() => expect(toasts.value.at(-1)?.action).toBeDefined(), seen);
  toasts.value.at(-1)?.action?.run();
  await vi.waitFor(async () => expect(await customer()).toBeUndefined(), seen);
});

it('a ticket is deleted by who may, after a question that names it', async () => {
  const { house, desk } = await openDeskScene();
  const ticket = await house.json<Ticket>('POST', '/api/tickets', { id: nanoid(), subject: 'Cold fridge' });
  const page = { desk, id: ticket.id, mayEdit: true };
  const { rerender } = render(
    <LocationProvider>
      <TicketPage {...page} />
    </LocationProvider>,
  );
  await screen.findByRole('combobox', { name: 'Priority' }, seen);
  expect(screen.queryByRole('button', { name: 'Delete the ticket' })).toBeNull();
  rerender(
    <LocationProvider>
      <TicketPage {...page} mayRemove />
    </LocationProvider>,
  );
  await userEvent.click(await screen.findByRole('button', { name: 'Delete the ticket' }, seen));
  const dialog = await screen.findByRole('dialog', { name: 'Delete ticket 1?' }, seen);
  within(dialog).getByText('#1 Cold fridge');
  expect((await house.call('GET', `/api/tickets/${ticket.id}`)).status).toBe(200);
  await userEvent.click(within(dialog).getByRole('button', { name: 'Delete the ticket' }));
  await vi.waitFor(async () => expect((await house.call('GET', `/api/tickets/${ticket.id}`)).status).toBe(404), seen);
  await vi.waitFor(() => expect(toasts.value.at(-1)?.text).toBe('Ticket 1 is deleted'));
});

it('an administrator puts categories in order with the keyboard, and those below one move with it', async () => {
  const { house, desk } = await openDeskScene();
  const make = (name: string, parentId: string | null = null) =>
    house.json<TicketCategory>('POST', '/api/ticket-categories', { id: nanoid(), name, parentId });
  const repairs = await make('Repairs');
  await make('Bills');
  await make('Fridges', repairs.id);
  await make('Ovens', repairs.id);
  const names = async () => (await house.json<{ items: TicketCategory[] }>('GET', '/api/ticket-categories')).items.map(({ name }) => name);
  render(<TicketSettings http={desk.http} />);
  const handleOf = async (name: string) => {
    const row = (await screen.findByRole('button', { name: `Rename: ${name}` }, seen)).closest('li');
    return within(row as HTMLElement).getAllByRole('button', { name: 'Move' })[0] as HTMLElement;
  };
  (await handleOf('Ovens')).focus();
  await userEvent.keyboard('{ArrowUp}');
  await vi.waitFor(async () => expect(await names()).toEqual(['Repairs', 'Ovens', 'Fridges', 'Bills']), seen);
  (await handleOf('Bills')).focus();
  await userEvent.keyboard('{ArrowUp}');
  await vi.waitFor(async () => expect(await names()).toEqual(['Bills', 'Repairs', 'Ovens', 'Fridges']), seen);
  expect(document.activeElement).toBe(await handleOf('Bills'));
});
