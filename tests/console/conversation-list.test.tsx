import { cleanup, fireEvent, render, screen, within } from '@testing-library/preact';
import { userEvent } from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ConversationList } from '../../console/conversations/conversation-list.tsx';
import { ConversationRow } from '../../console/conversations/conversation-row.tsx';
import { createDesk, type Desk } from '../../console/conversations/desk.ts';
import type { ViewName } from '../../console/conversations/list-views.ts';
import { NewsMark } from '../../console/conversations/news-mark.tsx';
import { setLanguage, t } from '../../console/texts/texts.ts';
import { screenClock } from '../../console/ui/screen-clock.ts';
import { MemoryStorage } from './memory-storage.ts';
import { makeSummary } from './messages-at-hand.ts';

const me = 'agent-1';
const minute = 60_000;

/** A desk that has had its list; nothing is connected. */
function deskWith(summaries: ReturnType<typeof makeSummary>[]): Desk {
  const desk = createDesk({ agentId: me, serverUrl: 'http://127.0.0.1:9', storage: new MemoryStorage() });
  desk.list.replace(summaries, () => false);
  return desk;
}

function show(desk: Desk, view: ViewName = 'open', openId: string | null = null): HTMLElement[] {
  render(
    <>
      <NewsMark desk={desk} />
      <ConversationList desk={desk} view={view} openId={openId} />
    </>,
  );
  return rows();
}

const rows = () => [...document.querySelectorAll<HTMLElement>('[data-conversation]')];
const ids = () => rows().map((row) => row.dataset.conversation);

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

describe.each(['he', 'en'] as const)('an agent who looks at the list in %s', (language) => {
  it('sees name, words, unread and how long somebody waits', () => {
    setLanguage(language);
    const now = Date.now();
    screenClock.value = now;
    const [row] = show(
      deskWith([
        makeSummary('a', {
          contact: { id: 'c', name: 'נועה ברק' },
          unread: 2,
          waitingSince: now - 3 * minute,
          lastMessage: { seq: 1, author: { kind: 'visitor' }, visibility: 'public', text: 'Hi! מה המחיר?', createdAt: now },
        }),
      ]),
    );
    const { getByText } = within(row as HTMLElement);
    // A `bdi` runs in the direction of its own words.
    expect(getByText('נועה ברק').closest('bdi')).not.toBeNull();
    expect(getByText('Hi! מה המחיר?').closest('bdi')).not.toBeNull();
    expect(getByText(language === 'he' ? 'שתי הודעות שלא נקראו' : '2 unread messages')).toBeTruthy();
    expect(getByText(language === 'he' ? /3.*דק/ : '3m')).toBeTruthy();
  });

  it('sees when it was resolved, and nobody waiting there', () => {
    setLanguage(language);
    const now = Date.now();
    screenClock.value = now;
    const summary = makeSummary('a', { status: 'resolved', waitingSince: now - 9 * minute, updatedAt: now - 3 * minute });
    const marks = { assigneeName: null, teamName: null, isOpen: false, isGone: false, isTabStop: true };
    render(<ConversationRow summary={summary} href="/" agentId={me} {...marks} />);
    const [row] = rows();
    expect(within(row as HTMLElement).queryByLabelText(t('waiting.label'))).toBeNull();
    expect(row?.querySelector('time')?.getAttribute('datetime')).toBe(new Date(now - 3 * minute).toISOString());
  });

  it('is told what an empty view means', () => {
    setLanguage(language);
    show(deskWith([]), 'mine');
    expect(screen.getByText(language === 'he' ? 'שקט כאן' : 'All quiet here')).toBeTruthy();
  });
});

describe('an agent who looks at the list', () => {
  it('sees who waits longest first, and it follows what happens', async () => {
    setLanguage('en');
    const desk = deskWith([makeSummary('a', { waitingSince: 2_000 }), makeSummary('b', { waitingSince: 1_000 })]);
    show(desk);
    expect(ids()).toEqual(['b', 'a']);
    desk.list.put(makeSummary('c', { waitingSince: 500 }));
    await vi.waitFor(() => expect(ids()).toEqual(['c', 'b', 'a']));
  });

  it('sees where they were mentioned, until they have looked', async () => {
    setLanguage('en');
    const desk = deskWith([makeSummary('a'), makeSummary('b')]);
    desk.notices.mentions.add('b');
    show(desk);
    expect(screen.getAllByRole('img', { name: 'You were mentioned here' })).toHaveLength(1);
    expect(rows().map((row) => within(row).queryByRole('img', { name: 'You were mentioned here' }) !== null)).toEqual(
      ids().map((id) => id === 'b'),
    );
    desk.notices.lookedAt('b');
    await vi.waitFor(() => expect(screen.queryByRole('img', { name: 'You were mentioned here' })).toBeNull());
  });

  it('can click what is under the pointer, whatever comes in meanwhile', async () => {
    setLanguage('en');
    const desk = deskWith([makeSummary('a', { waitingSince: 2_000 }), makeSummary('b', { waitingSince: 3_000 })]);
    show(desk);
    const list = screen.getByRole('list');
    fireEvent.pointerMove(list);
    await vi.waitFor(() => expect(ids()).toEqual(['a', 'b']));
    desk.list.put(makeSummary('new', { waitingSince: 1_000 }));
    desk.list.put(makeSummary('a', { waitingSince: null }));
    const pill = await screen.findByRole('button', { name: '1 new' });
    expect(ids()).toEqual(['a', 'b']);
    await userEvent.click(pill);
    expect(ids()).toEqual(['new', 'b', 'a']);
  });

  it('sees the new order when the pointer leaves, or somebody works elsewhere while it lies there', async () => {
    setLanguage('en');
    const desk = deskWith([makeSummary('a', { waitingSince: 2_000 })]);
    show(desk);
    fireEvent.pointerMove(screen.getByRole('list'));
    desk.list.put(makeSummary('new', { waitingSince: 1_000 }));
    await screen.findByRole('button', { name: '1 new' });
    fireEvent.pointerLeave(screen.getByRole('list').parentElement as HTMLElement);
    await vi.waitFor(() => expect(ids()).toEqual(['new', 'a']));
    fireEvent.pointerMove(screen.getByRole('list'));
    desk.list.put(makeSummary('newer', { waitingSince: 500 }));
    await screen.findByRole('button', { name: '1 new' });
    fireEvent.keyDown(document.body, { key: 'ש' });
    await vi.waitFor(() => expect(ids()).toEqual(['newer', 'new', 'a']));
  });

  it('keeps its place while the keyboard walks there', async () => {
    setLanguage('en');
    const desk = deskWith([makeSummary('a', { waitingSince: 2_000 }), makeSummary('b', { waitingSince: 3_000 })]);
    show(desk);
    await userEvent.tab();
    desk.list.put(makeSummary('new', { waitingSince: 1_000 }));
    await screen.findByRole('button', { name: '1 new' });
    await userEvent.keyboard('{ArrowDown}');
    expect(document.activeElement?.getAttribute('data-conversation')).toBe('b');
    (document.activeElement as HTMLElement).blur();
    await vi.waitFor(() => expect(ids()).toEqual(['new', 'a', 'b']));
  });

  it('chooses with Space, goes on with Shift and the arrows, takes everything with Ctrl+A, and nothing with Escape', async () => {
    setLanguage('en');
    const desk = deskWith(['a', 'b', 'c', 'd'].map((id, at) => makeSummary(id, { waitingSince: at + 1 })));
    show(desk);
    const chosen = () => [...desk.bulk.chosen.value].sort();
    await userEvent.tab();
    await userEvent.keyboard(' ');
    expect(chosen()).toEqual(['a']);
    await userEvent.keyboard('{Shift>}{ArrowDown}{ArrowDown}{/Shift}');
    expect(chosen()).toEqual(['a', 'b', 'c']);
    await userEvent.keyboard('{Control>}a{/Control}');
    expect(chosen()).toEqual(['a', 'b', 'c', 'd']);
    await userEvent.keyboard('{Escape}');
    expect(chosen()).toEqual([]);
  });

  it('chooses a range with Shift and a click', async () => {
    setLanguage('en');
    const desk = deskWith(['a', 'b', 'c', 'd'].map((id, at) => makeSummary(id, { waitingSince: at + 1 })));
    show(desk);
    const user = userEvent.setup();
    const boxes = screen.getAllByRole('checkbox');
    await user.click(boxes[1] as HTMLElement);
    await user.keyboard('{Shift>}');
    await user.click(boxes[3] as HTMLElement);
    await user.keyboard('{/Shift}');
    expect([...desk.bulk.chosen.value]).toEqual(['b', 'c', 'd']);
    await vi.waitFor(() => expect(boxes.map((box) => (box as HTMLInputElement).checked)).toEqual([false, true, true, true]));
  });

  it('walks the rows with the arrows; Tab stops at the list once', async () => {
    setLanguage('en');
    show(
      deskWith([makeSummary('a', { waitingSince: 1 }), makeSummary('b', { waitingSince: 2 }), makeSummary('c', { waitingSince: 3 })]),
      'open',
      'b',
    );
    expect(rows().map((row) => row.tabIndex)).toEqual([-1, 0, -1]);
    await userEvent.tab();
    expect(document.activeElement).toBe(rows()[1]);
    await userEvent.keyboard('{ArrowDown}');
    expect(document.activeElement).toBe(rows()[2]);
    await userEvent.keyboard('{Home}');
    expect(document.activeElement).toBe(rows()[0]);
    expect(rows().map((row) => row.tabIndex)).toEqual([0, -1, -1]);
  });

  it('knows which row is open', () => {
    setLanguage('en');
    show(deskWith([makeSummary('a', { waitingSince: 1 }), makeSummary('b', { waitingSince: 2 })]), 'open', 'b');
    expect(rows().map((row) => row.getAttribute('aria-current'))).toEqual([null, 'true']);
  });

  it('sees that it is loading before the first list has come', () => {
    setLanguage('en');
    render(
      <ConversationList
        desk={createDesk({ agentId: me, serverUrl: 'http://127.0.0.1:9', storage: new MemoryStorage() })}
        view="mine"
        openId={null}
      />,
    );
    expect(screen.getByText('Loading…')).toBeTruthy();
  });
});
