import { cleanup, render, screen, within } from '@testing-library/preact';
import { userEvent } from '@testing-library/user-event';
import { LocationProvider } from 'preact-iso';
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import type { Desk } from '../../console/conversations/desk.ts';
import { openTransfer } from '../../console/conversations/transfer-request.ts';
import { Http } from '../../console/http.ts';
import { SessionState } from '../../console/session-state.ts';
import { Shell } from '../../console/shell/shell.tsx';
import { setLanguage } from '../../console/texts/texts.ts';
import { showToast, toasts } from '../../console/ui/toast.tsx';
import { get, type House } from '../helpers/house.ts';
import { makeApiToken, openDesk, openDeskScene, say } from './desk-scene.ts';

const seen = { timeout: 10_000, interval: 10 };

async function enter(house: House, desk: Desk): Promise<SessionState> {
  const session = new SessionState(new Http({ serverUrl: house.url, apiToken: await makeApiToken(house) }));
  await session.check();
  await vi.waitUntil(() => desk.connection.state.value === 'live', seen);
  history.replaceState(null, '', '/console/conversations?view=open');
  render(
    <LocationProvider scope="/console">
      <Shell desk={desk} session={session} view="open">
        <main />
      </Shell>
    </LocationProvider>,
  );
  return session;
}

const openId = () => /conversations\/([^?]+)/.exec(location.href)?.[1];

beforeEach(() => setLanguage('en'));
afterEach(() => {
  cleanup();
  toasts.value = [];
});

describe('an agent in the console', () => {
  it('walks through the conversations with one hand, and resolves the open one', async () => {
    const { house, desk } = await openDeskScene();
    const { conversation: first } = await say((await house.visitor()).socket, 'first');
    const { conversation: second } = await say((await house.visitor()).socket, 'second');
    await enter(house, desk);
    await vi.waitUntil(() => desk.list.view('open').value.length === 2, seen);
    await userEvent.keyboard('j');
    expect(openId()).toBe(first.id);
    await userEvent.keyboard('j');
    expect(openId()).toBe(second.id);
    await userEvent.keyboard('k');
    expect(openId()).toBe(first.id);
    await userEvent.keyboard('e');
    await vi.waitUntil(() => desk.list.summaries.value.get(first.id)?.status === 'resolved', seen);
  });

  it('begins a note with one key', async () => {
    const { house, desk } = await openDeskScene();
    const { conversation } = await say((await house.visitor()).socket, 'hello');
    await enter(house, desk);
    await vi.waitUntil(() => desk.list.view('open').value.length === 1, seen);
    await userEvent.keyboard('jn');
    expect(desk.drafts.of(conversation.id).value.visibility).toBe('internal');
    await userEvent.keyboard('r');
    expect(desk.drafts.of(conversation.id).value.visibility).toBe('public');
  });

  it('reads every shortcut under the question mark', async () => {
    const { house, desk } = await openDeskScene();
    await enter(house, desk);
    await userEvent.keyboard('?');
    const dialog = await screen.findByRole('dialog', { name: 'Keyboard shortcuts' }, seen);
    for (const text of ['Next conversation', 'Write a note', 'Resolve', 'Leave the composer'])
      expect(within(dialog).getByText(text)).toBeTruthy();
    await userEvent.click(within(dialog).getByRole('button', { name: 'Close' }));
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('sees in the tab’s title how much is unread', async () => {
    const { house, desk } = await openDeskScene();
    await enter(house, desk);
    expect(document.title).toBe('Conversations · Kesher');
    await say((await house.visitor()).socket, 'hello');
    await vi.waitFor(() => expect(document.title).toBe('(1) Conversations · Kesher'), seen);
  });

  it('is told calmly that the connection is lost and what waits, until it is back', async () => {
    const { house, desk } = await openDeskScene();
    const { conversation } = await say((await house.visitor()).socket, 'hello');
    await enter(house, desk);
    expect(screen.queryByText(/Reconnecting/)).toBeNull();
    await house.stop();
    await screen.findByText(/Reconnecting/, {}, seen);
    desk.send(conversation.id, 'kept');
    await screen.findByText(/1 message waits to be sent/, {}, seen);
    await house.start();
    await vi.waitFor(() => expect(screen.queryByText(/Reconnecting/)).toBeNull(), seen);
  });

  it('goes away for a while, and colleagues are told', async () => {
    const { house, desk } = await openDeskScene();
    await enter(house, desk);
    await userEvent.click(screen.getByRole('button', { name: /Dana/ }));
    await userEvent.click(await screen.findByRole('menuitemradio', { name: 'Away' }, seen));
    await vi.waitUntil(() => desk.colleagues.agents.value.get(desk.agentId)?.availability === 'away', seen);
    await screen.findByRole('button', { name: /Dana.*Away/ }, seen);
  });

  it('leaves nothing on the screen for whoever signs in next at this browser', async () => {
    const { house, desk } = await openDeskScene();
    const { conversation } = await say((await house.visitor()).socket, 'hello');
    await enter(house, desk);
    await vi.waitUntil(() => desk.list.summaries.value.has(conversation.id), seen);
    openTransfer(conversation.id);
    await screen.findByRole('dialog', { name: /^Hand over/ }, seen);
    showToast({ text: 'Resolved.', action: { label: 'Undo', run: () => undefined } });
    await screen.findByText('Resolved.', {}, seen);
    cleanup();
    const next = await openDesk(house, (await house.hire('Noa')).cookie);
    await vi.waitUntil(() => next.list.summaries.value.has(conversation.id), seen);
    await enter(house, next);
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(screen.queryByText('Resolved.')).toBeNull();
    // The dialog that was fetched before would stand there by now.
    openTransfer(conversation.id);
    await screen.findByRole('dialog', { name: /^Hand over/ }, seen);
  });

  it('is told who was quicker in handing over, keeps the note, and hands over all the same', async () => {
    const { house, desk } = await openDeskScene();
    const [noa, lior] = [await house.hire('Noa'), await house.hire('Lior')];
    const { conversation } = await say((await house.visitor()).socket, 'hello');
    await enter(house, desk);
    const summary = () => desk.list.summaries.value.get(conversation.id);
    await vi.waitUntil(() => summary() && desk.colleagues.agents.value.has(lior.id), seen);
    const openDialog = async () => {
      openTransfer(conversation.id);
      return within(await screen.findByRole('dialog', { name: /^Hand over/ }, seen));
    };
    await userEvent.type((await openDialog()).getByRole('textbox', { name: /^Note/ }), 'Paid twice');
    await userEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    const dialog = await openDialog();
    expect(dialog.getByRole('textbox', { name: /^Note/ })).toHaveProperty('value', 'Paid twice');
    await userEvent.click(dialog.getByRole('radio', { name: /Lior/ }));
    await get((await house.agent()).socket, 'conversation:assign', { conversationId: conversation.id, agentId: noa.id });
    await vi.waitUntil(() => summary()?.assigneeId === noa.id, seen);
    await userEvent.click(dialog.getByRole('button', { name: 'Hand over' }));
    expect((await dialog.findByRole('alert', {}, seen)).textContent).toMatch(/.?Noa.? has this conversation now/);
    expect(dialog.queryByRole('radio', { name: /Noa/ })).toBeNull();
    await userEvent.click(dialog.getByRole('button', { name: 'Hand over' }));
    await vi.waitUntil(() => summary()?.assigneeId === lior.id, seen);
    await vi.waitUntil(() => screen.queryByRole('dialog') === null, seen);
    const { items } = await house.json<{ items: { text: string }[] }>('GET', `/api/conversations/${conversation.id}/messages`);
    expect(items.filter(({ text }) => text === 'Paid twice')).toHaveLength(1);
    expect((await openDialog()).getByRole('textbox', { name: /^Note/ })).toHaveProperty('value', '');
  });

  it('comes back after many have written and finds one notice about them all, and one for each where they are few', async () => {
    const shown: string[] = [];
    class BrowserNotice {
      static permission = 'granted';
      constructor(title: string) {
        shown.push(title);
      }
    }
    vi.stubGlobal('Notification', BrowserNotice);
    onTestFinished(() => void vi.unstubAllGlobals());
    const { house, desk } = await openDeskScene();
    const wish = { sound: false, desktop: true, badge: true };
    const notifications = { mine: wish, waiting: wish, assigned: wish, mentioned: wish, called: wish, isQuietWhileAway: false };
    await house.json('PATCH', '/api/profile', { notifications });
    await enter(house, desk);
    const comeBackAfter = async (count: number) => {
      desk.connection.close();
      for (let at = 0; at < count; at += 1) await say((await house.visitor()).socket, 'hello');
      desk.connection.open();
      await vi.waitFor(() => expect(shown).not.toEqual([]), seen);
      return shown.splice(0);
    };
    expect(await comeBackAfter(1)).toEqual([expect.stringContaining('is waiting')]);
    expect(await comeBackAfter(5)).toEqual(['News in 5 conversations']);
    expect(await comeBackAfter(3)).toHaveLength(3);
  });

  it('is asked before leaving unsent messages behind', async () => {
    const { house, desk } = await openDeskScene();
    const { conversation } = await say((await house.visitor()).socket, 'hello');
    const session = await enter(house, desk);
    desk.connection.close();
    desk.send(conversation.id, 'not yet');
    await userEvent.click(screen.getByRole('button', { name: /Dana/ }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Sign out' }, seen));
    const dialog = await screen.findByRole('dialog', { name: '1 message is not sent yet' }, seen);
    await userEvent.click(within(dialog).getByRole('button', { name: 'Stay' }));
    expect(session.phase.value).toBe('signed-in');
    expect(desk.courier.pending.value).toHaveLength(1);
  });
});
