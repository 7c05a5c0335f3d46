import { cleanup, fireEvent, render, screen, within } from '@testing-library/preact';
import { userEvent } from '@testing-library/user-event';
import { LocationProvider, useLocation } from 'preact-iso';
import type { Socket } from 'socket.io-client';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ConversationsPage } from '../../console/conversations/conversations-page.tsx';
import type { Desk } from '../../console/conversations/desk.ts';
import { setLanguage } from '../../console/texts/texts.ts';
import { ToastShelf, toasts } from '../../console/ui/toast.tsx';
import { makeRole, makeTeam } from '../helpers/company.ts';
import { get, type House } from '../helpers/house.ts';
import { openDesk, openDeskScene, say } from './desk-scene.ts';

const seen = { timeout: 10_000, interval: 10 };
const rights = { mayReply: true, mayAssign: true, mayEditContacts: true };

function Page({ desk }: { desk: Desk }) {
  const { path } = useLocation();
  const openId = /\/conversations\/([^/]+)$/.exec(path)?.[1] ?? null;
  return <ConversationsPage desk={desk} view="open" openId={openId} rights={rights} />;
}

function showConsole(desk: Desk) {
  history.replaceState(null, '', '/console/conversations?view=open');
  render(
    <LocationProvider scope="/console">
      <Page desk={desk} />
      <ToastShelf closeLabel="Close" />
    </LocationProvider>,
  );
}

interface Customer {
  id: string;
  socket: Socket;
}

/** Customers with these names, who wait in this order. */
async function write(house: House, names: readonly string[]) {
  const customers: Customer[] = [];
  for (const name of names) {
    const { socket } = await house.visitor();
    await get(socket, 'visitor:identify', { name });
    const { conversation } = await say(socket, `I am ${name}`);
    customers.push({ id: conversation.id, socket });
  }
  return customers as [Customer, Customer, Customer];
}

const panes = () => [...document.querySelectorAll<HTMLElement>('[data-pane]')];
const paneOf = (id: string) => document.querySelector<HTMLElement>(`[data-pane="${id}"]`) as HTMLElement;
const rowOf = (id: string) => document.querySelector<HTMLElement>(`[data-conversation="${id}"]`) as HTMLElement;
const beside = (id: string) => fireEvent.click(rowOf(id), { ctrlKey: true, button: 0 });

beforeEach(() => setLanguage('en'));
afterEach(() => {
  cleanup();
  toasts.value = [];
});

describe('an agent with several conversations side by side', () => {
  it('opens one beside the other, answers each in its own composer, and neither loses what is begun', async () => {
    const { house, desk } = await openDeskScene();
    const [ruth, omar] = await write(house, ['Ruth', 'Omar']);
    showConsole(desk);
    await vi.waitUntil(() => rowOf(omar.id), seen);
    await userEvent.click(rowOf(ruth.id));
    beside(omar.id);
    await vi.waitFor(() => expect(panes().map(({ dataset }) => dataset.pane)).toEqual([ruth.id, omar.id]), seen);
    const composer = async (id: string) => within(paneOf(id)).findByRole('textbox', { name: 'Reply to the customer' }, seen);
    await userEvent.type(await composer(ruth.id), 'Hello Ru');
    await userEvent.type(await composer(omar.id), 'Hello Omar{Enter}');
    await within(paneOf(omar.id)).findByText('Hello Omar', {}, seen);
    expect(await composer(ruth.id)).toHaveProperty('value', 'Hello Ru');
    expect(within(paneOf(ruth.id)).queryByText('Hello Omar')).toBeNull();
    expect(location.pathname).toBe(`/console/conversations/${omar.id}`);
    await userEvent.click(await composer(ruth.id));
    await vi.waitFor(() => expect(location.pathname).toBe(`/console/conversations/${ruth.id}`), seen);
  });

  it('keeps one open by its pin, and closes what is done', async () => {
    const { house, desk } = await openDeskScene();
    const [ruth, omar, noa] = await write(house, ['Ruth', 'Omar', 'Noa']);
    showConsole(desk);
    await vi.waitUntil(() => rowOf(noa.id), seen);
    await userEvent.click(rowOf(ruth.id));
    await userEvent.click(screen.getByRole('button', { name: /Keep the conversation with .?Ruth.? open/ }));
    await userEvent.click(rowOf(omar.id));
    await vi.waitFor(() => expect(panes().map(({ dataset }) => dataset.pane)).toEqual([ruth.id, omar.id]), seen);
    await userEvent.click(rowOf(noa.id));
    await vi.waitFor(() => expect(panes().map(({ dataset }) => dataset.pane)).toEqual([ruth.id, noa.id]), seen);
    await userEvent.click(within(paneOf(noa.id)).getByRole('button', { name: 'Close the conversation' }));
    await vi.waitFor(() => expect(panes().map(({ dataset }) => dataset.pane)).toEqual([ruth.id]), seen);
    expect(location.pathname).toBe(`/console/conversations/${ruth.id}`);
    expect(within(paneOf(ruth.id)).getByRole('button', { name: 'Keep open' }).getAttribute('aria-pressed')).toBe('true');
  });

  it('reads only what stands in focus: the other one stays unread until it is gone to', async () => {
    const { house, desk } = await openDeskScene();
    const [ruth, omar] = await write(house, ['Ruth', 'Omar']);
    vi.spyOn(document, 'hasFocus').mockReturnValue(true);
    showConsole(desk);
    await vi.waitUntil(() => rowOf(omar.id), seen);
    await userEvent.click(rowOf(ruth.id));
    const unreadOf = (id: string) => desk.list.summaries.value.get(id)?.unread;
    await vi.waitFor(() => expect(unreadOf(ruth.id)).toBe(0), seen);
    beside(omar.id);
    await vi.waitFor(() => expect(unreadOf(omar.id)).toBe(0), seen);
    await say(ruth.socket, 'Still there?');
    await within(paneOf(ruth.id)).findByText('1 unread message', {}, seen);
    expect(unreadOf(ruth.id)).toBe(1);
    await userEvent.click(await within(paneOf(ruth.id)).findByRole('textbox', {}, seen));
    await vi.waitFor(() => expect(unreadOf(ruth.id)).toBe(0), seen);
  });

  it('is told when one of them went to another team, and goes on with the rest', async () => {
    const { house } = await openDeskScene();
    const own = await makeRole(house, 'own', ['conversations:view-own', 'conversations:view-queue', 'conversations:reply']);
    const service = await makeTeam(house, 'Service');
    const desk = await openDesk(house, (await house.hire('Yossi', own.id)).cookie);
    const [ruth, omar] = await write(house, ['Ruth', 'Omar']);
    showConsole(desk);
    await vi.waitUntil(() => rowOf(omar.id), seen);
    await userEvent.click(rowOf(ruth.id));
    beside(omar.id);
    await vi.waitFor(() => expect(panes()).toHaveLength(2), seen);
    const composer = await within(paneOf(omar.id)).findByRole('textbox', {}, seen);
    await userEvent.type(composer, 'Hello');
    await get((await house.agent()).socket, 'conversation:assign', { conversationId: ruth.id, teamId: service.id });
    await screen.findByText(/The conversation with .?Ruth.? went to somebody else/, {}, seen);
    await vi.waitFor(() => expect(panes().map(({ dataset }) => dataset.pane)).toEqual([omar.id]), seen);
    expect(document.activeElement).toBe(composer);
    expect(composer).toHaveProperty('value', 'Hello');
  });
});
