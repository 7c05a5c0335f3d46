import { cleanup, render, screen, within } from '@testing-library/preact';
import { userEvent } from '@testing-library/user-event';
import { nanoid } from 'nanoid';
import { LocationProvider } from 'preact-iso';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ConversationsPage } from '../../console/conversations/conversations-page.tsx';
import type { Desk } from '../../console/conversations/desk.ts';
import { showNotResolved } from '../../console/conversations/desk-actions.ts';
import { setLanguage } from '../../console/texts/texts.ts';
import { ToastShelf, toasts } from '../../console/ui/toast.tsx';
import type { Message } from '../../shared/message.ts';
import { get, type House, hear } from '../helpers/house.ts';
import { openDesk, openDeskScene, say } from './desk-scene.ts';

const seen = { timeout: 10_000, interval: 10 };
const allRights = { mayReply: true, mayAssign: true, mayEditContacts: true };

function showConversation(desk: Desk, openId: string, rights = allRights) {
  return render(
    <LocationProvider>
      <ConversationsPage desk={desk} view="open" openId={openId} rights={rights} />
      <ToastShelf closeLabel="Close" />
    </LocationProvider>,
  );
}

async function answerAs(house: House, cookie: string, conversationId: string, text: string): Promise<void> {
  await get((await house.agent(cookie)).socket, 'message:post', { id: nanoid(), conversationId, text });
}

const composer = () => screen.findByRole('textbox', { name: 'Reply to the customer' }, seen);
const messagesShown = () => [...document.querySelectorAll('[data-message]')].map((row) => row.querySelector('[dir="auto"]')?.textContent);

beforeEach(() => setLanguage('en'));
afterEach(() => {
  cleanup();
  toasts.value = [];
});

describe('an agent in a conversation', () => {
  it('answers, and the visitor hears it', async () => {
    const { house, desk } = await openDeskScene();
    const { socket: visitor } = await house.visitor();
    const heard = hear<Message>(visitor, 'message:posted');
    const { conversation } = await say(visitor, 'Do you ship to Haifa?');
    showConversation(desk, conversation.id);
    await userEvent.type(await composer(), 'Yes, tomorrow.{Enter}');
    await vi.waitUntil(() => heard.some((message) => message.text === 'Yes, tomorrow.'), seen);
    await vi.waitFor(() => expect(messagesShown()).toEqual(['Do you ship to Haifa?', 'Yes, tomorrow.']), seen);
    expect((await composer()) as HTMLTextAreaElement).toHaveProperty('value', '');
  });

  it('writes a note that the visitor never hears', async () => {
    const { house, desk } = await openDeskScene();
    const { socket: visitor } = await house.visitor();
    const heard = hear<Message>(visitor, 'message:posted');
    const { conversation } = await say(visitor, 'hello');
    showConversation(desk, conversation.id);
    await composer();
    await userEvent.click(screen.getByRole('radio', { name: 'Note' }));
    await userEvent.type(screen.getByRole('textbox', { name: 'Internal note' }), 'careful{Enter}');
    await vi.waitFor(() => expect(messagesShown()).toEqual(['hello', 'careful']), seen);
    await userEvent.click(screen.getByRole('radio', { name: 'Reply' }));
    await userEvent.type(await composer(), 'good morning{Enter}');
    await vi.waitUntil(() => heard.some((message) => message.text === 'good morning'), seen);
    expect(heard.map((message) => message.text)).not.toContain('careful');
  });

  it('finds the draft again after looking at another conversation', async () => {
    const { house, desk } = await openDeskScene();
    const { conversation: first } = await say((await house.visitor()).socket, 'first');
    const { conversation: second } = await say((await house.visitor()).socket, 'second');
    const view = showConversation(desk, first.id);
    await userEvent.type(await composer(), 'half a sentence');
    view.unmount();
    showConversation(desk, second.id);
    expect((await composer()) as HTMLTextAreaElement).toHaveProperty('value', '');
    cleanup();
    showConversation(desk, first.id);
    expect((await composer()) as HTMLTextAreaElement).toHaveProperty('value', 'half a sentence');
  });

  it('resolves, and can undo it', async () => {
    const { house, desk } = await openDeskScene();
    const { conversation } = await say((await house.visitor()).socket, 'thanks, bye');
    showConversation(desk, conversation.id);
    await userEvent.click(await screen.findByRole('button', { name: 'Resolve' }, seen));
    await screen.findByRole('button', { name: 'Reopen' }, seen);
    expect(desk.list.view('open').value).toEqual([]);
    await userEvent.click(await screen.findByRole('button', { name: 'Undo' }, seen));
    await screen.findByRole('button', { name: 'Resolve' }, seen);
    expect(desk.list.view('open').value).toEqual([conversation.id]);
  });

  it('is told in words that a conversation was not resolved behind the last message', async () => {
    const { house, desk } = await openDeskScene();
    const { conversation } = await say((await house.visitor()).socket, 'thanks');
    showConversation(desk, conversation.id);
    await composer();
    showNotResolved(desk, conversation.id, 'forbidden');
    showNotResolved(desk, conversation.id, 'visitor-wrote');
    await screen.findByText(/^The conversation with .+ was not resolved\. .?Your role does not allow this\..?$/, {}, seen);
    await screen.findByText(/has written meanwhile, so the conversation stays open\.$/, {}, seen);
  });

  it('gives it to a colleague, who has it at once', async () => {
    const { house, desk } = await openDeskScene();
    const { id, cookie } = await house.hire('Yossi');
    const colleague = await openDesk(house, cookie);
    const { conversation } = await say((await house.visitor()).socket, 'hello');
    await vi.waitUntil(() => desk.connection.state.value === 'live' && colleague.connection.state.value === 'live', seen);
    showConversation(desk, conversation.id);
    await userEvent.click(await screen.findByRole('button', { name: /Assign to/ }, seen));
    await userEvent.click(await screen.findByRole('menuitemradio', { name: /Yossi/ }, seen));
    await vi.waitUntil(() => colleague.list.view('mine').value.includes(conversation.id), seen);
    expect(desk.list.summaries.value.get(conversation.id)?.assigneeId).toBe(id);
    await screen.findByText(/Assigned to/, {}, seen);
  });

  it('tags it and takes a tag away', async () => {
    const { house, desk } = await openDeskScene();
    const { conversation } = await say((await house.visitor()).socket, 'hello');
    showConversation(desk, conversation.id);
    await userEvent.click(await screen.findByRole('button', { name: 'Add tag' }, seen));
    await userEvent.type(screen.getByRole('combobox', { name: 'Add tag' }), 'VIP{Enter}');
    await vi.waitUntil(() => desk.list.summaries.value.get(conversation.id)?.tags[0] === 'VIP', seen);
    await userEvent.click(await screen.findByRole('button', { name: /Remove tag/ }, seen));
    await vi.waitUntil(() => desk.list.summaries.value.get(conversation.id)?.tags.length === 0, seen);
  });

  it('puts it off until tomorrow', async () => {
    const { house, desk } = await openDeskScene();
    const { conversation } = await say((await house.visitor()).socket, 'call me tomorrow');
    showConversation(desk, conversation.id);
    await userEvent.click(await screen.findByRole('button', { name: 'Snooze' }, seen));
    await userEvent.click(screen.getByRole('menuitem', { name: /Tomorrow morning/ }));
    await vi.waitUntil(() => desk.list.view('snoozed').value.includes(conversation.id), seen);
  });

  it('sees that a colleague looks and is about to answer', async () => {
    const { house, desk } = await openDeskScene();
    const { cookie } = await house.hire('Yossi');
    const { conversation } = await say((await house.visitor()).socket, 'hello');
    await vi.waitUntil(() => desk.connection.state.value === 'live', seen);
    showConversation(desk, conversation.id);
    await composer();
    const { socket } = await house.agent(cookie);
    await get(socket, 'conversation:open', { conversationId: conversation.id });
    await screen.findByText(/Also looking:.*Yossi/, {}, seen);
    await get(socket, 'typing:set', { conversationId: conversation.id, typing: true });
    await screen.findByText(/Yossi.*is writing here/, {}, seen);
    await get(socket, 'conversation:leave', { conversationId: conversation.id });
    await vi.waitFor(() => expect(screen.queryByText(/is writing here/)).toBeNull(), seen);
  });

  it('edits a message that a colleague overtook, and nothing typed is lost', async () => {
    const { house, desk } = await openDeskScene();
    const { cookie } = await house.hire('Yossi');
    const { conversation } = await say((await house.visitor()).socket, 'how much?');
    showConversation(desk, conversation.id);
    const area = await composer();
    desk.connection.close();
    await get((await house.agent(cookie)).socket, 'message:post', {
      id: 'colleague-answers-now',
      conversationId: conversation.id,
      text: '40 ₪',
    });
    await userEvent.type(area, '50 ₪{Enter}');
    await userEvent.type(area, 'and shipping');
    desk.open();
    const alert = await screen.findByRole('alert', {}, seen);
    await userEvent.click(within(alert).getByRole('button', { name: 'Edit' }));
    expect((await composer()) as HTMLTextAreaElement).toHaveProperty('value', '50 ₪\n\nand shipping');
    await vi.waitFor(() => expect(messagesShown()).toEqual(['how much?', '40 ₪']), seen);
    expect(desk.courier.pending.value).toEqual([]);
  });

  it('who has begun a note is not led to tell the customer by a macro, nor by a refused reply', async () => {
    const { house, desk } = await openDeskScene();
    const { cookie } = await house.hire('Yossi');
    const steps = { reply: { texts: { en: 'You get it back.' } } };
    await house.json('POST', '/api/macros', { name: 'Refund', steps, reach: 'shared' });
    const { conversation } = await say((await house.visitor()).socket, 'how much?');
    showConversation(desk, conversation.id);
    const area = await composer();
    desk.connection.close();
    await answerAs(house, cookie, conversation.id, '40 ₪');
    await userEvent.type(area, '50 ₪{Enter}');
    await userEvent.click(screen.getByRole('radio', { name: 'Note' }));
    await userEvent.type(screen.getByRole('textbox', { name: 'Internal note' }), 'she is rude /Ref');
    await userEvent.click(await screen.findByRole('option', { name: /Refund/ }, seen));
    await screen.findByText(/^Finish the note first: .?Refund/, {}, seen);
    const note = () => (screen.getByRole('textbox', { name: 'Internal note' }) as HTMLTextAreaElement).value;
    expect(note()).toBe('she is rude ');

    desk.open();
    await userEvent.click(within(await screen.findByRole('alert', {}, seen)).getByRole('button', { name: 'Edit' }));
    expect(note()).toBe('50 ₪\n\nshe is rude ');
  });

  it('is asked when a colleague answered after the first letter, even if the answer is in sight before Enter', async () => {
    const { house, desk } = await openDeskScene();
    const { cookie } = await house.hire('Yossi');
    const { conversation } = await say((await house.visitor()).socket, 'how much?');
    showConversation(desk, conversation.id);
    const area = await composer();
    await userEvent.type(area, '50');
    await answerAs(house, cookie, conversation.id, '40 ₪');
    await vi.waitFor(() => expect(messagesShown()).toEqual(['how much?', '40 ₪']), seen);
    await userEvent.type(area, ' ₪{Enter}');
    const alert = await screen.findByRole('alert', {}, seen);
    expect(alert.textContent).toContain('A colleague answered while you were writing.');

    // From here on the agent knows.
    await userEvent.type(area, 'or 45 ₪');
    await userEvent.click(within(alert).getByRole('button', { name: 'Send anyway' }));
    await vi.waitFor(() => expect(messagesShown()).toEqual(['how much?', '40 ₪', '50 ₪']), seen);
    await userEvent.type(area, '{Enter}');
    await vi.waitFor(() => expect(messagesShown()).toEqual(['how much?', '40 ₪', '50 ₪', 'or 45 ₪']), seen);
  });

  it('is asked after a reload too, and sends the edited answer without being asked again', async () => {
    const { house, desk, storage } = await openDeskScene();
    const { cookie } = await house.hire('Yossi');
    const { conversation } = await say((await house.visitor()).socket, 'how much?');
    const view = showConversation(desk, conversation.id);
    await userEvent.type(await composer(), '50 ₪');
    view.unmount();
    desk.close();

    await answerAs(house, cookie, conversation.id, '40 ₪');
    const reloaded = await openDesk(house, house.cookie, { storage });
    showConversation(reloaded, conversation.id);
    const area = await composer();
    await vi.waitFor(() => expect(messagesShown()).toEqual(['how much?', '40 ₪']), seen);
    await userEvent.type(area, '{Enter}');
    await userEvent.click(within(await screen.findByRole('alert', {}, seen)).getByRole('button', { name: 'Edit' }));
    await userEvent.type(area, ' at most{Enter}');
    await vi.waitFor(() => expect(messagesShown()).toEqual(['how much?', '40 ₪', '50 ₪ at most']), seen);
  });

  it('is not asked about an answer that was there before the first letter', async () => {
    const { house, desk } = await openDeskScene();
    const { cookie } = await house.hire('Yossi');
    const { conversation } = await say((await house.visitor()).socket, 'how much?');
    showConversation(desk, conversation.id);
    const area = await composer();
    await userEvent.type(area, 'no, {Backspace}{Backspace}{Backspace}{Backspace}');
    await answerAs(house, cookie, conversation.id, '40 ₪');
    await vi.waitFor(() => expect(messagesShown()).toEqual(['how much?', '40 ₪']), seen);
    await userEvent.type(area, 'plus shipping{Enter}');
    await vi.waitFor(() => expect(messagesShown()).toEqual(['how much?', '40 ₪', 'plus shipping']), seen);
  });

  it('is led out of the composer by sending and resolving', async () => {
    const { house, desk } = await openDeskScene();
    const { conversation } = await say((await house.visitor()).socket, 'thanks, bye');
    showConversation(desk, conversation.id);
    await userEvent.type(await composer(), 'Bye!{Control>}{Enter}{/Control}');
    await screen.findByRole('button', { name: 'Reopen' }, seen);
    expect(document.activeElement).toBe(screen.getByRole('heading', { level: 1 }));
  });

  it('is told when there is no such conversation, and led back to the list', async () => {
    const { desk } = await openDeskScene();
    showConversation(desk, 'no-such-conversation1');
    await screen.findByText('There is no such conversation.', {}, seen);
    expect(screen.getByRole('link', { name: 'Back to the list' }).getAttribute('href')).toBe('/console/conversations?view=open');
    expect(screen.queryByRole('button', { name: 'Try again' })).toBeNull();
    expect(screen.queryByRole('complementary')).toBeNull();
  });

  it('who may only read finds nothing to answer or to change with', async () => {
    const { house, desk } = await openDeskScene();
    const { conversation } = await say((await house.visitor()).socket, 'hello');
    showConversation(desk, conversation.id, { mayReply: false, mayAssign: false, mayEditContacts: false });
    await screen.findByText('hello', { selector: '[data-message] *' }, seen);
    expect(screen.queryByRole('textbox')).toBeNull();
    for (const name of ['Resolve', 'Snooze', 'Add tag']) expect(screen.queryByRole('button', { name })).toBeNull();
    expect(screen.queryByRole('button', { name: /Assign to/ })).toBeNull();
  });
});

describe('the conversation in Hebrew', () => {
  it('speaks Hebrew from head to composer', async () => {
    setLanguage('he');
    const { house, desk } = await openDeskScene();
    const { conversation } = await say((await house.visitor()).socket, 'שלום');
    showConversation(desk, conversation.id);
    await screen.findByRole('button', { name: 'סיום טיפול' }, seen);
    expect(screen.getByRole('textbox', { name: 'תשובה ללקוח' })).toBeTruthy();
    expect(document.documentElement.dir).toBe('rtl');
    const latin = [...document.querySelectorAll('button, label, h1, h2, h3, dt')].map((element) => element.textContent ?? '');
    expect(latin.filter((text) => /[A-Za-z]{3}/.test(text.replace(/\u2068.*?\u2069/g, '')))).toEqual([]);
  });
});
