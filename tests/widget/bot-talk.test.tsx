import { signal } from '@preact/signals-core';
import { userEvent } from '@testing-library/user-event';
import { expect, test, vi } from 'vitest';
import type { VisitorConversation } from '../../shared/conversation.ts';
import type { Message } from '../../shared/message.ts';
import { memoryStorage } from '../../widget/browser-storage.ts';
import type { Chat } from '../../widget/chat-state.ts';
import { systemClock } from '../../widget/clock.ts';
import { BotTalk } from '../../widget/components/bot-talk.tsx';
import { useValue } from '../../widget/components/use-value.ts';
import { runErrands } from '../../widget/errands.ts';
import { languages, now, show, speechIn } from './speaking.tsx';

const conversation = {
  id: 'c'.repeat(21),
  status: 'open',
  assignee: null,
  queue: null,
  lastSeq: 2,
  agentReadSeq: 0,
  visitorReadSeq: 2,
} as const;
const person = { id: 'person', text: 'Talk to a person' };

function said(seq: number, some: Partial<Message>): Message {
  const base = { id: `m${seq}`, conversationId: conversation.id, seq, visibility: 'public', text: 'text' } as const;
  return { ...base, author: { kind: 'bot', id: 'bot', name: 'Automatic assistant' }, attachments: [], createdAt: now, ...some };
}

const question = said(1, { author: { kind: 'visitor' } });
const answer = said(2, { automatic: { kind: 'answer', answerId: 'a' }, choices: [{ id: 'reply-1', text: 'And shoes?' }, person] });

function scene(state: Partial<VisitorConversation> = {}) {
  const line = { isLive: true };
  const request = vi.fn(async () => ({ ok: true, data: {} }));
  const send = vi.fn();
  const messages = signal<readonly Message[]>([question, answer]);
  const chat = {
    hear: () => undefined,
    conversation: signal<VisitorConversation | null>({ ...conversation, ...state }),
    pending: signal([]),
    send,
    errands: { store: memoryStorage(), key: 'errands', clock: systemClock, isLive: () => line.isLive, request },
  } as unknown as Chat;
  const Talk = () => <BotTalk chat={chat} messages={useValue(messages)} />;
  return { chat, Talk, send, request, line };
}

test('a visitor says by keyboard whether an answer helped, and may think better of it', async () => {
  const speech = await speechIn('en');
  const { Talk, request } = scene();
  const screen = show(<Talk />, speech);
  const [yes, no] = [screen.getByRole('button', { name: 'Yes' }), screen.getByRole('button', { name: 'No' })];
  expect(screen.getByRole('group', { name: 'Did this help?' })).toBeTruthy();
  yes.focus();
  await userEvent.keyboard('{Enter}');
  expect(request).toHaveBeenLastCalledWith('answer:rate', { messageId: 'm2', helpful: true });
  expect([yes, no].map((button) => button.getAttribute('aria-pressed'))).toEqual(['true', 'false']);
  await userEvent.click(no);
  await vi.waitFor(() => expect([yes, no].map((button) => button.getAttribute('aria-pressed'))).toEqual(['false', 'true']));
  expect(request).toHaveBeenLastCalledWith('answer:rate', { messageId: 'm2', helpful: false });
});

test('what was said while the network was gone is told when it is back, and only the last word', async () => {
  const speech = await speechIn('en');
  const { chat, Talk, request, line } = scene();
  line.isLive = false;
  const screen = show(<Talk />, speech);
  await userEvent.click(screen.getByRole('button', { name: 'Yes' }));
  await userEvent.click(screen.getByRole('button', { name: 'No' }));
  expect(request).not.toHaveBeenCalled();
  line.isLive = true;
  await runErrands(chat.errands);
  expect(request.mock.calls).toEqual([['answer:rate', { messageId: 'm2', helpful: false }]]);
});

test('whom an answer did not help is asked no more once the bot has told what comes next, and stays in the chat by keyboard', async () => {
  const speech = await speechIn('en');
  const { chat } = scene();
  const talk = (messages: Message[]) => (
    <div class="scroller" tabIndex={-1}>
      <BotTalk chat={chat} messages={messages} />
    </div>
  );
  const screen = show(talk([question, answer]), speech);
  screen.getByRole('button', { name: 'No' }).focus();
  await userEvent.keyboard('{Enter}');
  const sorry = said(3, { automatic: { kind: 'sorry' }, choices: [{ id: 'b', text: 'Shoes?' }, person] });
  screen.change(talk([question, { ...answer, automatic: { kind: 'answer', answerId: 'a', helpful: false } }, sorry]));
  expect(screen.queryByRole('group')).toBeNull();
  expect(screen.getAllByRole('button').map((button) => button.textContent)).toEqual(['Shoes?', person.text]);
  const { activeElement } = screen.getByRole('button', { name: 'Shoes?' }).getRootNode() as Document;
  expect(activeElement?.className).toBe('scroller');
});

test('a person is at hand as long as the bot speaks: also after a further question, and not once one is asked for', async () => {
  const speech = await speechIn('en');
  const asked = scene();
  const screen = show(<BotTalk chat={asked.chat} messages={[question, answer, said(3, { author: { kind: 'visitor' } })]} />, speech);
  expect(screen.queryByRole('group'), 'whoever asks on is not asked').toBeNull();
  await userEvent.click(screen.getByRole('button', { name: person.text }));
  expect(asked.send).toHaveBeenCalledWith(person.text, { replyTo: 'm2' });
  const wish = said(3, { author: { kind: 'visitor' }, text: person.text, replyTo: 'm2' });
  screen.change(<BotTalk chat={asked.chat} messages={[question, answer, wish]} />);
  expect(screen.queryByRole('button')).toBeNull();
  const served = scene({ assignee: { name: 'Dana', avatarUrl: null } });
  const byDana = said(3, { author: { kind: 'agent', id: 'd', name: 'Dana' } });
  screen.change(<BotTalk chat={served.chat} messages={[question, answer, byDana]} />);
  expect(screen.queryByRole('button')).toBeNull();
});

test('who was just told that a person takes over is not offered one, until the bot answers again', async () => {
  const speech = await speechIn('en');
  const { chat } = scene();
  const asked = said(3, { author: { kind: 'visitor' } });
  const fallback = said(4, { automatic: { kind: 'fallback' }, choices: [person] });
  const screen = show(<BotTalk chat={chat} messages={[question, answer, asked, fallback]} />, speech);
  expect(screen.queryByRole('button')).toBeNull();
  const again = said(6, { automatic: { kind: 'answer', answerId: 'b' }, choices: [person] });
  screen.change(<BotTalk chat={chat} messages={[question, answer, asked, fallback, said(5, { author: { kind: 'visitor' } }), again]} />);
  expect(screen.getByRole('button', { name: person.text })).toBeTruthy();
  const sorry = said(7, { automatic: { kind: 'sorry' }, choices: [{ id: 'b', text: 'Shoes?' }, person] });
  screen.change(<BotTalk chat={chat} messages={[question, answer, asked, fallback, again, sorry]} />);
  expect(screen.getByRole('button', { name: person.text }), 'something else may be meant first').toBeTruthy();
});

test('an answer’s own quick replies stand beside it, and the way to a person apart from them', async () => {
  const speech = await speechIn('en');
  const { chat, send } = scene();
  const screen = show(<BotTalk chat={chat} messages={[question, answer]} />, speech);
  await userEvent.click(screen.getByRole('button', { name: 'And shoes?' }));
  expect(send).toHaveBeenCalledWith('And shoes?', { replyTo: 'm2' });
  expect(screen.getAllByRole('button', { name: person.text })).toHaveLength(1);
});

test.each(languages)('the question whether it helped is asked in %s', async (language) => {
  const speech = await speechIn(language);
  const screen = show(<BotTalk chat={scene().chat} messages={[question, answer]} />, speech);
  expect(screen.getByRole('group', { name: speech.t('didThisHelp') }).textContent).not.toBe('');
});
