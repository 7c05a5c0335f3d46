import { cleanup, render, screen, within } from '@testing-library/preact';
import { userEvent } from '@testing-library/user-event';
import { LocationProvider } from 'preact-iso';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Http } from '../../console/http.ts';
import { SessionState } from '../../console/session-state.ts';
import { SettingsPage } from '../../console/settings/settings-page.tsx';
import { EntrancePage } from '../../console/sign-in/entrance-page.tsx';
import { LinkPage } from '../../console/sign-in/link-page.tsx';
import { setLanguage } from '../../console/texts/texts.ts';
import { codeAt } from '../../server/agents/one-time-codes.ts';
import type { TwoFactorStart } from '../../shared/account-link.ts';
import type { Person, SignedInAgent } from '../../shared/agent.ts';
import type { Role } from '../../shared/role.ts';
import type { Team } from '../../shared/team.ts';
import { makeRole, makeTeam, writeIn } from '../helpers/company.ts';
import { type House, openHouse, PASSWORD } from '../helpers/house.ts';
import { makeApiToken, openDesk } from './desk-scene.ts';

const seen = { timeout: 10_000, interval: 10 };

async function open(section: string): Promise<House> {
  const house = await openHouse();
  await openIn(house, section);
  return house;
}

async function openIn(house: House, section: string): Promise<void> {
  const http = new Http({ serverUrl: house.url, apiToken: await makeApiToken(house) });
  const session = new SessionState(http);
  await session.check();
  render(<SettingsPage http={http} session={session} section={section} serverUrl="" />);
}

beforeEach(() => setLanguage('en'));

describe('an administrator', () => {
  it('invites somebody with a link, who comes in through it with a name and a password of their own', async () => {
    const house = await openHouse();
    await makeTeam(house, 'Sales');
    await openIn(house, 'people');
    await userEvent.click(await screen.findByRole('button', { name: 'Invite' }, seen));
    const dialog = screen.getByRole('dialog');
    await userEvent.type(within(dialog).getByLabelText('E-mail'), 'maya@shop.example');
    await userEvent.click(await within(dialog).findByLabelText('Sales', {}, seen));
    await userEvent.click(within(dialog).getByRole('button', { name: 'Make a link' }));
    const link = (await within(dialog).findByText(/console\/invitation#/, {}, seen)).textContent ?? '';
    await screen.findByText('maya@shop.example', {}, seen);
    cleanup();

    const http = new Http({ serverUrl: house.url });
    const session = new SessionState(http);
    render(
      <LocationProvider>
        <LinkPage http={http} session={session} kind="invitation" token={link.split('#')[1] ?? ''} />
      </LocationProvider>,
    );
    await userEvent.type(await screen.findByLabelText('Your name', {}, seen), 'מאיה');
    await userEvent.type(screen.getByLabelText('Password'), PASSWORD);
    await userEvent.click(screen.getByRole('button', { name: 'Join' }));
    await vi.waitFor(() => expect(session.agent.value?.name).toBe('מאיה'), seen);
    const { items } = await house.json<{ items: Person[] }>('GET', '/api/agents');
    expect(items.find(({ name }) => name === 'מאיה')).toMatchObject({ role: 'agent', teamIds: [expect.any(String)] });
  });

  it('deactivates somebody after being asked by name, and brings them back', async () => {
    const house = await openHouse();
    await house.hire('Noa');
    await openIn(house, 'people');
    await userEvent.click(await screen.findByRole('button', { name: /Edit .*Noa/ }, seen));
    await userEvent.click(screen.getByRole('button', { name: 'Deactivate…' }));
    await userEvent.click(screen.getByRole('button', { name: /Deactivate .*Noa/ }));
    await screen.findByText('Deactivated', {}, seen);
    await userEvent.click(screen.getByRole('button', { name: /Edit .*Noa/ }));
    await userEvent.click(screen.getByRole('button', { name: 'Reactivate' }));
    await vi.waitFor(() => expect(screen.queryByText('Deactivated')).toBeNull(), seen);
  });

  it('clicks a role together, and what includes what is clicked with it', async () => {
    const house = await open('roles');
    await userEvent.click(await screen.findByRole('checkbox', { name: 'Viewer: Reply' }, seen));
    await userEvent.click(screen.getByRole('checkbox', { name: 'Agent: See customer files' }));
    await vi.waitFor(async () => {
      const { items } = await house.json<{ items: Role[] }>('GET', '/api/roles');
      expect(items.find(({ id }) => id === 'viewer')?.permissions).toContain('conversations:reply');
      const agent = items.find(({ id }) => id === 'agent')?.permissions.filter((permission) => permission.startsWith('contacts'));
      expect(agent).toEqual([]);
    }, seen);
    const own = screen.getAllByRole('checkbox', { name: /^Administrator: (?!Needs)/ }) as HTMLInputElement[];
    expect(own.every((box) => box.checked && box.disabled)).toBe(true);
  });

  it('makes a team of people and takes it away again', async () => {
    const house = await open('teams');
    await screen.findByText('There are no teams yet.', {}, seen);
    await userEvent.click(screen.getByRole('button', { name: 'New team' }));
    await userEvent.type(screen.getByLabelText('Name of the team'), 'מכירות');
    await userEvent.click(screen.getByLabelText('Dana'));
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    await screen.findByText('מכירות', {}, seen);
    expect((await house.json<{ items: Team[] }>('GET', '/api/teams')).items[0]?.memberIds).toHaveLength(1);
    await userEvent.click(screen.getByRole('button', { name: /Edit .*מכירות/ }));
    await userEvent.click(screen.getByRole('button', { name: 'Delete the team…' }));
    await userEvent.click(screen.getByRole('button', { name: /Delete .*מכירות/ }));
    await screen.findByText('There are no teams yet.', {}, seen);
  });
});

it('somebody without the rights finds none of these screens', async () => {
  const house = await openHouse();
  const { cookie } = await house.hire('Yossi');
  const session = new SessionState(new Http({ serverUrl: house.url }));
  session.refresh(await house.json<SignedInAgent>('GET', '/api/session', undefined, { cookie }));
  render(<SettingsPage http={new Http({ serverUrl: house.url })} session={session} section="roles" serverUrl="" />);
  expect(screen.getAllByRole('link').map((link) => link.textContent)).toEqual(['Personal', 'Blocked', 'Security']);
});

it('an agent with a second factor is asked for the code after the password, and told when it is wrong', async () => {
  const house = await openHouse();
  const noa = await house.hire('Noa');
  const as = { cookie: noa.cookie };
  const { secret } = await house.json<TwoFactorStart>('POST', '/api/two-factor', undefined, as);
  const step = Math.floor(Date.now() / 30_000);
  await house.json('POST', '/api/two-factor/confirm', { code: codeAt(secret, step - 1) }, as);
  history.replaceState(null, '', '/console/');
  const http = new Http({ serverUrl: house.url });
  const session = new SessionState(http);
  render(
    <LocationProvider>
      <EntrancePage http={http} session={session} />
    </LocationProvider>,
  );
  await session.check();
  await userEvent.type(await screen.findByLabelText('E-mail', {}, seen), noa.email);
  await userEvent.type(screen.getByLabelText('Password'), PASSWORD);
  await userEvent.click(screen.getByRole('button', { name: 'Sign in' }));
  const code = await screen.findByLabelText('Code', {}, seen);
  expect(document.activeElement).toBe(code);
  await userEvent.type(code, '000000');
  await userEvent.click(screen.getByRole('button', { name: 'Sign in' }));
  await screen.findByText(/The code is not right/, {}, seen);
  await userEvent.clear(screen.getByLabelText('Code'));
  await userEvent.type(screen.getByLabelText('Code'), codeAt(secret, Math.floor(Date.now() / 30_000)));
  await userEvent.click(screen.getByRole('button', { name: 'Sign in' }));
  await vi.waitFor(() => expect(session.agent.value?.name).toBe('Noa'), seen);
});

it('a conversation given to another team vanishes from the desk, and an answer on its way does not bring it back', async () => {
  const house = await openHouse();
  const role = await makeRole(house, 'team', ['conversations:view-team', 'conversations:reply', 'conversations:assign']);
  const [sales, service] = [await makeTeam(house, 'Sales'), await makeTeam(house, 'Service')];
  const noa = await house.hire('Noa', role.id, [sales.id]);
  const { conversationId } = await writeIn(house, 'שלום');
  const desk = await openDesk(house, noa.cookie);
  await vi.waitFor(() => expect(desk.list.view('unassigned').value).toEqual([conversationId]), seen);
  expect(desk.colleagues.teams.value.map(({ name }) => name)).toEqual(['Sales', 'Service']);
  const conversation = desk.openConversation(conversationId);
  await vi.waitFor(() => expect(conversation.phase.value).toBe('open'), seen);
  const reply = await desk.assign(conversationId, { teamId: service.id });
  expect(reply).toMatchObject({ ok: true, data: { conversation: { teamId: service.id, lastMessage: null } } });
  await vi.waitFor(() => expect(desk.list.view('open').value).toEqual([]), seen);
  expect([conversation.phase.value, conversation.failure.value]).toEqual(['failed', 'not-found']);
});
