import { render, screen, within } from '@testing-library/preact';
import { userEvent } from '@testing-library/user-event';
import { nanoid } from 'nanoid';
import { LocationProvider } from 'preact-iso';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { ConversationsPage } from '../../console/conversations/conversations-page.tsx';
import type { Desk } from '../../console/conversations/desk.ts';
import { Http } from '../../console/http.ts';
import { SearchPage } from '../../console/search/search-page.tsx';
import { SessionState } from '../../console/session-state.ts';
import { Shell } from '../../console/shell/shell.tsx';
import { setLanguage } from '../../console/texts/texts.ts';
import type { Contact } from '../../shared/contact.ts';
import type { Pipeline } from '../../shared/opportunity.ts';
import type { SearchReply } from '../../shared/search.ts';
import { get, type House } from '../helpers/house.ts';
import { makeApiToken, openDeskScene, say } from './desk-scene.ts';

const seen = { timeout: 10_000, interval: 10 };

async function enter(house: House, desk: Desk) {
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
}

/** A customer who wrote, and whose words the index knows. */
async function writer(house: House, name: string, texts: string[]) {
  const { socket } = await house.visitor();
  await get(socket, 'visitor:identify', { name });
  const said = [];
  for (const text of texts) said.push(await say(socket, text));
  const [word = ''] = texts.at(-1)?.split(' ') ?? [];
  await vi.waitUntil(
    async () => (await house.json<SearchReply>('GET', `/api/search?kind=message&q=${encodeURIComponent(word)}`)).items.length > 0,
    { timeout: 10_000, interval: 100 },
  );
  return said[0]?.conversation.id as string;
}

const field = () => screen.findByRole('combobox', { name: 'Search' }, seen);
const active = async () => document.getElementById((await field()).getAttribute('aria-activedescendant') ?? '');

beforeEach(() => {
  setLanguage('en');
  localStorage.clear();
});

describe('an agent at the palette', () => {
  it('finds a message by a word with a prefix, walks to it with the arrows and opens it at its place', async () => {
    const { house, desk } = await openDeskScene();
    const conversationId = await writer(house, 'רות', ['שלום', 'מתי המשלוח יגיע?']);
    await enter(house, desk);
    await userEvent.keyboard('{Control>}k{/Control}');
    await userEvent.type(await field(), 'במשלוח');
    const group = await screen.findByRole('group', { name: /Messages/ }, seen);
    const option = within(group).getByRole('option', { name: /המשלוח/ });
    expect(option.querySelector('mark')?.textContent).toBe('המשלוח');
    await vi.waitFor(async () => expect((await active())?.textContent).toBe(option.textContent), seen);
    await userEvent.keyboard('{ArrowDown}');
    await vi.waitFor(async () => expect((await active())?.textContent).not.toBe(option.textContent), seen);
    await userEvent.keyboard('{ArrowUp}');
    await vi.waitFor(async () => expect((await active())?.textContent).toBe(option.textContent), seen);
    await userEvent.keyboard('{Enter}');
    expect(location.pathname + location.search).toBe(`/console/conversations/${conversationId}?view=open&message=2`);
    expect(screen.queryByRole('combobox')).toBeNull();
  });

  it('goes to a page or does what a key does, by a word of either language, and comes back to what was looked for', async () => {
    const { house, desk } = await openDeskScene();
    await enter(house, desk);
    await userEvent.keyboard('{Meta>}k{/Meta}');
    await userEvent.type(await field(), 'אבטחה');
    await vi.waitFor(async () => expect((await active())?.textContent).toContain('Security'), seen);
    await userEvent.keyboard('{Enter}');
    expect(location.pathname).toBe('/console/settings/security');
    await userEvent.keyboard('{Control>}k{/Control}');
    expect(await screen.findByRole('option', { name: 'אבטחה' }, seen)).toBeTruthy();
    await userEvent.type(await field(), 'nothing like this');
    await userEvent.keyboard('{Control>}{Enter}{/Control}');
    expect(location.pathname + location.search).toBe('/console/search?q=nothing+like+this');
  });

  it('finds what may be sold by a word of its note, and opens it', async () => {
    const { house, desk } = await openDeskScene();
    const conversationId = await writer(house, 'Ruth', ['Good morning']);
    const { contact } = await house.json<{ contact: Contact }>('GET', `/api/conversations/${conversationId}`);
    const stages = [{ id: nanoid(), name: 'Offer', probability: 50 }];
    const pipeline = await house.json<Pipeline>('POST', '/api/pipelines', { id: nanoid(), name: 'Sales', currency: 'ILS', stages });
    const card = { id: nanoid(), contactId: contact.id, pipelineId: pipeline.id, name: 'Roof garden', note: 'Wants a drip line' };
    await house.json('POST', '/api/opportunities', card);
    await enter(house, desk);
    await userEvent.keyboard('{Control>}k{/Control}');
    await userEvent.type(await field(), 'drip');
    const group = await screen.findByRole('group', { name: /Opportunities/ }, seen);
    await userEvent.click(within(group).getByRole('option', { name: 'Roof garden · Ruth' }));
    expect(location.pathname).toBe(`/console/opportunities/${card.id}`);
  });

  it('is told when nothing is found, and when the server cannot be reached', async () => {
    const { house, desk } = await openDeskScene();
    await enter(house, desk);
    await userEvent.keyboard('{Control>}k{/Control}');
    await userEvent.type(await field(), 'zzqqzz');
    const line = await screen.findByText('Nothing found', {}, seen);
    expect(line.getAttribute('role')).toBe('status');
    expect(line.className).not.toContain('visually-hidden');
    // The page with its filters may still know more.
    expect(screen.getAllByRole('option')).toHaveLength(1);
    expect(screen.getByRole('option', { name: /All results for .*zzqqzz/ })).toBeTruthy();
    await house.stop();
    await userEvent.type(await field(), 'y');
    await screen.findByText('The server cannot be reached. Search is back when it is.', {}, seen);
    await house.start();
  });
});

describe('an agent on the search page', () => {
  const show = (house: House, desk: Desk, address: string) => {
    history.replaceState(null, '', address);
    render(
      <LocationProvider scope="/console">
        <SearchPage http={desk.http} desk={desk} view="open" />
      </LocationProvider>,
    );
    return house;
  };

  it('sees what was found with its words marked, also after a slip, and narrows it by kind', async () => {
    const { house, desk } = await openDeskScene();
    await writer(house, 'Ruth', ['<b>Delivery</b> on Tuesday', 'delivery again']);
    show(house, desk, '/console/search?q=delivrey');
    await screen.findByText(/Nobody wrote/, {}, seen);
    const section = screen.getByRole('region', { name: 'Messages' });
    expect(within(section).getAllByRole('link')).toHaveLength(2);
    expect([...section.querySelectorAll('mark')].map((mark) => mark.textContent)).toEqual(['delivery', 'Delivery']);
    expect(section.querySelector('b')).toBeNull();
    await userEvent.selectOptions(screen.getByLabelText('What'), 'Customers');
    await vi.waitUntil(() => location.search.includes('kind=contact'), seen);
    await screen.findByText('Nothing found', {}, seen);
    await userEvent.click(screen.getByRole('button', { name: 'Clear filters' }));
    await screen.findByRole('region', { name: 'Messages' }, seen);
  });

  it('is offered to try again when the server was away', async () => {
    const { house, desk } = await openDeskScene();
    await writer(house, 'Ruth', ['delivery']);
    await house.stop();
    show(house, desk, '/console/search?q=delivery');
    await screen.findByText(/cannot be reached/, {}, seen);
    await house.start();
    await userEvent.click(screen.getByRole('button', { name: 'Try again' }));
    await screen.findByRole('region', { name: 'Messages' }, seen);
  });
});

describe('an agent in a conversation', () => {
  it('looks for a word there, goes from place to place, and comes back to where the search began', async () => {
    const { house, desk } = await openDeskScene();
    const conversationId = await writer(house, 'רות', ['עציץ גדול', 'תודה', 'העציצים הגיעו']);
    render(
      <LocationProvider>
        <ConversationsPage
          desk={desk}
          view="open"
          openId={conversationId}
          rights={{ mayReply: true, mayAssign: true, mayEditContacts: true }}
        />
      </LocationProvider>,
    );
    const button = await screen.findByRole('button', { name: 'Search in this conversation' }, seen);
    await userEvent.click(button);
    await userEvent.keyboard('עציץ');
    await screen.findByText(/1.* of .*2/, {}, seen);
    const marked = () => document.querySelector('[data-marked]')?.getAttribute('data-seq');
    await vi.waitFor(() => expect(marked()).toBe('3'), seen);
    await userEvent.keyboard('{Enter}');
    await vi.waitFor(
      () => expect([...document.querySelectorAll('[data-marked]')].map((row) => row.getAttribute('data-seq'))).toContain('1'),
      seen,
    );
    await userEvent.keyboard('{Escape}');
    expect(screen.queryByRole('search')).toBeNull();
    expect(document.activeElement).toBe(button);
  });
});
