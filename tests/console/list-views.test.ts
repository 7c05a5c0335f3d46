import { describe, expect, it } from 'vitest';
import { ConversationListState, type ConversationPage } from '../../console/conversations/conversation-list-state.ts';
import { heldOrder, waitingTone } from '../../console/conversations/list-views.ts';
import type { Reply } from '../../shared/errors.ts';
import { makeSummary } from './messages-at-hand.ts';

const me = 'agent-1';

function openList(pages: Reply<ConversationPage>[] = []): ConversationListState {
  return new ConversationListState(me, async () => pages.shift() ?? { ok: true, data: { items: [], next: null } });
}

describe("an agent's list", () => {
  it('shows each view what belongs to it, whoever waits longest first', () => {
    const list = openList();
    list.replace(
      [
        makeSummary('quiet', { assigneeId: me, updatedAt: 9_000 }),
        makeSummary('recent', { assigneeId: me, waitingSince: 5_000 }),
        makeSummary('longest', { waitingSince: 1_000 }),
        makeSummary('pending', { assigneeId: me, status: 'pending', waitingSince: 2_000 }),
        makeSummary('asleep', { assigneeId: me, status: 'snoozed' }),
        makeSummary('colleagues', { assigneeId: 'agent-2', updatedAt: 8_000 }),
      ],
      () => false,
    );
    expect(list.view('mine').value).toEqual(['pending', 'recent', 'quiet']);
    expect(list.view('unassigned').value).toEqual(['longest']);
    expect(list.view('open').value).toEqual(['longest', 'pending', 'recent', 'quiet', 'colleagues']);
    expect(list.view('snoozed').value).toEqual(['asleep']);
  });

  it('shows resolved ones by when they were dealt with, however long somebody had waited before', () => {
    const list = openList();
    list.replace([], () => false);
    list.put(makeSummary('waited', { status: 'resolved', waitingSince: 1_000, updatedAt: 5_000 }));
    list.put(makeSummary('answered', { status: 'resolved', updatedAt: 9_000 }));
    list.put(makeSummary('reopened', { waitingSince: 2_000 }));
    list.put(makeSummary('newcomer', { waitingSince: 3_000 }));
    expect(list.view('resolved').value).toEqual(['answered', 'waited']);
    expect(list.view('open').value).toEqual(['reopened', 'newcomer']);
  });

  it('counts what is unread among mine and the unassigned', () => {
    const list = openList();
    list.replace(
      [
        makeSummary('a', { assigneeId: me, unread: 3 }),
        makeSummary('b', { unread: 1 }),
        makeSummary('c', { assigneeId: 'agent-2', unread: 5 }),
        makeSummary('d', { assigneeId: me }),
      ],
      () => false,
    );
    expect(list.unreadCount.value).toBe(2);
    expect(list.unreadIn('open')).toBe(3);
  });

  it('is replaced by a new session, except for what lies open', () => {
    const list = openList();
    list.replace([makeSummary('gone'), makeSummary('open-here', { status: 'resolved' })], () => false);
    list.replace([makeSummary('new')], (id) => id === 'open-here');
    expect([...list.summaries.value.keys()].sort()).toEqual(['new', 'open-here']);
  });

  it('does not take the older news of a reply for the newer of a fact', () => {
    const list = openList();
    list.put(makeSummary('a', { lastSeq: 7, updatedAt: 7_000 }));
    list.learn(makeSummary('a', { lastSeq: 6, updatedAt: 6_000 }));
    expect(list.summaries.value.get('a')?.lastSeq).toBe(7);
    list.learn(makeSummary('a', { lastSeq: 7, updatedAt: 7_000, status: 'resolved' }));
    expect(list.summaries.value.get('a')?.status).toBe('resolved');
  });

  it('does not take back what was read, where a reply is as new as the fact', () => {
    const list = openList();
    list.put(makeSummary('a', { unread: 0, visitorReadSeq: 1 }));
    list.learn(makeSummary('a', { unread: 1, visitorReadSeq: 0, status: 'resolved' }));
    expect(list.summaries.value.get('a')).toMatchObject({ unread: 0, visitorReadSeq: 1, status: 'resolved' });
  });

  it('pages through what was resolved, and can try again after a failure', async () => {
    const resolved = (id: string) => makeSummary(id, { status: 'resolved' });
    const list = openList([
      { ok: true, data: { items: [resolved('a')], next: 'second' } },
      { ok: false, error: { code: 'unavailable', message: '' } },
      { ok: true, data: { items: [resolved('b')], next: null } },
    ]);
    await list.loadResolved();
    await list.loadResolved();
    expect(list.resolvedPhase.value).toBe('failed');
    await list.loadResolved();
    expect(list.resolvedPhase.value).toBe('complete');
    expect(list.view('resolved').value).toHaveLength(2);
  });
});

describe('waiting', () => {
  it('turns amber after two minutes and red after five', () => {
    expect([0, 119_999, 120_000, 299_999, 300_000].map(waitingTone)).toEqual(['neutral', 'neutral', 'amber', 'amber', 'red']);
  });
});

describe('a list under the pointer', () => {
  it('stays as it is, and says what is new', () => {
    expect(heldOrder(['a', 'b', 'c'], ['new', 'c', 'a'])).toEqual({ ids: ['a', 'b', 'c'], newIds: ['new'] });
  });
});
