import { signal } from '@preact/signals-core';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, test, vi } from 'vitest';
import type { VisitorConversation } from '../../shared/conversation.ts';
import type { ErrorCode, Reply } from '../../shared/errors.ts';
import type { WidgetSettings } from '../../shared/inbox.ts';
import type { Message } from '../../shared/message.ts';
import { memoryStorage } from '../../widget/browser-storage.ts';
import type { Chat } from '../../widget/chat-state.ts';
import { systemClock } from '../../widget/clock.ts';
import { AfterTalk } from '../../widget/components/after-talk.tsx';
import { CallbackForm } from '../../widget/components/callback-form.tsx';
import { MoreMenu } from '../../widget/components/more-menu.tsx';
import { PrivacyPage } from '../../widget/components/privacy-page.tsx';
import { TranscriptForm } from '../../widget/components/transcript-form.tsx';
import { runErrands } from '../../widget/errands.ts';
import { createPanelState } from '../../widget/panel-state.ts';
import { languages, now, plain, show, speechIn } from './speaking.tsx';
import { widgetSettings } from './widget-settings.ts';

const settings: WidgetSettings = { ...widgetSettings, timeZone: 'Asia/Jerusalem', hasMail: true };
const open: VisitorConversation = {
  id: 'c'.repeat(21),
  status: 'open',
  assignee: null,
  queue: null,
  lastSeq: 2,
  agentReadSeq: 0,
  visitorReadSeq: 2,
};

function aMessage(some: Partial<Message> = {}): Message {
  const said = { id: 'm1', conversationId: open.id, seq: 1, author: { kind: 'bot' }, visibility: 'public', text: '?' } as const;
  return { ...said, attachments: [], createdAt: now, ...some };
}

/** A chat that stands still, and a server that answers as it is told. */
function scene({
  conversation = open as VisitorConversation | null,
  messages = [] as Message[],
  isStaffed = true,
  isOpen = true,
  reply = { ok: true, data: {} } as Reply<unknown>,
  visitor = signal<Chat['visitor']['value']>({
    id: 'v',
    name: null,
    email: null,
    phone: '+972501234567',
    company: null,
    isVerified: false,
  }),
} = {}) {
  const ask = vi.fn(async () => reply);
  const sent = vi.fn();
  const chat = {
    status: signal('live'),
    conversation: signal<VisitorConversation | null>(conversation),
    conversations: signal(conversation ? [conversation] : []),
    messages: signal(messages),
    pending: signal([]),
    availability: signal({ open: isOpen, staffed: isStaffed && isOpen, opensAt: null }),
    visitor,
    unsentDetails: signal(null),
    send: sent,
    ask,
    reset: vi.fn(),
    errands: { store: memoryStorage(), key: 'errands', clock: systemClock, isLive: () => true, request: ask },
  } as unknown as Chat;
  const panel = createPanelState(memoryStorage(), 'inbox');
  return { chat, panel, ask, sent };
}

/** A line that comes and goes, and a server that refuses wishes which say `refused`. */
function offline(slot: number) {
  const line: { isLive: boolean; refused: Record<string, { code: ErrorCode; field: string; message: string }> } = {
    isLive: true,
    refused: {},
  };
  const { chat, panel } = scene();
  const times = { slots: [slot], slotMs: 1_800_000, soonAt: now, mayKeepPlace: false };
  const ask = vi.fn(async (event: string, payload: unknown): Promise<Reply<unknown>> => {
    if (event === 'callback:times') return { ok: true, data: times };
    const [, error] = Object.entries(line.refused).find(([field]) => Object.hasOwn(payload as object, field)) ?? [];
    return error ? { ok: false, error } : { ok: true, data: { task: { id: 'x', dueAt: now }, link: '/callback/x/y' } };
  });
  const errands = { ...chat.errands, isLive: () => line.isLive, request: ask };
  return { chat: { ...chat, ask, errands } as unknown as Chat, panel, ask, line };
}

const ended = { ...open, status: 'resolved' as const };

describe.each(languages)('a visitor of a widget in %s', (language) => {
  test('rates an ended chat by keyboard, adds a word, and is thanked', async () => {
    const speech = await speechIn(language);
    const { chat, panel, ask } = scene({ conversation: ended });
    const screen = show(<AfterTalk chat={chat} panel={panel} settings={settings} />, speech, language);
    const stars = screen.getAllByRole('radio');
    expect(stars.map((star) => star.getAttribute('aria-label'))).toEqual(
      (['score1', 'score2', 'score3', 'score4', 'score5'] as const).map((key) => speech.t(key)),
    );
    const user = userEvent.setup();
    stars[3]?.focus();
    await user.keyboard(' ');
    await user.type(await screen.findByRole('textbox', { name: speech.t('ratingComment') }), 'תודה');
    await user.click(screen.getByRole('button', { name: speech.t('send') }));
    expect(ask).toHaveBeenCalledExactlyOnceWith('conversation:rate', { conversationId: ended.id, score: 4, comment: 'תודה' });
    expect(await screen.findByText(speech.t('ratingThanks'))).toBeTruthy();
  });

  test('who would rather not rate is not asked again', async () => {
    const speech = await speechIn(language);
    const { chat, panel } = scene({ conversation: ended });
    const view = () => <AfterTalk chat={chat} panel={panel} settings={settings} />;
    const screen = show(view(), speech, language);
    await userEvent.setup().click(screen.getByRole('button', { name: speech.t('skip') }));
    expect(screen.queryByText(speech.t('ratingAsk'))).toBeNull();
    screen.unmount();
    expect(show(view(), speech, language).queryByText(speech.t('ratingAsk'))).toBeNull();
  });

  test('is told its place in the queue, and is offered a call when that takes long', async () => {
    const speech = await speechIn(language);
    const { chat, panel } = scene({ conversation: { ...open, queue: { place: 3, expectedWaitMs: 150_000 } } });
    const screen = show(<AfterTalk chat={chat} panel={panel} settings={settings} />, speech, language);
    const said = plain(screen.getByRole('status').textContent);
    expect(said).toBe(plain(`${speech.t('queuePlace', { count: 3 })} ${speech.t('queueWait', { count: 3 })}`));
    await userEvent.setup().click(screen.getByRole('button', { name: speech.t('callbackOffer') }));
    expect(panel.view.value).toBe('callback');
  });

  test('is told of no queue while nobody serves it, unless its place there is kept', async () => {
    const speech = await speechIn(language);
    const queue = { place: 3, expectedWaitMs: null };
    const night = scene({ conversation: { ...open, queue }, isOpen: false });
    const screen = show(<AfterTalk chat={night.chat} panel={night.panel} settings={settings} />, speech, language);
    expect(screen.getByRole('status').textContent).toBe('');
    expect(screen.getByRole('button', { name: speech.t('callbackOffer') })).toBeTruthy();
    const kept = scene({ conversation: { ...open, queue: { ...queue, offersCallback: true } }, isOpen: false });
    screen.change(<AfterTalk chat={kept.chat} panel={kept.panel} settings={settings} />);
    expect(plain(screen.getByRole('status').textContent)).toBe(plain(speech.t('queuePlace', { count: 3 })));
  });

  test('chooses an answer under the newest message, and only there', async () => {
    const speech = await speechIn(language);
    const asked = aMessage({ choices: [{ id: 'yes', text: 'כן' }] });
    const { chat, panel, sent } = scene({ messages: [asked, aMessage({ id: 'n', seq: 2, author: { kind: 'system' } })] });
    const screen = show(<AfterTalk chat={chat} panel={panel} settings={settings} />, speech, language);
    await userEvent.setup().click(screen.getByRole('button', { name: 'כן' }));
    expect(sent).toHaveBeenCalledExactlyOnceWith('כן', { replyTo: 'm1' });
    chat.messages.peek();
    (chat.messages as unknown as { value: Message[] }).value = [asked, aMessage({ id: 'm2', seq: 3, author: { kind: 'visitor' } })];
    await vi.waitFor(() => expect(screen.queryByRole('button', { name: 'כן' })).toBeNull());
  });

  test('walks through the menu by keyboard, mutes the sound and finds the way back', async () => {
    const speech = await speechIn(language);
    const { chat, panel } = scene();
    const screen = show(<MoreMenu chat={chat} panel={panel} settings={settings} />, speech, language);
    const user = userEvent.setup();
    const button = screen.getByRole('button', { name: speech.t('more') });
    button.focus();
    await user.keyboard('{ArrowDown}');
    const labels = (await screen.findAllByRole(/menuitem/)).map((item) => item.textContent);
    expect(labels).toEqual((['sound', 'callback', 'transcript', 'myData', 'endChat'] as const).map((key) => speech.t(key)));
    await vi.waitFor(() => expect(document.activeElement?.textContent).toBe(speech.t('sound')));
    await user.keyboard('{Enter}');
    expect(document.activeElement).toBe(button);
    await user.keyboard('{ArrowDown}');
    expect((await screen.findByRole('menuitemcheckbox')).getAttribute('aria-checked')).toBe('false');
    await vi.waitFor(() => expect(document.activeElement?.textContent).toBe(speech.t('sound')));
    await user.keyboard('{End}');
    expect(document.activeElement?.textContent).toBe(speech.t('endChat'));
    await user.keyboard('{Escape}');
    expect(screen.queryByRole('menu')).toBeNull();
    expect(document.activeElement).toBe(button);
  });

  test('asks for a call at the number that is known, and is told by the field what is wrong', async () => {
    const speech = await speechIn(language);
    const { chat, panel, ask } = scene();
    const screen = show(<CallbackForm chat={chat} panel={panel} settings={settings} onBack={vi.fn()} />, speech, language);
    const user = userEvent.setup();
    const phone = screen.getByLabelText(speech.t('phone')) as HTMLInputElement;
    expect([phone.value, phone.dir]).toEqual(['+972501234567', 'ltr']);
    await user.clear(phone);
    await user.click(screen.getByRole('button', { name: speech.t('callbackSubmit') }));
    const alert = await screen.findByRole('alert');
    expect([alert.textContent, alert.previousElementSibling]).toEqual([speech.t('invalidPhone'), phone]);
    expect(ask).not.toHaveBeenCalledWith('callback:request', expect.anything());
    await user.type(phone, '03-1234567');
    await user.click(screen.getByRole('button', { name: speech.t('callbackSubmit') }));
    expect(ask).toHaveBeenLastCalledWith('callback:request', expect.objectContaining({ phone: '03-1234567' }));
    expect(await screen.findByText(speech.t('callbackSoon'))).toBeTruthy();
  });

  test('chooses one of the times that are free, or keeps its place in the queue, and is given the way to change it', async () => {
    const speech = await speechIn(language);
    const slots = [now + 3_600_000, now + 7_200_000];
    const reply = {
      ok: true,
      data: { slots, slotMs: 1_800_000, soonAt: now, mayKeepPlace: true, task: {}, link: '/callback/x/y' },
    } as const;
    const { chat, panel, ask } = scene({
      reply,
      conversation: { ...open, queue: { place: 2, expectedWaitMs: null, offersCallback: true } },
    });
    const offer = show(<AfterTalk chat={chat} panel={panel} settings={settings} />, speech, language);
    expect(offer.getByRole('button', { name: speech.t('callbackKeepOffer') })).toBeTruthy();
    offer.unmount();
    const form = () => show(<CallbackForm chat={chat} panel={panel} settings={settings} onBack={vi.fn()} />, speech, language);
    const screen = form();
    const when = (await screen.findByLabelText(speech.t('callbackWhen'))) as HTMLSelectElement;
    await vi.waitFor(() => expect([...when.options].map(({ value }) => value)).toEqual(['turn', '', ...slots.map(String)]));
    expect(when.value).toBe('turn');
    const user = userEvent.setup();
    await user.click(screen.getByRole('button', { name: speech.t('callbackSubmit') }));
    expect(ask).toHaveBeenLastCalledWith('callback:request', expect.objectContaining({ keepsPlace: true }));
    expect(await screen.findByText(speech.t('callbackTurnPromised'))).toBeTruthy();
    const link = screen.getByRole('link', { name: speech.t('callbackChange') }) as HTMLAnchorElement;
    expect(link.pathname).toBe('/callback/x/y');
    screen.unmount();

    const again = form();
    const times = (await again.findByLabelText(speech.t('callbackWhen'))) as HTMLSelectElement;
    await vi.waitFor(() => expect(times.options).toHaveLength(4));
    await user.selectOptions(times, String(slots[1]));
    await user.click(again.getByRole('button', { name: speech.t('callbackSubmit') }));
    expect(ask).toHaveBeenLastCalledWith('callback:request', expect.objectContaining({ at: slots[1] }));
  });

  test('wished offline for a time that is gone when the line is back: is called as soon as possible, and told so', async () => {
    const speech = await speechIn(language);
    const at = now + 3_600_000;
    const { chat, panel, ask, line } = offline(at);
    const form = <CallbackForm chat={chat} panel={panel} settings={settings} onBack={vi.fn()} />;
    const screen = show(form, speech, language);
    const user = userEvent.setup();
    const when = (await screen.findByLabelText(speech.t('callbackWhen'))) as HTMLSelectElement;
    await vi.waitFor(() => expect(when.options).toHaveLength(2));
    await user.selectOptions(when, String(at));
    line.isLive = false;
    await user.click(screen.getByRole('button', { name: speech.t('callbackSubmit') }));
    expect(await screen.findByText(speech.t('callbackKept'))).toBeTruthy();
    line.isLive = true;
    line.refused = { at: { code: 'conflict', field: 'at', message: '' } };
    await runErrands(chat.errands);
    expect(await screen.findByText(speech.t('callbackSoonInstead'))).toBeTruthy();
    expect((screen.getByRole('link', { name: speech.t('callbackChange') }) as HTMLAnchorElement).pathname).toBe('/callback/x/y');
    const wishes = ask.mock.calls.flatMap(([event, wish]) => (event === 'callback:request' ? [wish] : []));
    expect(wishes).toEqual([expect.objectContaining({ at }), expect.not.objectContaining({ at: expect.anything() })]);
    expect(chat.errands.store.getItem('errands')).toBeNull();
  });

  test('wished offline from a number that is none: finds the wish again as it was, also on another page, and can mend it', async () => {
    const speech = await speechIn(language);
    const { chat, panel, line } = offline(now + 3_600_000);
    const page = () => <CallbackForm chat={chat} panel={panel} settings={settings} onBack={vi.fn()} />;
    const user = userEvent.setup();
    line.isLive = false;
    const form = show(page(), speech, language);
    await user.clear(form.getByLabelText(speech.t('phone')));
    await user.type(form.getByLabelText(speech.t('phone')), '000-0000000');
    await user.type(form.getByRole('textbox', { name: new RegExp(speech.t('callbackNote').replace('?', '.')) }), 'פיקוס');
    await user.click(form.getByRole('button', { name: speech.t('callbackSubmit') }));
    expect(await form.findByText(speech.t('callbackKept'))).toBeTruthy();
    form.unmount();

    line.isLive = true;
    line.refused = { phone: { code: 'invalid', field: 'phone', message: '' } };
    await runErrands(chat.errands);
    const below = show(<AfterTalk chat={chat} panel={panel} settings={settings} />, speech, language);
    await user.click(await below.findByRole('button', { name: speech.t('callbackRefused') }));
    expect(panel.view.value).toBe('callback');
    below.unmount();
    const again = show(page(), speech, language);
    expect((again.getByLabelText(speech.t('phone')) as HTMLInputElement).value).toBe('000-0000000');
    expect(again.getByRole('alert').textContent).toBe(speech.t('invalidPhone'));
    expect(again.getByDisplayValue('פיקוס')).toBeTruthy();
    line.refused = {};
    await user.click(again.getByRole('button', { name: speech.t('callbackSubmit') }));
    expect(await again.findByText(speech.t('callbackSoon'))).toBeTruthy();
    expect(chat.errands.store.getItem('errands')).toBeNull();
  });

  test('finds the way to change its call as long as it is still to be made, however long ago it was asked for', async () => {
    const speech = await speechIn(language);
    const asked = aMessage({ author: { kind: 'system' }, notice: { kind: 'callback', at: now - 86_400_000 }, createdAt: now - 9e8 });
    const call = { id: 'x', link: '/callback/x/y', at: now + 3_600_000 };
    const times = { slots: [], slotMs: 1_800_000, soonAt: now, mayKeepPlace: false };
    const { chat, panel } = scene({ messages: [asked], reply: { ok: true, data: { ...times, call } } });
    const screen = show(<AfterTalk chat={chat} panel={panel} settings={settings} />, speech, language);
    expect(((await screen.findByRole('link', { name: speech.t('callbackChange') })) as HTMLAnchorElement).pathname).toBe('/callback/x/y');
    screen.unmount();
    const form = show(<CallbackForm chat={chat} panel={panel} settings={settings} onBack={vi.fn()} />, speech, language);
    expect(await form.findByRole('link', { name: speech.t('callbackChange') })).toBeTruthy();
    expect(form.getByText(speech.t('callbackPromised', { when: speech.times.ahead(call.at) }))).toBeTruthy();
    form.unmount();

    const over = scene({ messages: [asked], reply: { ok: true, data: times } });
    const after = show(<AfterTalk chat={over.chat} panel={over.panel} settings={settings} />, speech, language);
    await vi.waitFor(() => expect(over.ask).toHaveBeenCalledWith('callback:times', {}));
    expect(after.queryByRole('link', { name: speech.t('callbackChange') })).toBeNull();
  });

  test('who asked for a call before it ever wrote is told on the first screen when that is, instead of being asked again', async () => {
    const speech = await speechIn(language);
    const call = { id: 'x', link: '/callback/x/y', at: now + 3_600_000 };
    const data = { slots: [], slotMs: 1_800_000, soonAt: now };
    const { chat, panel } = scene({ conversation: null, isStaffed: false, reply: { ok: true, data: { ...data, call } } });
    const screen = show(<AfterTalk chat={chat} panel={panel} settings={settings} />, speech, language);
    expect(await screen.findByText(speech.t('callbackPromised', { when: speech.times.ahead(call.at) }))).toBeTruthy();
    expect(screen.getByRole('link', { name: speech.t('callbackChange') })).toBeTruthy();
    await vi.waitFor(() => expect(screen.queryByRole('button', { name: speech.t('callbackOffer') })).toBeNull());
    screen.unmount();

    const other = scene({ conversation: null, isStaffed: false, reply: { ok: true, data } });
    const offer = show(<AfterTalk chat={other.chat} panel={other.panel} settings={settings} />, speech, language);
    await vi.waitFor(() => expect(other.ask).toHaveBeenCalledWith('callback:times', {}));
    expect(offer.getByRole('button', { name: speech.t('callbackOffer') })).toBeTruthy();
  });

  test('asks for a call from the keyboard alone, which is never left nowhere', async () => {
    const speech = await speechIn(language);
    const visitor = signal<Chat['visitor']['value']>(null);
    const { chat, panel } = scene({ visitor });
    const onBack = vi.fn();
    const screen = show(<CallbackForm chat={chat} panel={panel} settings={settings} onBack={onBack} />, speech, language);
    const phone = screen.getByLabelText(speech.t('phone')) as HTMLInputElement;
    await vi.waitFor(() => expect(document.activeElement).toBe(phone));
    // On a page that stands as it stood before a reload, who the visitor is comes later.
    visitor.value = { id: 'v', name: null, email: null, phone: '+972501234567', company: null, isVerified: false };
    await vi.waitFor(() => expect(phone.value).toBe('+972501234567'));
    const user = userEvent.setup();
    await user.keyboard('{Enter}');
    await vi.waitFor(() => expect(document.activeElement?.textContent).toBe(speech.t('backToChat')));
    await user.keyboard('{Enter}');
    expect(onBack).toHaveBeenCalledOnce();
  });

  test('has the conversation sent to an address that can be one', async () => {
    const speech = await speechIn(language);
    const { chat, panel, ask } = scene();
    const screen = show(<TranscriptForm chat={chat} panel={panel} settings={settings} onBack={vi.fn()} />, speech, language);
    const user = userEvent.setup();
    await user.type(screen.getByLabelText(speech.t('email')), 'ruth@');
    await user.click(screen.getByRole('button', { name: speech.t('send') }));
    expect((await screen.findByRole('alert')).textContent).toBe(speech.t('invalidEmail'));
    await user.type(screen.getByLabelText(speech.t('email')), 'example.com');
    await user.click(screen.getByRole('button', { name: speech.t('send') }));
    await vi.waitFor(() => expect(ask).toHaveBeenCalledOnce());
    expect(plain((await screen.findByRole('status')).textContent)).toBe(plain(speech.t('transcriptSent', { email: 'ruth@example.com' })));
  });

  test('is asked before anything is erased, in words that name it, and can think better of it', async () => {
    const speech = await speechIn(language);
    const { chat, panel, ask } = scene();
    const back = vi.fn();
    const screen = show(<PrivacyPage chat={chat} panel={panel} settings={settings} onBack={back} />, speech, language);
    const user = userEvent.setup();
    await user.click(screen.getByRole('button', { name: speech.t('erase') }));
    expect(screen.getByRole('alertdialog').textContent).toContain(speech.t('eraseOwn', { count: 1 }));
    await user.click(screen.getByRole('button', { name: speech.t('cancel') }));
    expect(ask).not.toHaveBeenCalled();
    await user.click(screen.getByRole('button', { name: speech.t('erase') }));
    await user.click(screen.getByRole('button', { name: speech.t('eraseForGood') }));
    expect(ask).toHaveBeenCalledExactlyOnceWith('data:erase', { confirm: 'erase' });
    await vi.waitFor(() => expect(chat.reset).toHaveBeenCalledOnce());
    expect((await screen.findByRole('status')).textContent).toBe(speech.t('erased'));
    expect(screen.queryByRole('alertdialog'), 'nobody is asked to erase what is gone').toBeNull();
    await user.keyboard('{Enter}');
    expect(back).toHaveBeenCalledOnce();
  });
});
