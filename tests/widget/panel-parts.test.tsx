import { userEvent } from '@testing-library/user-event';
import { describe, expect, test, vi } from 'vitest';
import type { VisitorConversation } from '../../shared/conversation.ts';
import { ConnectionNote } from '../../widget/components/connection-note.tsx';
import { ConversationRows } from '../../widget/components/conversation-rows.tsx';
import { initials } from '../../widget/components/face.tsx';
import { LauncherBadge } from '../../widget/components/launcher-badge.tsx';
import { ReachRequest } from '../../widget/components/reach-request.tsx';
import { Welcome } from '../../widget/components/welcome.tsx';
import { languages, now, show, speechIn } from './speaking.tsx';

const nothing = () => {};

describe.each(languages)('a visitor of a widget in %s', (language) => {
  test('is greeted in the words of the business, or in ours', async () => {
    const speech = await speechIn(language);
    const screen = show(<Welcome greeting={undefined} availability={null} />, speech, language);
    expect(screen.getByText(speech.t('welcome'))).toBeTruthy();
    screen.change(<Welcome greeting="ברוכים הבאים!" availability={{ open: true, staffed: false, opensAt: null }} />);
    expect((await screen.findByText('ברוכים הבאים!')).getAttribute('dir')).toBe('auto');
    expect(screen.getByText(speech.t('welcomeUnstaffed'))).toBeTruthy();
  });

  test('hears of new messages at the launcher, in the right form', async () => {
    const speech = await speechIn(language);
    const screen = show(<LauncherBadge unread={0} />, speech, language);
    expect(screen.getByRole('status').textContent).toBe('');
    screen.change(<LauncherBadge unread={1} />);
    expect(await screen.findByText(speech.t('unreadBadge', { count: 1 }))).toBeTruthy();
    screen.change(<LauncherBadge unread={14} />);
    expect(await screen.findByText('9+')).toBeTruthy();
    expect(screen.getByText(speech.t('unreadBadge', { count: 14 }))).toBeTruthy();
  });

  test('is told calmly, and not at once, that the connection is gone', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const speech = await speechIn(language);
    const screen = show(<ConnectionNote status="lost" isOnline onTryAgain={nothing} />, speech, language);
    const note = screen.getByRole('status');
    expect(note.textContent).toBe('');
    vi.advanceTimersByTime(2_000);
    vi.useRealTimers();
    await vi.waitFor(() => expect(note.textContent?.trim()).toBe(speech.t('reconnecting')));
    screen.change(<ConnectionNote status="lost" isOnline={false} onTryAgain={nothing} />);
    await screen.findByText(speech.t('offline'));
    screen.change(<ConnectionNote status="live" isOnline onTryAgain={nothing} />);
    await vi.waitFor(() => expect(note.textContent).toBe(''));
  });

  test('is asked how to be reached, and may say no', async () => {
    const speech = await speechIn(language);
    const [onLeave, onDecline] = [vi.fn(), vi.fn()];
    const screen = show(<ReachRequest onLeave={onLeave} onDecline={onDecline} />, speech, language);
    const user = userEvent.setup();
    await user.click(screen.getByRole('button', { name: speech.t('leaveReach') }));
    expect(onLeave).toHaveBeenCalledOnce();
    expect(onDecline).not.toHaveBeenCalled();
    await user.click(screen.getByRole('button', { name: speech.t('noThanks') }));
    expect(onDecline).toHaveBeenCalledOnce();
  });

  test('is told that this page may not open the chat, and can try again', async () => {
    const speech = await speechIn(language);
    const onTryAgain = vi.fn();
    const screen = show(<ConnectionNote status="refused" isOnline onTryAgain={onTryAgain} />, speech, language);
    expect(screen.getByRole('status').textContent).toContain(speech.t('refused'));
    await userEvent.setup().click(screen.getByRole('button', { name: speech.t('tryAgain') }));
    expect(onTryAgain).toHaveBeenCalledOnce();
  });

  test('finds earlier conversations by who answered and what was said last', async () => {
    const speech = await speechIn(language);
    const said = (text: string) => ({ lastMessage: { author: { kind: 'agent' } as const, text, createdAt: now } });
    const conversations: VisitorConversation[] = [
      {
        ...{ id: 'a', status: 'open', assignee: { name: 'Dana', avatarUrl: null }, queue: null, lastSeq: 4 },
        ...{ agentReadSeq: 4, visitorReadSeq: 2, ...said('It is on its way') },
      },
      { id: 'b', status: 'resolved', assignee: null, queue: null, lastSeq: 2, agentReadSeq: 2, visitorReadSeq: 2, ...said('תודה') },
    ];
    const onChoose = vi.fn();
    const onStale = vi.fn();
    const screen = show(
      <ConversationRows conversations={conversations} business="The shop" onStale={onStale} onChoose={onChoose} />,
      speech,
      language,
    );
    const rows = screen.getAllByRole('button');
    expect(screen.getByText('It is on its way')).toBeTruthy();
    expect(onStale).toHaveBeenCalledOnce();
    expect(rows[0]?.textContent).toContain('Dana');
    expect(rows[0]?.textContent).toContain(speech.t('unreadBadge', { count: 1 }));
    expect(rows[1]?.textContent).toContain(speech.t('ended'));
    expect(rows[1]?.textContent).not.toContain(speech.t('unreadBadge', { count: 1 }));
    await userEvent.setup().click(rows[1] as HTMLElement);
    expect(onChoose).toHaveBeenCalledExactlyOnceWith('b');
  });
});

test('initials are letters or digits: of the first and the last word, or of one', () => {
  const names = ['Dana Levi', 'דנה', ' Ana María de la Cruz ', '👩‍🚀 crew', '(Cohen) & "Sons"', '3 Brothers', '🌸', ''];
  expect(names.map(initials)).toEqual(['DL', 'ד', 'AC', 'C', 'CS', '3B', '', '']);
});
