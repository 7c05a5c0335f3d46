import { cleanup, render, screen, within } from '@testing-library/preact';
import { userEvent } from '@testing-library/user-event';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Http } from '../../console/http.ts';
import { SessionState } from '../../console/session-state.ts';
import { SettingsPage } from '../../console/settings/settings-page.tsx';
import { setLanguage } from '../../console/texts/texts.ts';
import type { Agent, AgentSession } from '../../shared/agent.ts';
import type { Inbox } from '../../shared/inbox.ts';
import { cookieOf, type House, openHouse, PASSWORD } from '../helpers/house.ts';
import { makeApiToken } from './desk-scene.ts';

const seen = { timeout: 10_000, interval: 10 };

async function openInstallation(): Promise<{ house: House }> {
  const opened = await open('inbox');
  await userEvent.click(await screen.findByRole('tab', { name: 'Install' }, seen));
  return opened;
}

async function open(section: string): Promise<{ house: House }> {
  const house = await openHouse();
  const http = new Http({ serverUrl: house.url, apiToken: await makeApiToken(house) });
  const session = new SessionState(http);
  await session.check();
  render(<SettingsPage http={http} session={session} section={section} serverUrl="https://chat.shop.example" />);
  return { house };
}

beforeEach(() => setLanguage('en'));

describe('an administrator', () => {
  it('copies the line for the site and is told plainly that any site may use it', async () => {
    const { house } = await openInstallation();
    await screen.findByText(`<script async src="https://chat.shop.example/widget.js" data-inbox="${house.inbox.key}"></script>`, {}, seen);
    expect(screen.getByText(/any site may use this widget/)).toBeTruthy();
  });

  it('names the sites that may use the widget', async () => {
    const { house } = await openInstallation();
    await userEvent.type(
      await screen.findByLabelText('Allowed sites, one a line', {}, seen),
      'https://shop.example{Enter}https://www.shop.example/',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    await vi.waitFor(() => expect(screen.queryByText(/any site may use this widget/)).toBeNull(), seen);
    const { items } = await house.json<{ items: Inbox[] }>('GET', '/api/inboxes');
    expect(items[0]?.allowedOrigins).toEqual(['https://shop.example', 'https://www.shop.example']);
  });

  it('is told which address of a site is wrong, and nothing is saved', async () => {
    const { house } = await openInstallation();
    await userEvent.type(
      await screen.findByLabelText('Allowed sites, one a line', {}, seen),
      'https://shop.example{Enter}shop.example/page',
    );
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    await screen.findByText(/shop\.example\/page.* is not the address of a site/, {}, seen);
    const { items } = await house.json<{ items: Inbox[] }>('GET', '/api/inboxes');
    expect(items[0]?.allowedOrigins).toEqual([]);
  });

  it('sees the identity secret only on request', async () => {
    const { house } = await openInstallation();
    const show = await screen.findByRole('button', { name: 'Show' }, seen);
    expect(screen.queryByText(house.inbox.identitySecret)).toBeNull();
    await userEvent.click(show);
    expect(screen.getByText(house.inbox.identitySecret)).toBeTruthy();
  });

  it('makes an account for a colleague, who can sign in with it', async () => {
    const { house } = await open('people');
    await userEvent.click(await screen.findByRole('button', { name: 'Add a person' }, seen));
    const dialog = screen.getByRole('dialog');
    await userEvent.type(within(dialog).getByLabelText('Name'), 'Maya');
    await userEvent.type(within(dialog).getByLabelText('E-mail'), 'maya@shop.example');
    const password = (within(dialog).getByLabelText('Password') as HTMLInputElement).value;
    expect(password.length).toBeGreaterThanOrEqual(16);
    await userEvent.click(within(dialog).getByRole('button', { name: 'Create account' }));
    await screen.findByText('Maya', {}, seen);
    const response = await house.call('POST', '/api/session', { email: 'maya@shop.example', password }, { cookie: '' });
    expect(((await response.json()) as Agent).role).toBe('agent');
  });

  it('is told that an e-mail address is taken', async () => {
    await open('people');
    await userEvent.click(await screen.findByRole('button', { name: 'Add a person' }, seen));
    const dialog = screen.getByRole('dialog');
    await userEvent.type(within(dialog).getByLabelText('Name'), 'Dana');
    await userEvent.type(within(dialog).getByLabelText('E-mail'), 'dana@shop.example');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Create account' }));
    await within(dialog).findByText('Somebody with this e-mail address is here already.', {}, seen);
  });

  it('ends a session in another browser', async () => {
    const { house } = await open('security');
    const userAgent = 'Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36';
    cleanup();
    const signedIn = await house.call(
      'POST',
      '/api/session',
      { email: 'dana@shop.example', password: PASSWORD },
      { 'User-Agent': userAgent },
    );
    const cookie = cookieOf(signedIn);
    const http = new Http({ serverUrl: house.url, apiToken: await makeApiToken(house) });
    const session = new SessionState(http);
    await session.check();
    render(<SettingsPage http={http} session={session} section="security" serverUrl="" />);
    const row = (await screen.findByText('Chrome · Windows', {}, seen)).closest('li') as HTMLElement;
    await userEvent.click(within(row).getByRole('button', { name: 'Sign out' }));
    await vi.waitFor(() => expect(screen.queryByText('Chrome · Windows')).toBeNull(), seen);
    expect((await house.call('GET', '/api/session', undefined, { cookie })).status).toBe(401);
    const { items } = await house.json<{ items: AgentSession[] }>('GET', '/api/sessions');
    expect(items).toHaveLength(1);
  });

  it('makes a token that works, sees it once, and revokes it by name', async () => {
    const { house } = await open('security');
    await userEvent.type(await screen.findByLabelText('What is it for?', {}, seen), 'The till');
    await userEvent.click(screen.getByRole('button', { name: 'Create token' }));
    const shown = await screen.findByText(/not shown again/, {}, seen);
    const token = shown.parentElement?.querySelector('code')?.textContent ?? '';
    const headers = { cookie: '', Authorization: `Bearer ${token}` };
    expect((await house.call('GET', '/api/session', undefined, headers)).status).toBe(200);
    const row = (await screen.findByText('The till', { selector: 'li *' }, seen)).closest('li') as HTMLElement;
    await userEvent.click(within(row).getByRole('button', { name: 'Revoke' }));
    const dialog = screen.getByRole('dialog', { name: /Revoke .*The till/ });
    await userEvent.click(within(dialog).getByRole('button', { name: 'Revoke' }));
    await vi.waitFor(() => expect(screen.queryByText('The till', { selector: 'li *' })).toBeNull(), seen);
    expect((await house.call('GET', '/api/session', undefined, headers)).status).toBe(401);
  });

  it('makes a token that may do a part of what it may itself, for a month', async () => {
    const { house } = await open('security');
    await userEvent.type(await screen.findByLabelText('What is it for?', {}, seen), 'The till');
    await userEvent.selectOptions(screen.getByLabelText('How long'), '30');
    await userEvent.selectOptions(screen.getByLabelText('What it may do'), 'some');
    expect(screen.getByRole<HTMLButtonElement>('button', { name: 'Create token' }).disabled).toBe(true);
    await userEvent.click(screen.getByLabelText('See customer files'));
    await userEvent.click(screen.getByRole('button', { name: 'Create token' }));
    const shown = await screen.findByText(/not shown again/, {}, seen);
    const token = shown.parentElement?.querySelector('code')?.textContent ?? '';
    const headers = { cookie: '', Authorization: `Bearer ${token}` };
    expect((await house.call('GET', '/api/contacts', undefined, headers)).status).toBe(200);
    expect((await house.call('GET', '/api/conversations', undefined, headers)).status).toBe(403);
    const row = (await screen.findByText('The till', { selector: 'li *' }, seen)).closest('li') as HTMLElement;
    expect(row.textContent).toContain('one permission');
    expect(row.textContent).toContain('until');
  });
});

describe('an agent without an administrator’s rights', () => {
  it('finds neither the widget’s settings nor tokens nor a way to add people', async () => {
    const house = await openHouse();
    const { cookie } = await house.hire('Yossi');
    const http = new Http({ serverUrl: house.url });
    const session = new SessionState(http);
    session.refresh(await house.json('GET', '/api/session', undefined, { cookie }));
    render(<SettingsPage http={http} session={session} section="inbox" serverUrl="" />);
    expect(screen.queryByRole('link', { name: 'Widget' })).toBeNull();
    expect(screen.getByRole('heading', { name: 'Appearance' })).toBeTruthy();
  });
});

describe('whoever changes the language', () => {
  it('sees the whole page in it at once', async () => {
    await open('personal');
    await userEvent.click(screen.getByRole('radio', { name: 'עברית' }));
    expect(screen.getByRole('heading', { name: 'הגדרות' })).toBeTruthy();
    expect(document.documentElement.dir).toBe('rtl');
    await userEvent.click(screen.getByRole('radio', { name: 'English' }));
    expect(screen.getByRole('heading', { name: 'Settings' })).toBeTruthy();
  });

  it('can have it dark', async () => {
    await open('personal');
    await userEvent.click(screen.getByRole('radio', { name: 'Dark' }));
    expect(document.documentElement.dataset.theme).toBe('dark');
    await userEvent.click(screen.getByRole('radio', { name: 'Automatic' }));
    expect(document.documentElement.dataset.theme).toBeUndefined();
  });
});
