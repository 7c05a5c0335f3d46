import { signal } from '@preact/signals';
import { describe, expect, it } from 'vitest';
import { ConversationListState } from '../../console/conversations/conversation-list-state.ts';
import { heldOrder, readView, waitingTone, writeView } from '../../console/conversations/list-views.ts';
import type { ConversationPage } from '../../console/conversations/shown-view.ts';
import { screenClock } from '../../console/ui/screen-clock.ts';
import type { Reply } from '../../shared/errors.ts';
import type { ViewFilter } from '../../shared/view.ts';
import { makeSummary } from './messages-at-hand.ts';

const me = 'agent-1';
const noMentions = { ids: signal<ReadonlySet<string>>(new Set()), isMore: signal(false) };

function openList(pages: Reply<ConversationPage>[] = []): ConversationListState {
  return new ConversationListState(
    me,
    {
      listPage: async () => pages.shift() ?? { ok: true, data: { items: [], next: null } },
      listFitting: async () => ({ ok: true, data: { items: [] } }),
    },
    noMentions,
  );
}

/** So many that the session cannot have told all. */
const newest200 = () => Array.from({ length: 200 }, (_, at) => makeSummary(`n${String(at).padStart(3, '0')}`, { updatedAt: 900_000 + at }));

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

  it('shows of those who wait for anybody the most urgent first, and among equals whoever waits longer', async () => {
    const list = openList();
    const rows = [
      makeSummary('quiet', { priority: 'urgent', updatedAt: 9_000 }),
      makeSummary('usual', { waitingSince: 1_000 }),
      makeSummary('later', { priority: 'urgent', waitingSince: 4_000 }),
      makeSummary('low', { priority: 'low', waitingSince: 500 }),
      makeSummary('sooner', { priority: 'urgent', waitingSince: 3_000 }),
    ];
    list.replace(rows, () => false);
    expect(list.view('unassigned').value).toEqual(['sooner', 'later', 'usual', 'low', 'quiet']);
    expect(list.view('open').value).toEqual(['low', 'usual', 'sooner', 'later', 'quiet']);
    expect(readView(writeView({ filter: { tags: ['vip'] }, sort: 'queue' }))).toEqual({ filter: { tags: ['vip'] }, sort: 'queue' });
  });

  it('shows what is late or soon will be, whatever is due first above, and whoever becomes late while it is looked at', async () => {
    const list = openList();
    const now = screenClock.value;
    const sla = (warnIn: number, dueIn: number) => ({
      policyId: 'p',
      target: 'first-response' as const,
      warnAt: now + warnIn,
      dueAt: now + dueIn,
    });
    list.replace(
      [
        makeSummary('answered', { updatedAt: now }),
        makeSummary('usual', { waitingSince: now - 4.5 * 60_000 }),
        makeSummary('asleep', { status: 'snoozed', waitingSince: now - 3_600_000, updatedAt: now - 1_000 }),
        makeSummary('late', { waitingSince: now - 1_000, sla: sla(-2_000, -1_000) }),
        makeSummary('slow', { waitingSince: now - 3_600_000, sla: sla(40_000, 90_000) }),
      ],
      () => false,
    );
    const asked = (filter: ViewFilter) => list.view(writeView({ filter, sort: 'due' }));
    const [all, either, breached] = [
      asked({ statuses: ['open', 'snoozed'] }),
      asked({ promises: ['breached', 'soon'] }),
      asked({ promises: ['breached'] }),
    ];
    expect(all.value).toEqual(['late', 'usual', 'slow', 'answered', 'asleep']);
    expect(either.value).toEqual(['late', 'usual']);
    expect(breached.value).toEqual(['late']);
    screenClock.value = now + 60_000;
    expect(either.value).toEqual(['late', 'usual', 'slow']);
    expect(breached.value).toEqual(['late', 'usual']);
    screenClock.value = now;
    const view = { filter: { promises: ['soon'] as const }, sort: 'due' as const };
    expect(readView(writeView({ filter: { promises: ['soon'] }, sort: 'due' }))).toEqual(view);
  });

  it('shows resolved ones by when they were dealt with, however long somebody had waited before', async () => {
    const list = openList();
    list.replace([], () => false);
    await list.shown('resolved').follow();
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
    list.replace([], () => false);
    const shown = list.shown('resolved');
    await shown.follow();
    await shown.more();
    expect(shown.phase.value).toBe('failed');
    await shown.more();
    expect(shown.phase.value).toBe('complete');
    expect(shown.ids.value).toHaveLength(2);
  });
});

describe('a view of more conversations than a session tells', () => {
  it('shows what its pages reach to, and not what is known by chance from further down', async () => {
    const near = makeSummary('near', { waitingSince: 1_000 });
    const list = openList([
      { ok: true, data: { items: [near, makeSummary('edge', { updatedAt: 950_000 })], next: 'on' } },
      { ok: true, data: { items: [makeSummary('far', { updatedAt: 5_000 })], next: null } },
    ]);
    list.replace(newest200(), () => false);
    const shown = list.shown('open');
    expect(shown.isReady.value).toBe(false);
    await shown.follow();
    expect(shown.ids.value.slice(0, 2)).toEqual(['near', 'edge']);
    expect(shown.ids.value).not.toContain('n000');
    // Somebody new begins to wait, and stands where waiting puts it.
    list.put(makeSummary('newcomer', { waitingSince: 500 }));
    expect(shown.ids.value[0]).toBe('newcomer');
    await shown.more();
    expect(shown.isComplete.value).toBe(true);
    expect(shown.ids.value).toHaveLength(204);
    expect(shown.ids.value.at(-1)).toBe('far');
  });

  it('is read anew after a reconnection', async () => {
    const list = openList([
      { ok: true, data: { items: [makeSummary('before', { waitingSince: 1 })], next: null } },
      { ok: true, data: { items: [makeSummary('after', { waitingSince: 2 })], next: null } },
    ]);
    list.replace(newest200(), () => false);
    const shown = list.shown('open');
    await shown.follow();
    await shown.follow();
    expect(shown.ids.value[0]).toBe('before');
    list.replace(newest200(), () => false);
    await shown.follow();
    expect(shown.ids.value[0]).toBe('after');
  });
});

describe('a filter in an address', () => {
  it('is read as it was written', () => {
    const view = { filter: { tags: ['vip', 'חדש'], isUnread: true as const, waitingMs: 300_000 }, sort: 'oldest' as const, from: 'saved' };
    expect(readView(writeView(view))).toEqual(view);
  });

  it('asks for less where somebody spoilt it', () => {
    expect(readView('~{"tags":"vip","statuses":["resolved"],"waitingMs":"x","fields":[1]}')).toEqual({
      filter: { statuses: ['resolved'] },
      sort: 'waiting',
    });
    expect(readView('~{')).toEqual({ filter: {}, sort: 'waiting' });
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

  it('grows at its end, where that moves nobody', () => {
    expect(heldOrder(['a', 'b'], ['new', 'a', 'b', 'c'])).toEqual({ ids: ['a', 'b', 'c'], newIds: ['new'] });
  });
});
