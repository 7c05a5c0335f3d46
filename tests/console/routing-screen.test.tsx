import { cleanup, render, screen, within } from '@testing-library/preact';
import { userEvent } from '@testing-library/user-event';
import { LocationProvider } from 'preact-iso';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Http } from '../../console/http.ts';
import { SessionState } from '../../console/session-state.ts';
import { SettingsPage } from '../../console/settings/settings-page.tsx';
import { setLanguage } from '../../console/texts/texts.ts';
import { ToastShelf, toasts } from '../../console/ui/toast.tsx';
import type { RoutingSettings } from '../../shared/routing.ts';
import { makeRole, makeTeam, makeToken } from '../helpers/company.ts';
import { type House, openHouse } from '../helpers/house.ts';
import { makeApiToken } from './desk-scene.ts';

const seen = { timeout: 15_000, interval: 20 };

/** The routing settings on the screen of an administrator. */
async function openRouting(house: House, apiToken?: string, awaited: 'tablist' | 'table' = 'tablist'): Promise<void> {
  const http = new Http({ serverUrl: house.url, apiToken: apiToken ?? (await makeApiToken(house)) });
  const session = new SessionState(http);
  await session.check();
  render(
    <LocationProvider>
      <SettingsPage http={http} session={session} section="routing" serverUrl={house.url} />
      <ToastShelf closeLabel="Close" />
    </LocationProvider>,
  );
  await screen.findByRole(awaited, {}, seen);
}

const saved = (house: House) => house.json<RoutingSettings>('GET', '/api/routing');
const goTo = async (part: string) => userEvent.click(await screen.findByRole('tab', { name: new RegExp(`^${part}`) }, seen));
const press = async (name: string) => userEvent.click(await screen.findByRole('button', { name }, seen));
const choose = async (label: string, option: string) => userEvent.selectOptions(await screen.findByLabelText(label, {}, seen), option);

const fill = async (name: string, text: string) => userEvent.type(await screen.findByRole('textbox', { name }, seen), text);

async function addRule(name: string): Promise<void> {
  await press('Add a rule');
  const field = await screen.findByRole('textbox', { name: 'Name' }, seen);
  await userEvent.clear(field);
  await userEvent.type(field, name);
}

beforeEach(() => setLanguage('en'));
afterEach(() => {
  cleanup();
  toasts.value = [];
});

describe('an administrator', () => {
  it('reads that nothing is handed out yet, and switches it on with one click', async () => {
    const house = await openHouse();
    await openRouting(house);
    await screen.findByText('Nothing is handed out yet', {}, seen);
    await press('Hand out chats in every inbox');
    await press('Save');
    await vi.waitUntil(async () => (await saved(house)).inboxes[house.inbox.id] === 'both', seen);
    expect(screen.queryByText('Nothing is handed out yet')).toBeNull();
  });

  it('makes a rule by clicking, and reads it as a sentence', async () => {
    const house = await openHouse();
    const sales = await makeTeam(house, 'Sales');
    await openRouting(house);
    await goTo('Rules');
    await addRule('Checkout');
    await userEvent.click(screen.getByRole('checkbox', { name: 'Hebrew' }));
    await userEvent.type(screen.getByRole('textbox', { name: 'Pages' }), '/checkout');
    await choose('Team', 'Sales');
    await choose('Priority', 'Urgent');
    const plain = () => document.querySelector('main')?.textContent?.replace(/[\u2066-\u2069]/g, '') ?? '';
    expect(plain()).toContain('Chats in Hebrew from /checkout go to Sales, urgent.');
    await press('Save');
    await vi.waitUntil(async () => (await saved(house)).rules.length === 1, seen);
    expect((await saved(house)).rules[0]).toMatchObject({
      name: 'Checkout',
      isOn: true,
      when: { languages: ['he'], pages: ['/checkout'] },
      teamId: sales.id,
      priority: 'urgent',
    });
  });

  it('puts rules in order with the arrow keys, and takes back what was removed by mistake', async () => {
    const house = await openHouse();
    const rule = { isOn: true, when: {}, teamId: null, priority: 'normal', skills: [] };
    const begun = await saved(house);
    await house.json('PUT', '/api/routing', {
      ...begun,
      rules: ['one', 'two'].map((name) => ({ ...rule, id: name, name })),
    });
    await openRouting(house);
    await goTo('Rules');
    const [first] = await screen.findAllByRole('button', { name: 'Move with the arrow keys, or pull' }, seen);
    first?.focus();
    await userEvent.keyboard('{ArrowDown}');
    await press('Remove “\u2068one\u2069”');
    await press('Undo');
    await press('Save');
    await vi.waitUntil(async () => (await saved(house)).rules[0]?.name === 'two', seen);
    expect((await saved(house)).rules.map(({ name }) => name)).toEqual(['two', 'one']);
  });

  it('takes back the rule that was removed, and keeps what was done to the others since', async () => {
    const house = await openHouse();
    const rule = { isOn: true, when: {}, teamId: null, priority: 'normal', skills: [] };
    await house.json('PUT', '/api/routing', {
      ...(await saved(house)),
      rules: ['one', 'two', 'three'].map((name) => ({ ...rule, id: name, name })),
    });
    await openRouting(house);
    await goTo('Rules');
    await press('Remove “\u2068two\u2069”');
    await press('three');
    await userEvent.type(await screen.findByRole('textbox', { name: 'Name' }, seen), ' more');
    await press('Undo');
    await press('Save');
    await vi.waitUntil(async () => (await saved(house)).version === 2, seen);
    expect((await saved(house)).rules.map(({ name }) => name)).toEqual(['one', 'two', 'three more']);
  });

  it('is led to the rule without a name, and nothing of it is lost', async () => {
    const house = await openHouse();
    await openRouting(house);
    await goTo('Rules');
    await addRule('x');
    await userEvent.clear(screen.getByRole('textbox', { name: 'Name' }));
    await userEvent.type(screen.getByRole('textbox', { name: 'Pages' }), '/cart');
    await goTo('Handing out');
    await press('Save');
    const field = await screen.findByRole('textbox', { name: 'Name' }, seen);
    await screen.findByText('Give the rule a name of up to 80 letters.', {}, seen);
    await vi.waitFor(() => expect(document.activeElement?.outerHTML).toBe(field.outerHTML), seen);
    expect((screen.getByRole('textbox', { name: 'Pages' }) as HTMLTextAreaElement).value).toBe('/cart');
    await userEvent.type(field, 'Cart');
    await press('Save');
    await vi.waitUntil(async () => (await saved(house)).rules[0]?.name === 'Cart', seen);
  });

  it('keeps what a colleague has saved meanwhile, and decides where both changed the same', async () => {
    const house = await openHouse();
    const sales = await makeTeam(house, 'Sales');
    await openRouting(house);
    await goTo('Teams');
    await press('Change how \u2068Chats of no team\u2069 shares its chats');
    await choose('Who is next', 'Each in turn');
    const colleagues = await saved(house);
    await house.json('PUT', '/api/routing', { ...colleagues, capacity: 9, teams: { [sales.id]: colleagues.otherwise } });
    await press('Save');
    await vi.waitUntil(async () => (await saved(house)).otherwise.method === 'round-robin', seen);
    expect(await saved(house)).toMatchObject({ capacity: 9, teams: { [sales.id]: { method: 'least-busy' } } });

    await goTo('Agents');
    const capacity = await screen.findByLabelText('Chats at once, where an agent has no number of its own', {}, seen);
    await userEvent.clear(capacity);
    await userEvent.type(capacity, '3');
    await house.json('PUT', '/api/routing', { ...(await saved(house)), capacity: 7 });
    await press('Save');
    await screen.findByText(/Somebody else has just changed the same/, {}, seen);
    await press('Take theirs');
    await vi.waitUntil(() => (capacity as HTMLInputElement).value === '7', seen);
    expect((await saved(house)).capacity).toBe(7);
  });

  it('sets in the table how much an agent takes and what it can do, and is told what is no number', async () => {
    const house = await openHouse();
    const noa = await house.hire('Noa');
    await openRouting(house);
    await goTo('Agents');
    await press('Chats at once of \u2068Noa\u2069');
    await fill('Chats at once of \u2068Noa\u2069', 'many{Enter}');
    await screen.findByText('A whole number from 0 to 100, or empty.', {}, seen);
    const field = screen.getByRole('textbox', { name: 'Chats at once of \u2068Noa\u2069' });
    await userEvent.clear(field);
    await userEvent.type(field, '4{Enter}');
    await press('Skills of \u2068Noa\u2069');
    await fill('Skills of \u2068Noa\u2069', 'billing, VIP{Enter}');
    const own = async () =>
      (await house.json<{ items: { agentId: string }[] }>('GET', '/api/routing/agents')).items.find(({ agentId }) => agentId === noa.id);
    await vi.waitFor(async () => expect(await own()).toMatchObject({ capacity: 4, skills: ['billing', 'VIP'] }), seen);
    // A colleague does so, too, and it is not on this screen yet.
    await house.json('PUT', `/api/routing/agents/${noa.id}`, { capacity: 9 });
    await press('Skills of \u2068Noa\u2069: billing, VIP');
    const skills = await screen.findByRole('textbox', { name: 'Skills of \u2068Noa\u2069' }, seen);
    await userEvent.clear(skills);
    await userEvent.type(skills, 'billing{Enter}');
    await vi.waitFor(async () => expect(await own()).toMatchObject({ capacity: 9, skills: ['billing'] }), seen);
  });

  it('sees which way a chat would take by rules that are not saved yet', async () => {
    const house = await openHouse();
    await makeTeam(house, 'Sales');
    await openRouting(house);
    await goTo('Rules');
    await addRule('Checkout');
    await userEvent.type(screen.getByRole('textbox', { name: 'Pages' }), '/checkout');
    await choose('Team', 'Sales');
    await goTo('Try it out');
    await userEvent.type(await screen.findByRole('textbox', { name: 'Page' }, seen), 'https://shop.example/checkout/pay');
    await press('Show the way');
    const path = within(await screen.findByRole('region', { name: 'The way of this chat' }, seen));
    path.getByText(/Checkout.* fits/);
    path.getByText(/Sales.*, priority: .*Normal/);
    path.getByText('It waits until an agent takes it');
    await vi.waitUntil(() => document.activeElement?.textContent === 'The way of this chat', seen);
    expect((await saved(house)).rules).toEqual([]);

    await goTo('Rules');
    await press('Checkout');
    await userEvent.click(await screen.findByRole('switch', { name: 'Switched on' }, seen));
    await goTo('Try it out');
    await press('Show the way');
    await screen.findByText('No rule fits', {}, seen);
  });
});

it('who manages agents, but not the settings, sets how much each takes, and sees nothing else', async () => {
  const house = await openHouse();
  const role = await makeRole(house, 'Staff', ['agents:manage', 'tokens:manage']);
  const mia = await house.hire('Mia', role.id);
  const { token } = await makeToken(house, mia.cookie);
  await openRouting(house, token, 'table');
  expect(screen.queryByRole('tab')).toBeNull();
  await press('Chats at once of \u2068Mia\u2069');
  await fill('Chats at once of \u2068Mia\u2069', '2{Enter}');
  await screen.findByText(/was saved/, {}, seen);
});
