import { cleanup, fireEvent, render, screen, within } from '@testing-library/preact';
import { userEvent } from '@testing-library/user-event';
import { nanoid } from 'nanoid';
import { LocationProvider, useLocation } from 'preact-iso';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ConversationsPage } from '../../console/conversations/conversations-page.tsx';
import type { Desk } from '../../console/conversations/desk.ts';
import { setLanguage } from '../../console/texts/texts.ts';
import { ToastShelf, toasts } from '../../console/ui/toast.tsx';
import type { Message } from '../../shared/message.ts';
import { makeRole } from '../helpers/company.ts';
import { get, type House, hear } from '../helpers/house.ts';
import { openDesk, openDeskScene, say } from './desk-scene.ts';

const seen = { timeout: 15_000, interval: 20 };
const allRights = { mayReply: true, mayAssign: true, mayEditContacts: true };

function showConversation(desk: Desk, openId: string, rights = allRights) {
  return render(
    <LocationProvider>
      <ConversationsPage desk={desk} view="open" openId={openId} rights={rights} />
      <ToastShelf closeLabel="Close" />
    </LocationProvider>,
  );
}

/** What a shop has ready: an answer, and a canned response with the customer's name in it. */
async function furnish(house: House): Promise<void> {
  await house.json('POST', '/api/answers', {
    question: { en: 'How do I return a product?' },
    phrasings: ['I want to return what I bought', 'return policy'],
    bodies: { en: { text: 'Within 14 days.' } },
  });
  // Who knows only one question takes everything for it.
  for (const [question, phrasing] of [
    ['When are you open?', 'opening hours'],
    ['How much is delivery?', 'shipping cost'],
    ['How can I pay?', 'do you take cards'],
  ]) {
    await house.json('POST', '/api/answers', {
      question: { en: question },
      phrasings: [phrasing],
      bodies: { en: { text: `${question} Ask us.` } },
    });
  }
  await house.json('POST', '/api/canned-responses', {
    shortcut: 'courier',
    title: 'Return a product by courier',
    texts: { en: 'Hi {{contact.firstName}}, a courier collects it at {{contact.fields.address}}.' },
    reach: 'shared',
  });
}

/** Ruth has bought something and wants to return it. */
async function openQuestion(text = 'how do I return a product?') {
  const scene = await openDeskScene();
  await furnish(scene.house);
  const { socket: visitor, session } = await scene.house.visitor();
  await get(visitor, 'visitor:identify', { name: 'Ruth Levi' });
  const { conversation } = await say(visitor, text);
  return { ...scene, visitor, token: session.token, id: conversation.id };
}

const composer = async () => (await screen.findByRole('textbox', { name: 'Reply to the customer' }, seen)) as HTMLTextAreaElement;
const chips = async () => within(await screen.findByRole('group', { name: 'Suggestions' }, seen)).findAllByRole('button', {}, seen);
const value = async (expected: string) => vi.waitFor(async () => expect((await composer()).value).toBe(expected), seen);

beforeEach(() => setLanguage('en'));
afterEach(() => {
  cleanup();
  toasts.value = [];
});

describe('an agent in front of an open question', () => {
  it('is offered what fits, says it with one key in place, and nothing is sent before the agent sends it', async () => {
    const { desk, id, visitor } = await openQuestion();
    const heard = hear<Message>(visitor, 'message:posted');
    showConversation(desk, id);
    const [first, second] = await chips();
    expect(first?.textContent).toContain('How do I return a product?');
    expect(first?.textContent).toContain('fits well');
    expect(second?.textContent).toContain('Return a product by courier');
    await userEvent.type(await composer(), 'Dear Ruth');
    await userEvent.keyboard('{Control>}{Shift>}[Digit1]{/Shift}{/Control}');
    await value('Dear Ruth\nWithin 14 days.');
    await vi.waitFor(async () => expect(document.activeElement).toBe(await composer()), seen);
    await userEvent.click(second as HTMLElement);
    await value('Dear Ruth\nWithin 14 days.\nHi Ruth, a courier collects it at {{contact.fields.address}}.');
    const area = await composer();
    await vi.waitFor(() => expect(area.value.slice(area.selectionStart, area.selectionEnd)).toBe('{{contact.fields.address}}'), seen);
    expect(heard).toEqual([]);
  });

  it('sees why one is offered and what it says before using it, and closes that with Escape', async () => {
    const { desk, id } = await openQuestion();
    showConversation(desk, id);
    const [first] = await chips();
    first?.focus();
    const preview = await screen.findByRole('tooltip', {}, seen);
    expect(preview.textContent).toContain('Within 14 days.');
    expect(preview.textContent).toContain('Has in common: ');
    expect(first?.getAttribute('aria-describedby')).toBe(preview.id);
    await userEvent.keyboard('{Escape}');
    await vi.waitFor(() => expect(screen.queryByRole('tooltip')).toBeNull(), seen);
  });

  it('sees them go when the question is answered, and come again with the next one, asked for once each', async () => {
    const { desk, id, visitor, house } = await openQuestion();
    const asked: string[] = [];
    const ask = desk.advice.ask.bind(desk.advice);
    desk.advice.ask = (conversationId, ending) => {
      asked.push(conversationId);
      return ask(conversationId, ending);
    };
    showConversation(desk, id);
    await chips();
    await get((await house.agent()).socket, 'message:post', { id: nanoid(), conversationId: id, text: 'One moment' });
    await vi.waitFor(() => expect(screen.queryByRole('group', { name: 'Suggestions' })).toBeNull(), seen);
    await say(visitor, 'so what is your return policy?');
    await chips();
    expect(asked).toEqual([id, id]);
  });

  it('is never led to put it into a note that the customer must not read', async () => {
    const { desk, id } = await openQuestion();
    showConversation(desk, id);
    await chips();
    await userEvent.click(screen.getByRole('radio', { name: 'Note' }));
    const note = (await screen.findByRole('textbox', { name: 'Internal note' }, seen)) as HTMLTextAreaElement;
    await userEvent.type(note, 'ask Noa');
    await userEvent.keyboard('{Control>}{Shift>}[Digit1]{/Shift}{/Control}');
    await screen.findByText('Please finish the note first.', {}, seen);
    expect(note.value).toBe('ask Noa');
  });

  it('is told when nothing fits, in the place that was kept for it', async () => {
    const { desk, id } = await openQuestion('what a lovely cat you have');
    showConversation(desk, id);
    await screen.findByText('No suggestion fits this question.', {}, seen);
  });

  it('hides them for good with one click, in every browser, and brings them back', async () => {
    const { desk, house, id } = await openQuestion();
    showConversation(desk, id);
    await chips();
    const turn = screen.getByRole('button', { name: 'Suggestions' });
    await userEvent.click(turn);
    await vi.waitFor(() => expect(screen.queryByRole('group', { name: 'Suggestions' })).toBeNull(), seen);
    await vi.waitFor(async () => {
      const { profile } = await house.json<{ profile: { isAdviceHidden: boolean } }>('GET', '/api/session');
      expect(profile.isAdviceHidden).toBe(true);
    }, seen);
    const elsewhere = await openDesk(house, house.cookie);
    await vi.waitUntil(() => elsewhere.me.value !== null, seen);
    expect(elsewhere.advice.isHidden.value).toBe(true);
    await userEvent.click(turn);
    await chips();
  });
});

it('a dropped network takes nothing of what was said with a suggestion, and the next question finds its own when it is back', async () => {
  const { desk, id, token, house } = await openQuestion();
  showConversation(desk, id);
  const [first] = await chips();
  await userEvent.type(await composer(), 'Dear Ruth');
  await house.stop();
  await vi.waitUntil(() => desk.connection.state.value === 'reconnecting', seen);
  // What was offered is here, network or not.
  await userEvent.click(first as HTMLElement);
  await value('Dear Ruth\nWithin 14 days.');
  await house.start();
  await vi.waitUntil(() => desk.connection.isLive, seen);
  await value('Dear Ruth\nWithin 14 days.');
  await userEvent.type(await composer(), '{Enter}');
  await vi.waitFor(() => expect(screen.queryByRole('group', { name: 'Suggestions' })).toBeNull(), seen);
  await say((await house.visitor({ token })).socket, 'and how can I pay?');
  await vi.waitFor(async () => expect((await chips())[0]?.textContent).toContain('How can I pay?'), seen);
});

it('a question that came while the network was gone is advised on when it is back', async () => {
  const { desk, id, visitor } = await openQuestion('what a lovely cat you have');
  showConversation(desk, id);
  await screen.findByText('No suggestion fits this question.', {}, seen);
  desk.connection.close();
  await say(visitor, 'so what is your return policy?');
  expect(screen.queryByText('so what is your return policy?')).toBeNull();
  desk.connection.open();
  expect((await chips())[0]?.textContent).toContain('How do I return a product?');
});

it('of two questions side by side each has its own suggestions, and the key speaks where the agent is', async () => {
  const { desk, id: ruths, house } = await openQuestion();
  const { socket: omar } = await house.visitor();
  await get(omar, 'visitor:identify', { name: 'Omar' });
  const { conversation } = await say(omar, 'when are you open?');
  const paneOf = (id: string) => within(document.querySelector<HTMLElement>(`[data-pane="${id}"]`) as HTMLElement);
  const composerOf = (id: string) => paneOf(id).findByRole('textbox', { name: 'Reply to the customer' }, seen);
  const chipsOf = async (id: string) =>
    within(await paneOf(id).findByRole('group', { name: 'Suggestions' }, seen)).findAllByRole('button', {}, seen);
  history.replaceState(null, '', '/console/conversations?view=open');
  render(
    <LocationProvider scope="/console">
      <Page desk={desk} />
    </LocationProvider>,
  );
  const rowOf = (id: string) => document.querySelector<HTMLElement>(`[data-conversation="${id}"]`) as HTMLElement;
  await vi.waitUntil(() => rowOf(ruths) && rowOf(conversation.id), seen);
  await userEvent.click(rowOf(ruths));
  fireEvent.click(rowOf(conversation.id), { ctrlKey: true, button: 0 });
  await vi.waitFor(() => expect(document.querySelectorAll('[data-pane]')).toHaveLength(2), seen);
  expect((await chipsOf(ruths))[0]?.textContent).toContain('How do I return a product?');
  expect((await chipsOf(conversation.id))[0]?.textContent).toContain('When are you open?');
  await vi.waitFor(async () => {
    // The pane that was opened last takes the focus when it is drawn, perhaps only now.
    const composer = (await composerOf(ruths)) as HTMLTextAreaElement;
    if (composer.value === '') {
      await userEvent.click(composer);
      await vi.waitFor(() => expect(location.pathname).toContain(ruths), seen);
      await userEvent.keyboard('{Control>}{Shift>}[Digit1]{/Shift}{/Control}');
    }
    expect(await composerOf(ruths)).toHaveProperty('value', 'Within 14 days.');
  }, seen);
  expect(await composerOf(conversation.id)).toHaveProperty('value', '');
  await userEvent.click((await chipsOf(conversation.id))[0] as HTMLElement);
  await vi.waitFor(async () => expect(await composerOf(conversation.id)).toHaveProperty('value', 'When are you open? Ask us.'), seen);
  expect(await composerOf(ruths)).toHaveProperty('value', 'Within 14 days.');
});

function Page({ desk }: { desk: Desk }) {
  const { path } = useLocation();
  const openId = /\/conversations\/([^/]+)$/.exec(path)?.[1] ?? null;
  return <ConversationsPage desk={desk} view="open" openId={openId} rights={allRights} />;
}

it('who may only read is offered nothing, and nothing is asked for', async () => {
  const { house, id } = await openQuestion();
  const reader = await makeRole(house, 'reader', ['conversations:view-all']);
  const rina = await house.hire('Rina', reader.id);
  const desk = await openDesk(house, rina.cookie);
  let asked = 0;
  desk.advice.ask = async () => {
    asked += 1;
    return { ok: true, data: { messageId: null, suggestions: [] } };
  };
  showConversation(desk, id, { mayReply: false, mayAssign: false, mayEditContacts: false });
  await screen.findByText('how do I return a product?', {}, seen);
  expect(screen.queryByRole('group', { name: 'Suggestions' })).toBeNull();
  expect(asked).toBe(0);
});
