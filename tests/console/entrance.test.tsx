import { render, screen } from '@testing-library/preact';
import { userEvent } from '@testing-library/user-event';
import { LocationProvider } from 'preact-iso';
import { describe, expect, it, vi } from 'vitest';
import { Http } from '../../console/http.ts';
import { SessionState } from '../../console/session-state.ts';
import { EntrancePage } from '../../console/sign-in/entrance-page.tsx';
import { setLanguage } from '../../console/texts/texts.ts';
import { openEmptyHouse, openHouse, PASSWORD } from '../helpers/house.ts';

const seen = { timeout: 10_000, interval: 10 };

async function comeTo(serverUrl: string, address = '/console/'): Promise<SessionState> {
  history.replaceState(null, '', address);
  const http = new Http({ serverUrl });
  const session = new SessionState(http);
  render(
    <LocationProvider>
      <EntrancePage http={http} session={session} />
    </LocationProvider>,
  );
  await session.check();
  return session;
}

describe.each([
  ['he', 'דוא״ל', 'סיסמה', 'כניסה', 'הדוא״ל או הסיסמה אינם נכונים.'],
  ['en', 'E-mail', 'Password', 'Sign in', 'E-mail or password is not right.'],
] as const)('an agent at the door, in %s', (language, email, password, submit, wrong) => {
  it('signs in', async () => {
    setLanguage(language);
    const house = await openHouse();
    const session = await comeTo(house.url);
    await userEvent.type(await screen.findByLabelText(email, {}, seen), 'Dana@shop.example ');
    await userEvent.type(screen.getByLabelText(password), PASSWORD);
    await userEvent.click(screen.getByRole('button', { name: submit }));
    await vi.waitUntil(() => session.phase.value === 'signed-in', seen);
    expect(session.agent.value).toMatchObject({ name: 'Dana', business: 'חנות העציצים' });
    expect(session.may('agents:manage')).toBe(true);
  });

  it('is told that the password is wrong, and keeps what was filled in', async () => {
    setLanguage(language);
    const house = await openHouse();
    const session = await comeTo(house.url);
    await userEvent.type(await screen.findByLabelText(email, {}, seen), 'dana@shop.example');
    await userEvent.type(screen.getByLabelText(password), 'wrong');
    await userEvent.click(screen.getByRole('button', { name: submit }));
    expect((await screen.findByRole('alert', {}, seen)).textContent).toContain(wrong);
    expect(screen.getByLabelText(email)).toHaveProperty('value', 'dana@shop.example');
    expect(session.phase.value).toBe('signed-out');
  });
});

describe('somebody at the door', () => {
  it('sets Kesher up from the printed link and is inside', async () => {
    setLanguage('en');
    const house = await openEmptyHouse();
    const session = await comeTo(house.url, `/console/setup?code=${house.server.setupCode}`);
    await userEvent.type(await screen.findByLabelText('Name of the business', {}, seen), 'Flower shop');
    await userEvent.type(screen.getByLabelText('Your name'), 'Noa');
    await userEvent.type(screen.getByLabelText('E-mail'), 'noa@shop.example');
    await userEvent.type(screen.getByLabelText('Password'), PASSWORD);
    await userEvent.click(screen.getByRole('button', { name: 'Create and enter' }));
    await vi.waitUntil(() => session.phase.value === 'signed-in', seen);
    expect(session.agent.value).toMatchObject({ name: 'Noa', role: 'administrator', business: 'Flower shop' });
  });

  it('is told that the setup code is wrong', async () => {
    setLanguage('en');
    const house = await openEmptyHouse();
    await comeTo(house.url, '/console/setup?code=not-the-code');
    await userEvent.type(await screen.findByLabelText('Name of the business', {}, seen), 'Flower shop');
    await userEvent.type(screen.getByLabelText('Your name'), 'Noa');
    await userEvent.type(screen.getByLabelText('E-mail'), 'noa@shop.example');
    await userEvent.type(screen.getByLabelText('Password'), PASSWORD);
    await userEvent.click(screen.getByRole('button', { name: 'Create and enter' }));
    expect((await screen.findByRole('alert', {}, seen)).textContent).toContain('setup code is not right');
  });

  it('is told that the server cannot be reached, and is let on when it can', async () => {
    setLanguage('en');
    const house = await openHouse();
    await house.stop();
    await comeTo(house.url);
    await screen.findByText('The server cannot be reached', {}, seen);
    await house.start();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await screen.findByRole('button', { name: 'Sign in' }, seen);
  });

  it('hears that the session has ended and that nothing is lost', async () => {
    setLanguage('en');
    const house = await openHouse();
    const session = await comeTo(house.url);
    await session.signIn({ email: 'dana@shop.example', password: PASSWORD });
    session.end();
    expect(await screen.findByText(/Your session has ended/, {}, seen)).toBeTruthy();
  });
});
