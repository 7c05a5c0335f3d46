import { userEvent } from '@testing-library/user-event';
import type { ComponentProps } from 'preact';
import { describe, expect, test, vi } from 'vitest';
import type { Author, Message } from '../../shared/message.ts';
import type { PendingMessage } from '../../shared/outbox.ts';
import { talkNotes } from '../../widget/components/talk-notes.tsx';
import { TranscriptView } from '../../widget/components/transcript-view.tsx';
import { toTranscriptItems } from '../../widget/transcript-items.ts';
import { languages, now, plain, show, speechIn } from './speaking.tsx';

const visitor: Author = { kind: 'visitor' };
const dana: Author = { kind: 'agent', id: 'dana', name: 'Dana' };
const noam: Author = { kind: 'agent', id: 'noam', name: 'Noam' };
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

let seq = 0;
function said(author: Author, text: string, createdAt = now): Message {
  seq += 1;
  return { id: `m${seq}`, conversationId: 'c', seq, author, visibility: 'public', text, attachments: [], createdAt };
}
const waits = (text: string, more: Partial<PendingMessage> = {}): PendingMessage => ({ id: `p-${text}`, text, createdAt: now, ...more });

/** What stands there in short: day lines, notices, and each group as its author's kind and its texts. */
function inShort(...given: Parameters<typeof toTranscriptItems>) {
  return toTranscriptItems(...given).map((item) => {
    if (item.kind === 'group')
      return `${item.author.name ?? item.author.kind}${item.isFirst ? '' : '…'}: ${item.bubbles.map(({ text }) => text).join(' | ')}`;
    return item.kind === 'notice' ? `(${item.text})` : '--';
  });
}

describe('what was said', () => {
  test('stands together where one person said it within a minute', () => {
    expect(
      inShort([said(visitor, 'a'), said(visitor, 'b', now + 1), said(dana, 'c'), said(noam, 'd'), said(noam, 'e', now + MINUTE)], [], 0),
    ).toEqual(['--', 'visitor: a | b', 'Dana: c', 'Noam: d', 'Noam…: e']);
  });

  test('is parted by days of the visitor, and by notices', () => {
    expect(inShort([said(visitor, 'a', now - DAY), said({ kind: 'system' }, 'Dana joined'), said(visitor, 'b')], [], 0)).toEqual([
      '--',
      'visitor: a',
      '--',
      '(Dana joined)',
      'visitor: b',
    ]);
  });

  test('is read up to where the agents have read, and what waits is being sent', () => {
    const [first, second] = [said(visitor, 'a'), said(visitor, 'b')];
    const [, group] = toTranscriptItems([first, second], [waits('c')], first.seq);
    expect(group?.kind === 'group' && group.bubbles.map(({ state }) => state)).toEqual(['read', 'sent', 'sending']);
  });

  test('and failed stands apart, so that its buttons belong to it alone', () => {
    expect(inShort([said(visitor, 'a')], [waits('b', { failed: 'invalid' }), waits('c')], 0)).toEqual([
      '--',
      'visitor: a',
      'visitor…: b',
      'visitor…: c',
    ]);
  });

  test('waits below everything, even if the visitor’s clock is slow', () => {
    expect(inShort([said(dana, 'a')], [waits('b', { createdAt: now - 3 * DAY })], 0)).toEqual(['--', 'Dana: a', 'visitor: b']);
  });
});

const nothing = () => {};
const view = (more: Partial<ComponentProps<typeof TranscriptView>>) => (
  <TranscriptView
    items={[]}
    business="The shop"
    avatarOf={() => null}
    hasEarlier={false}
    isLoadingEarlier={false}
    unread={0}
    typingName={null}
    notes={talkNotes}
    initialPlace={null}
    onRetry={nothing}
    onDiscard={nothing}
    onReachTop={nothing}
    onPlace={nothing}
    {...more}
  />
);

describe.each(languages)('a visitor who reads in %s', (language) => {
  test('sees days by their names, notices and messages in order', async () => {
    const speech = await speechIn(language);
    const items = toTranscriptItems(
      [said(visitor, 'first', now - DAY), said({ kind: 'system' }, 'notice', now), said(dana, 'second')],
      [],
      0,
    );
    const screen = show(view({ items }), speech, language);
    const lines = screen.getAllByRole('listitem').map((line) => line.textContent);
    expect(lines[0]).toBe(speech.times.day(now - DAY));
    expect(lines[2]).toBe(speech.times.day(now));
    expect(lines[3]).toBe('notice');
    expect(screen.getByRole('log', { name: speech.t('messages') }).getAttribute('aria-live')).toBe('off');
  });

  test('sees who is writing', async () => {
    const speech = await speechIn(language);
    const screen = show(view({ typingName: 'Dana' }), speech, language);
    expect(plain(screen.container.querySelector('.typing')?.textContent)).toBe(plain(speech.t('typing', { name: 'Dana' })));
  });

  test('sees that history is on its way', async () => {
    const speech = await speechIn(language);
    const screen = show(view({ hasEarlier: true, isLoadingEarlier: true }), speech, language);
    expect(screen.getByText(speech.t('loadingEarlier'))).toBeTruthy();
  });

  test('is called back from history when something new arrives', async () => {
    const speech = await speechIn(language);
    const items = toTranscriptItems([said(dana, 'old')], [], 0);
    const places: unknown[] = [];
    const screen = show(view({ items, onPlace: (place) => places.push(place) }), speech, language);
    const log = screen.getByRole('log');
    expect(screen.queryByRole('button')).toBeNull();
    log.scrollTop = -400;
    log.dispatchEvent(new Event('scroll'));
    expect(await screen.findByRole('button', { name: speech.t('toNewest') })).toBeTruthy();
    screen.change(view({ items, unread: 2, onPlace: (place) => places.push(place) }));
    await userEvent.setup().click(await screen.findByRole('button', { name: speech.t('newMessages', { count: 2 }) }));
    expect(log.scrollTop).toBe(0);
    expect(places.at(-1)).toBeNull();
  });
});

test('a visitor who reaches the top is given what is above, and only while there is more', async () => {
  const onReachTop = vi.fn();
  const speech = await speechIn('en');
  const screen = show(view({ items: toTranscriptItems([said(dana, 'a')], [], 0), onReachTop }), speech);
  expect(onReachTop).not.toHaveBeenCalled();
  screen.change(view({ items: toTranscriptItems([said(dana, 'a')], [], 0), hasEarlier: true, onReachTop }));
  await vi.waitFor(() => expect(onReachTop).toHaveBeenCalled());
});

test('a visitor who writes while reading history is brought to what was written', async () => {
  const speech = await speechIn('en');
  const old = said(dana, 'old');
  const screen = show(view({ items: toTranscriptItems([old], [], 0) }), speech);
  const log = screen.getByRole('log');
  log.scrollTop = -400;
  log.dispatchEvent(new Event('scroll'));
  screen.change(view({ items: toTranscriptItems([old], [waits('new')], 0) }));
  await vi.waitFor(() => expect(log.scrollTop).toBe(0));
});
