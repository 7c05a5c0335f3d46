import { cleanup, fireEvent, render, screen, within } from '@testing-library/preact';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, it, vi } from 'vitest';
import { MessageHistory } from '../../console/messages/message-history.tsx';
import { TranscriptState } from '../../console/messages/transcript-state.ts';
import { setLanguage } from '../../console/texts/texts.ts';
import type { Message } from '../../shared/message.ts';
import type { PendingMessage } from '../../shared/outbox.ts';
import { conversationId, makeMessage, makeMessages } from './messages-at-hand.ts';
import { noUploads } from './no-uploads.ts';

const me = 'agent-1';
const mine = { kind: 'agent', id: me, name: 'Dana' } as const;
const yossi = { kind: 'agent', id: 'agent-2', name: 'יוסי' } as const;

const day = 24 * 60 * 60 * 1_000;

/** Of a conversation of which the server lists these. */
function stateOf(messages: Message[]): TranscriptState {
  return new TranscriptState(conversationId, {
    list: async () => ({ ok: true, data: { messages, more: false } }),
    schedule: () => () => undefined,
    isLive: () => true,
  });
}

function stateWith(messages: Message[], more = false): TranscriptState {
  const state = stateOf([]);
  state.opening();
  state.opened({ messages, more }, false);
  return state;
}

function show(state: TranscriptState, change: Partial<Parameters<typeof MessageHistory>[0]> = {}) {
  const actions = { onRetry: vi.fn(), onSendAnyway: vi.fn(), onEdit: vi.fn(), onDiscard: vi.fn(), onSeen: vi.fn() };
  render(
    <MessageHistory
      state={state}
      pending={[]}
      agentId={me}
      contactName="נועה"
      contactId="contact-1"
      isNameless={false}
      visitorReadSeq={0}
      preview={null}
      uploads={noUploads}
      {...actions}
      {...change}
    />,
  );
  return actions;
}

const pending = (change: Partial<PendingMessage> = {}): PendingMessage => ({
  id: 'pending-1',
  conversationId,
  text: 'on its way',
  visibility: 'public',
  createdAt: 1,
  ...change,
});

const rows = () => [...document.querySelectorAll<HTMLElement>('[data-message]')];

describe.each(['he', 'en'] as const)('an agent who reads in %s', (language) => {
  it('sees who said what, in the order of the conversation and each in its own direction', () => {
    setLanguage(language);
    show(stateWith([makeMessage(1, { text: 'שלום' }), makeMessage(2, { author: mine, text: 'Hello' })]));
    expect(rows().map((row) => row.dataset.seq)).toEqual(['1', '2']);
    expect(screen.getByText('שלום').closest('[dir]')?.getAttribute('dir')).toBe('auto');
    expect(within(rows()[0] as HTMLElement).getByText('נועה')).toBeTruthy();
    expect(within(rows()[1] as HTMLElement).getByText(language === 'he' ? 'אני' : 'You')).toBeTruthy();
  });

  it('cannot mistake a note for an answer', () => {
    setLanguage(language);
    show(stateWith([makeMessage(1, { author: yossi, visibility: 'internal', text: 'only for us' })]));
    expect(within(rows()[0] as HTMLElement).getByLabelText(language === 'he' ? 'הערה פנימית' : 'Internal note')).toBeTruthy();
  });

  it('is told what to do about a message that a colleague overtook', async () => {
    setLanguage(language);
    const actions = show(stateWith(makeMessages(1, 2)), { pending: [pending({ failed: 'stale' })] });
    const alert = screen.getByRole('alert');
    await userEvent.click(within(alert).getByRole('button', { name: language === 'he' ? 'לשלוח בכל זאת' : 'Send anyway' }));
    expect(actions.onSendAnyway).toHaveBeenCalledWith('pending-1');
    await userEvent.click(within(alert).getByRole('button', { name: language === 'he' ? 'עריכה' : 'Edit' }));
    expect(actions.onEdit).toHaveBeenCalledWith('pending-1');
  });

  it('can try a refused message again or discard it', async () => {
    setLanguage(language);
    const actions = show(stateWith(makeMessages(1, 2)), { pending: [pending({ failed: 'forbidden' })] });
    await userEvent.click(screen.getByRole('button', { name: language === 'he' ? 'ניסיון נוסף' : 'Try again' }));
    expect(actions.onRetry).toHaveBeenCalledWith('pending-1');
    await userEvent.click(screen.getByRole('button', { name: language === 'he' ? 'מחיקה' : 'Discard' }));
    expect(actions.onDiscard).toHaveBeenCalledWith('pending-1');
  });
});

describe('an agent who reads a conversation', () => {
  it('sees a day line where a new day begins, and the author once for what belongs together', () => {
    setLanguage('en');
    const start = new Date(2024, 2, 1, 10).getTime();
    show(
      stateWith([
        makeMessage(1, { createdAt: start }),
        makeMessage(2, { createdAt: start + 1_000 }),
        makeMessage(3, { createdAt: start + day }),
        makeMessage(4, { createdAt: start + day + 1_000, author: mine }),
      ]),
    );
    expect(screen.getByText('March 1, 2024')).toBeTruthy();
    expect(screen.getByText('March 2, 2024')).toBeTruthy();
    const shownNames = rows().map((row) => row.querySelector('.visually-hidden') === null);
    expect(shownNames).toEqual([true, false, true, true]);
  });

  it('sees what the visitor is writing', () => {
    setLanguage('en');
    show(stateWith(makeMessages(1, 1)), { preview: 'I was wond' });
    expect(screen.getByText('I was wond')).toBeTruthy();
  });

  it('sees whether the visitor has read the last answer, and nothing where the visitor spoke last', () => {
    setLanguage('en');
    const state = stateWith([makeMessage(1), makeMessage(2, { author: mine }), makeMessage(3, { author: yossi, visibility: 'internal' })]);
    show(state, { visitorReadSeq: 1 });
    expect(screen.getByText('Sent')).toBeTruthy();
    cleanup();
    show(state, { visitorReadSeq: 2 });
    expect(screen.getByText('Read')).toBeTruthy();
    cleanup();
    show(stateWith([makeMessage(1, { author: mine }), makeMessage(2)]), { visitorReadSeq: 2 });
    expect(screen.queryByText('Read')).toBeNull();
  });

  it('sees each message once while its acknowledgement is still on the way', () => {
    setLanguage('en');
    show(stateWith([makeMessage(1), makeMessage(2, { id: 'pending-1', author: mine, text: 'on its way' })]), { pending: [pending()] });
    expect(screen.getAllByText('on its way')).toHaveLength(1);
  });

  it('hears each new message of others once, and neither history nor their own', async () => {
    setLanguage('en');
    const state = stateWith(makeMessages(1, 3));
    show(state);
    const log = screen.getByRole('log');
    expect(log.textContent).toBe('');
    state.posted(makeMessage(4, { text: 'are you there?' }));
    await vi.waitFor(() => expect(log.textContent).toContain('are you there?'));
    expect(log.textContent).not.toContain('text 3');
    state.posted(makeMessage(5, { author: mine, text: 'yes' }));
    await vi.waitFor(() => expect(rows()).toHaveLength(5));
    expect(log.textContent).not.toContain('yes');
  });

  it('can ask for earlier messages', async () => {
    setLanguage('en');
    const state = stateOf(makeMessages(1, 40));
    state.opening();
    state.opened({ messages: makeMessages(41, 60), more: true }, false);
    show(state);
    await userEvent.click(screen.getByRole('button', { name: 'Earlier messages' }));
    await vi.waitFor(() => expect(rows()).toHaveLength(60));
    expect(screen.queryByRole('button', { name: 'Earlier messages' })).toBeNull();
  });
});

describe('a message with files', () => {
  it('shows a picture in its space and anything else as a card, and enlarges the picture', async () => {
    const attachments = [
      { id: 'p', name: 'ספל.png', type: 'image/png', size: 2_000, url: '/attachments/p/s', width: 640, height: 480 },
      { id: 'd', name: 'invoice.pdf', type: 'application/pdf', size: 2_400_000, url: '/attachments/d/s' },
    ];
    show(stateWith([makeMessage(1, { text: '', attachments })]));
    const picture = screen.getByRole('button', { name: /ספל\.png/ });
    expect(picture.style.inlineSize).toBe('320px');
    const card = screen.getByRole('link', { name: /invoice\.pdf/ });
    expect(card.getAttribute('href')).toBe('/attachments/d/s?download');
    expect(card.textContent).toContain('2.3 MB');
    await userEvent.click(picture);
    expect(screen.getByRole('dialog', { name: 'ספל.png' })).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Close' }));
    expect(screen.queryByRole('dialog')).toBeNull();
  });

  it('becomes a card where the picture cannot be shown', () => {
    const attachments = [{ id: 'p', name: 'a.png', type: 'image/png', size: 2_000, url: '/attachments/p/s', width: 4, height: 4 }];
    show(stateWith([makeMessage(1, { text: '', attachments })]));
    fireEvent.error(screen.getByRole('button', { name: /a\.png/ }).querySelector('img') as Element);
    expect(screen.getByRole('link', { name: /a\.png/ })).toBeTruthy();
  });
});
