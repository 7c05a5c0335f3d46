import { signal } from '@preact/signals';
import { render, screen, waitFor, within } from '@testing-library/preact';
import { userEvent } from '@testing-library/user-event';
import { nanoid } from 'nanoid';
import { LocationProvider } from 'preact-iso';
import { beforeEach, expect, it } from 'vitest';
import { Http } from '../../console/http.ts';
import { RenewalsPage } from '../../console/purchases/renewals-page.tsx';
import { fetchShelf, setLanguage } from '../../console/texts/texts.ts';
import type { Agent } from '../../shared/agent.ts';
import type { Contact } from '../../shared/contact.ts';
import { DAY_MS } from '../../shared/wall-clock.ts';
import { type House, openHouse } from '../helpers/house.ts';
import { makeApiToken, openDesk } from './desk-scene.ts';

const seen = { timeout: 10_000, interval: 20 };

async function sell(house: House, name: string, ends: readonly number[]): Promise<string> {
  const { id } = await house.json<Contact>('POST', '/api/contacts', { id: nanoid(), name });
  for (const days of ends) {
    const lines = [{ product: 'Garden care', unitPrice: 9_900, endsAt: Date.now() + days * DAY_MS }];
    await house.json('POST', '/api/purchases', { id: nanoid(), contactId: id, currency: 'ILS', at: 1, lines });
  }
  return id;
}

async function openPage() {
  const house = await openHouse();
  const { items } = await house.json<{ items: Agent[] }>('GET', '/api/agents');
  const mine = await sell(house, 'Ruth', [14]);
  await house.json('PATCH', `/api/contacts/${mine}`, { ownerId: items[0]?.id });
  await sell(house, 'Noah', [3]);
  await sell(house, 'Adam', [5, 365]);
  await sell(house, 'Gone', [-2]);
  const http = new Http({ serverUrl: house.url, apiToken: await makeApiToken(house) });
  const { connection } = await openDesk(house, house.cookie);
  history.replaceState(null, '', '/console/contacts/renewals');
  render(
    <LocationProvider>
      <RenewalsPage http={http} agents={signal(new Map(items.map((agent) => [agent.id, agent])))} connection={connection} />
    </LocationProvider>,
  );
  await screen.findByText('Noah', {}, seen);
  return { house, mine };
}

const rows = () => screen.queryAllByRole('listitem').map((row) => row.textContent);

beforeEach(async () => {
  setLanguage('en');
  await Promise.all([fetchShelf('contacts'), fetchShelf('sales')]);
});

it('tells an agent in words what ends next, and whose customer it is, without what was renewed', async () => {
  await openPage();
  await waitFor(() => expect(rows()).toHaveLength(2), seen);
  const [noah, ruth] = screen.getAllByRole('listitem') as [HTMLElement, HTMLElement];
  within(noah).getByText('ends in 3 days');
  within(noah).getByText('No owner');
  within(ruth).getByText('ends in 14 days');
  within(ruth).getByText('Dana');
  expect(within(ruth).getByRole('link').getAttribute('href')).toMatch(/^\/console\/contacts\/[\w-]{21}$/);
  await userEvent.click(screen.getByRole('checkbox', { name: 'Hide what was renewed' }));
  await waitFor(() => expect(rows().join()).toContain('Renewed until'), seen);
});

it('shows somebody their own customers, and what ended lately, and can be opened again as it was', async () => {
  await openPage();
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Owner' }), 'My customers');
  await waitFor(() => expect(rows().join()).toMatch(/^.*Ruth.*$/), seen);
  await waitFor(() => expect(rows()).toHaveLength(1), seen);
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'When' }), 'Ended in the last 30 days');
  await screen.findByText('Nothing ends in this time', {}, seen);
  expect(location.search).toBe('?span=ended&owner=me');
  await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Owner' }), 'Everybody’s');
  await screen.findByText('Gone', {}, seen);
});

it('follows what colleagues sell, renew and hand over while it is looked at', async () => {
  const { house, mine } = await openPage();
  await waitFor(() => expect(rows()).toHaveLength(2), seen);
  await sell(house, 'Esther', [2]);
  await screen.findByText('Esther', {}, seen);
  await house.json('PATCH', `/api/contacts/${mine}`, { name: 'Ruth Levi', ownerId: null });
  await screen.findByText('Ruth Levi', {}, seen);
  const lines = [{ product: 'Garden care', unitPrice: 9_900, endsAt: Date.now() + 400 * DAY_MS }];
  await house.json('POST', '/api/purchases', { id: nanoid(), contactId: mine, currency: 'ILS', at: 2, lines });
  await waitFor(() => expect(rows().join()).not.toContain('Ruth'), seen);
  expect(rows()).toHaveLength(2);
});
