import { signal } from '@preact/signals';
import { render, screen, waitFor, within } from '@testing-library/preact';
import { userEvent } from '@testing-library/user-event';
import { nanoid } from 'nanoid';
import { LocationProvider } from 'preact-iso';
import { beforeEach, describe, expect, it } from 'vitest';
import type { CustomerHouse } from '../../console/customers/customer-room.ts';
import { CustomersPage } from '../../console/customers/customers-page.tsx';
import { Http } from '../../console/http.ts';
import { fetchShelf, setLanguage } from '../../console/texts/texts.ts';
import type { Agent, Permission } from '../../shared/agent.ts';
import type { CustomerPage } from '../../shared/customer.ts';
import type { Pipeline } from '../../shared/opportunity.ts';
import { type House, openHouse } from '../helpers/house.ts';
import { nobody, type Person, storePeople } from '../server/customer-scene.ts';
import { makeApiToken } from './desk-scene.ts';

const seen = { timeout: 10_000, interval: 20 };

async function openPage(people: readonly Partial<Person>[], isAllowed: (permission: Permission) => boolean = () => true) {
  const house = await openHouse();
  await storePeople(
    house,
    people.map((person) => ({ ...nobody, ...person })),
  );
  const http = new Http({ serverUrl: house.url, apiToken: await makeApiToken(house) });
  const { items } = await house.json<{ items: Agent[] }>('GET', '/api/agents');
  const listeners = new Set<() => void>();
  const around: CustomerHouse = {
    http,
    agentId: items[0]?.id ?? '',
    agents: signal(new Map(items.map((agent) => [agent.id, agent]))),
    may: isAllowed,
    // Facts come by the socket, which the journeys have; here the page asks.
    listen: (_event, hear) => {
      listeners.add(hear as () => void);
      return () => listeners.delete(hear as () => void);
    },
    isLive: signal(true),
  };
  history.replaceState(null, '', '/console/contacts');
  render(
    <LocationProvider>
      <CustomersPage house={around} />
    </LocationProvider>,
  );
  return { house, around };
}

const shownNames = () => [...document.querySelectorAll('[data-customer]')].map((link) => link.textContent?.slice(-4).trim());
const list = (house: House) => house.json<CustomerPage>('GET', '/api/customers?sort=name');

beforeEach(async () => {
  setLanguage('en');
  await Promise.all([fetchShelf('contacts'), fetchShelf('customers')]);
});

describe('an agent who looks for customers', () => {
  it('finds one by part of the phone number, and is told when nobody fits', async () => {
    await openPage([{ name: 'Noah', identities: [{ kind: 'phone', value: '+972525551234', isVerified: false }] }, { name: 'Ruth' }]);
    await screen.findByText('Noah', {}, seen);
    const box = screen.getByRole('searchbox');
    await userEvent.type(box, '5551234');
    await waitFor(() => expect(shownNames()).toEqual(['Noah']), seen);
    await userEvent.clear(box);
    await userEvent.type(box, 'nobody at all');
    await screen.findByText('Nothing found', {}, seen);
    await userEvent.click(screen.getAllByRole('button', { name: 'Clear the filter' })[0] as HTMLElement);
    await screen.findByText('Ruth', {}, seen);
  });

  it('orders the list by a heading, and hears from it which way', async () => {
    await openPage([{ name: 'Ruth' }, { name: 'Noah' }, { name: 'Adam' }]);
    await screen.findByText('Ruth', {}, seen);
    await userEvent.click(screen.getByRole('button', { name: 'Name' }));
    await waitFor(() => expect(shownNames()).toEqual(['Adam', 'Noah', 'Ruth']), seen);
    expect(screen.getByRole('columnheader', { name: 'Name' }).getAttribute('aria-sort')).toBe('ascending');
    await userEvent.click(screen.getByRole('button', { name: 'Name' }));
    await waitFor(() => expect(shownNames()).toEqual(['Ruth', 'Noah', 'Adam']), seen);
  });

  it('is told when the server cannot be reached, and can try again', async () => {
    const { house } = await openPage([{ name: 'Ruth' }]);
    await screen.findByText('Ruth', {}, seen);
    await house.stop();
    await userEvent.click(screen.getByRole('button', { name: 'Name' }));
    await screen.findByRole('alert', {}, seen);
    await house.start();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await screen.findByText('Ruth', {}, seen);
  });

  it('keeps a filter as a segment, whose count is there at once', async () => {
    await openPage([{ name: 'Ruth', tags: ['vip'] }, { name: 'Noah' }]);
    await screen.findByText('Ruth', {}, seen);
    await userEvent.click(screen.getByRole('button', { name: 'Filter' }));
    await userEvent.click(screen.getByRole('button', { name: 'Add a condition' }));
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'What to ask about' }), 'Tags');
    await userEvent.type(screen.getByRole('combobox', { name: 'Add…' }), 'vip{Enter}');
    await waitFor(() => expect(shownNames()).toEqual(['Ruth']), seen);
    await userEvent.click(screen.getByRole('button', { name: 'Save as a segment' }));
    const dialog = within(screen.getByRole('dialog'));
    await userEvent.type(dialog.getByRole('textbox'), 'The best');
    await userEvent.click(dialog.getByRole('button', { name: 'Save' }));
    await screen.findByRole('link', { name: /The best/ }, seen);
    await waitFor(() => expect(shownNames()).toEqual(['Ruth']), seen);
  });

  it('asks for an open opportunity in one stage that is large enough, and keeps what is half said to itself', async () => {
    const { house } = await openPage([{ name: 'Ruth' }, { name: 'Noah' }]);
    const { items } = await list(house);
    const stages = ['Asked', 'Offered'].map((name) => ({ id: nanoid(), name, probability: 50 }));
    const sales = await house.json<Pipeline>('POST', '/api/pipelines', { id: nanoid(), name: 'Sales', currency: 'ILS', stages });
    for (const [at, { id }] of items.entries()) {
      const offer = { id: nanoid(), contactId: id, pipelineId: sales.id, stageId: stages[at]?.id, name: 'Garden', amount: 150_000 };
      await house.json('POST', '/api/opportunities', offer);
    }
    await screen.findByText('Ruth', {}, seen);
    await userEvent.click(screen.getByRole('button', { name: 'Filter' }));
    await userEvent.click(screen.getByRole('button', { name: 'Add a condition' }));
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'What to ask about' }), 'Opportunities');
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Ask more of it…' }), 'Stage');
    await screen.findByRole('option', { name: 'Offered' }, seen);
    expect(shownNames()).toHaveLength(2);
    await userEvent.selectOptions(screen.getByRole('combobox', { name: /Stage.*: add…/ }), 'Offered');
    await waitFor(() => expect(shownNames()).toEqual(['Ruth']), seen);
    await userEvent.selectOptions(screen.getByRole('combobox', { name: 'Ask more of it…' }), 'Amount');
    await userEvent.type(screen.getByRole('textbox', { name: 'From' }), '2000');
    await waitFor(() => expect(shownNames()).toEqual([]), seen);
    await userEvent.click(screen.getByRole('button', { name: /Remove: .*Amount/ }));
    await waitFor(() => expect(shownNames()).toEqual(['Ruth']), seen);
    await userEvent.selectOptions(screen.getAllByRole('combobox', { name: 'How' })[0] as HTMLElement, 'There is none like this');
    await waitFor(() => expect(shownNames()).toEqual(['Noah']), seen);
  });

  it('changes those that were chosen with the keyboard, in the background', async () => {
    const { house } = await openPage([{ name: 'Ruth' }, { name: 'Noah' }]);
    await screen.findByText('Ruth', {}, seen);
    (screen.getByText('Ruth').closest('a') as HTMLElement).focus();
    await userEvent.keyboard(' ');
    await screen.findByText('One chosen', {}, seen);
    await userEvent.click(within(screen.getByRole('toolbar')).getByRole('button', { name: 'Change' }));
    const dialog = within(screen.getByRole('dialog'));
    await userEvent.type(dialog.getByRole('textbox'), 'vip, garden');
    await userEvent.click(dialog.getByRole('button', { name: 'Change' }));
    await expect.poll(async () => (await list(house)).items.map(({ tags }) => tags), seen).toEqual([[], ['vip', 'garden']]);
  });

  it('sees nothing to choose, import or export where the role allows none of it', async () => {
    await openPage([{ name: 'Ruth' }], (permission) => permission === 'contacts:view');
    await screen.findByText('Ruth', {}, seen);
    expect(screen.queryAllByRole('checkbox')).toEqual([]);
    expect(screen.queryByRole('button', { name: 'Export' })).toBeNull();
    expect(screen.queryByRole('link', { name: 'Import' })).toBeNull();
  });
});
