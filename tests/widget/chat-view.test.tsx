import { act } from '@testing-library/preact';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, test } from 'vitest';
import type { VisitorConversation } from '../../shared/conversation.ts';
import type { Availability } from '../../shared/inbox.ts';
import type { Message } from '../../shared/message.ts';
import { memoryStorage } from '../../widget/browser-storage.ts';
import { createChat } from '../../widget/chat-state.ts';
import { ChatView } from '../../widget/components/chat-view.tsx';
import { createPanelState } from '../../widget/panel-state.ts';
import { storageKey } from '../../widget/storage-keys.ts';
import type { Speech } from '../../widget/texts/speech-in.ts';
import { languages, now, show, speechIn } from './speaking.tsx';
import { widgetSettings } from './widget-settings.ts';

const INBOX = 'shop';
const gone: Availability = { open: true, staffed: false, opensAt: null };
const asked: Message = {
  id: 'm1',
  conversationId: 'c',
  seq: 1,
  author: { kind: 'visitor' },
  visibility: 'public',
  text: 'Is it in stock?',
  attachments: [],
  createdAt: now,
};

/** A tab whose page before this one left a conversation; nothing is connected. */
function pageAfter(status: VisitorConversation['status'], availability: Availability, storage = memoryStorage()) {
  const tabStorage = memoryStorage();
  const conversation: VisitorConversation = {
    id: 'c',
    status,
    assignee: null,
    queue: null,
    lastSeq: 1,
    agentReadSeq: 0,
    visitorReadSeq: 1,
  };
  const transcript = { messages: [asked], syncedSeq: 1, hasEarlier: false };
  storage.setItem(storageKey(INBOX, 'token'), 'known');
  const snapshot = { token: 'known', visitor: null, availability, conversations: { epoch: 'e', conversation, transcript } };
  tabStorage.setItem(storageKey(INBOX, 'snapshot'), JSON.stringify(snapshot));
  const chat = createChat({ serverUrl: 'http://127.0.0.1:9/', inboxKey: INBOX, storage, tabStorage });
  return { chat, panel: createPanelState(tabStorage, INBOX, storage), storage };
}

const view = ({ chat, panel }: ReturnType<typeof pageAfter>, isReachable = false) => (
  <ChatView
    chat={chat}
    panel={panel}
    settings={widgetSettings}
    greeting={undefined}
    first={null}
    isReturning
    isReachable={isReachable}
    isVisible
  />
);

/** What is fetched when it is first shown is here and has been drawn. */
const drawn = (speech: Speech) =>
  act(async () => {
    await Promise.all([import('../../widget/components/talk-notes.tsx'), speech.loadExtras()]);
  });

describe.each(languages)('a visitor who wrote in %s', (language) => {
  test('while nobody is there is asked how to be reached, and not again after saying no', async () => {
    const speech = await speechIn(language);
    const page = pageAfter('open', gone);
    const screen = show(view(page), speech, language);
    await userEvent.setup().click(await screen.findByRole('button', { name: speech.t('noThanks') }));
    await expect.poll(() => screen.queryByText(speech.t('askReach'))).toBeNull();
    screen.unmount();
    const next = show(view(pageAfter('open', gone, page.storage)), speech, language);
    await drawn(speech);
    expect(next.getByText(asked.text)).toBeTruthy();
    expect(next.queryByText(speech.t('askReach'))).toBeNull();
  });

  test('and wants to be reached is led to the form', async () => {
    const speech = await speechIn(language);
    const page = pageAfter('open', gone);
    const screen = show(view(page), speech, language);
    await userEvent.setup().click(await screen.findByRole('button', { name: speech.t('leaveReach') }));
    expect(page.panel.view.value).toBe('details');
  });

  test('is not asked while somebody is there, nor when it can be reached already', async () => {
    const speech = await speechIn(language);
    const screen = show(view(pageAfter('open', { ...gone, staffed: true })), speech, language);
    await drawn(speech);
    expect(screen.getByText(asked.text)).toBeTruthy();
    expect(screen.queryByText(speech.t('askReach'))).toBeNull();
    screen.unmount();
    const next = show(view(pageAfter('open', gone), true), speech, language);
    await drawn(speech);
    expect(next.getByText(asked.text)).toBeTruthy();
    expect(next.queryByText(speech.t('askReach'))).toBeNull();
  });

  test('is told quietly that the conversation has ended', async () => {
    const speech = await speechIn(language);
    const screen = show(view(pageAfter('resolved', gone)), speech, language);
    expect(screen.getByText(speech.t('endedWrite'))).toBeTruthy();
  });
});
