import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type PolicySubject, policyFor, reckon } from '../../server/sla/promised-clocks.ts';
import { takeTurn } from '../../server/sla/sla-turn.ts';
import { firstLedger, keepLedger, type Ledger, type WaitFacts } from '../../server/sla/waiting-ledger.ts';
import type { SlaClockRow } from '../../server/storage/tables.ts';
import { alwaysOpen } from '../../shared/hours-clock.ts';
import type { SlaPolicy, SlaRules } from '../../shared/sla.ts';
import { clockOfSpans } from '../helpers/span-clock.ts';

const MINUTE_MS = 60_000;

const rules: SlaRules = {
  name: 'Sales',
  isOn: true,
  when: {},
  firstResponseMs: 10 * MINUTE_MS,
  nextResponseMs: 20 * MINUTE_MS,
  resolutionMs: 60 * MINUTE_MS,
  isBusinessTime: true,
  warnAfter: 0.5,
};

/** What people do with a conversation, each some minutes after the one before. */
type Deed = 'write' | 'answer' | 'snooze' | 'reopen' | 'resolve';

/** A conversation as the house keeps it (message-effects.ts, conversations.ts). */
interface Talk extends WaitFacts {
  at: number;
}

function afterDeed(talk: Talk, deed: Deed, at: number): Talk {
  const next = { ...talk, at, changedAt: at, answeredAt: null as number | null };
  if (deed === 'write') {
    next.waitingSince = talk.status === 'resolved' ? at : (talk.waitingSince ?? at);
    return { ...next, status: 'open', resolvedAt: null };
  }
  if (deed === 'answer') {
    const status = talk.status === 'resolved' ? 'open' : talk.status;
    return { ...next, status, resolvedAt: null, waitingSince: null, firstResponseAt: talk.firstResponseAt ?? at, answeredAt: at };
  }
  if (deed === 'snooze') return { ...next, status: 'snoozed', resolvedAt: null };
  if (deed === 'resolve') return talk.status === 'resolved' ? next : { ...next, status: 'resolved', resolvedAt: at, endedAt: at };
  return { ...next, status: 'open', resolvedAt: null };
}

const deeds = fc.array(
  fc.record({
    deed: fc.constantFrom<Deed>('write', 'answer', 'snooze', 'reopen', 'resolve'),
    minutes: fc.integer({ min: 1, max: 90 }),
  }),
  { maxLength: 25 },
);

/** Open from a minute to another one, in order, apart. The last one ends late, or never. */
const spans = fc.array(fc.integer({ min: 1, max: 120 }), { minLength: 0, maxLength: 20 }).map((steps) => {
  let at = 0;
  const ends = steps.map((step) => (at += step));
  return ends.flatMap((from, index) => (index % 2 === 0 ? [{ from: from * MINUTE_MS, to: (ends[index + 1] ?? 100_000) * MINUTE_MS }] : []));
});

describe('the clocks of a promise', () => {
  test('run out at the minute at which somebody who counts every minute says so', () => {
    fc.assert(
      fc.property(deeds, spans, fc.boolean(), (done, open, isBusinessTime) => {
        const hours = clockOfSpans(open);
        const isOpen = (minute: number) => !isBusinessTime || hours.isOpenAt(minute * MINUTE_MS);
        const first: Talk = {
          status: 'open',
          waitingSince: 0,
          firstResponseAt: null,
          resolvedAt: null,
          endedAt: null,
          changedAt: 0,
          answeredAt: null,
          at: 0,
        };
        let talk = first;
        let ledger: Ledger = keepLedger(firstLedger, first, hours);
        let minute = 0;
        let waited = 0;
        let spent = 0;
        const reached = { response: null as number | null, resolution: null as number | null };
        const targets = () => ({ response: talk.firstResponseAt === null ? 10 : 20, resolution: 60 });
        const pass = (until: number) => {
          for (; minute < until; minute += 1) {
            if (talk.status !== 'open' || talk.waitingSince === null || !isOpen(minute)) continue;
            waited += 1;
            spent += 1;
            if (waited === targets().response) reached.response = minute + 1;
            if (spent === targets().resolution) reached.resolution = minute + 1;
          }
        };
        for (const { deed, minutes } of done) {
          pass(minute + minutes);
          const next = afterDeed(talk, deed, minute * MINUTE_MS);
          if (next.waitingSince !== talk.waitingSince) {
            waited = 0;
            reached.response = null;
          }
          talk = next;
          ledger = keepLedger(ledger, talk, hours);
        }
        const { response, resolution } = reckon({ ...rules, isBusinessTime }, ledger, { createdAt: 0, hours });
        const runs = talk.status === 'open' && talk.waitingSince !== null;
        if (!runs) {
          expect({ response, resolution }).toEqual({ response: null, resolution: null });
          return;
        }
        const end = minute + 4_000;
        pass(end);
        for (const [clock, at] of [
          [response, reached.response],
          [resolution, reached.resolution],
        ] as const) {
          if (at !== null) expect(clock?.dueAt).toBe(at * MINUTE_MS);
          else if (clock) expect(clock.dueAt).toBeGreaterThan(end * MINUTE_MS);
          if (clock) expect(clock.warnAt).toBeLessThanOrEqual(clock.dueAt);
        }
      }),
      { numRuns: 1_000 },
    );
  });

  test('are the same whoever looks, and however often', () => {
    fc.assert(
      fc.property(deeds, spans, (done, open) => {
        const hours = clockOfSpans(open);
        let [seldom, often] = [emptyRow(), emptyRow()];
        let talk: Talk = {
          status: 'open',
          waitingSince: 0,
          firstResponseAt: null,
          resolvedAt: null,
          endedAt: null,
          changedAt: 0,
          answeredAt: null,
          at: 0,
        };
        const told = { seldom: [] as string[], often: [] as string[] };
        let now = 0;
        const look = (row: SlaClockRow, heard: string[], at: number) => {
          const turn = takeTurn(row, lookedAt(talk), { policies: [policy], hours, now: at });
          heard.push(...turn.told.map(({ kind, target, dueAt }) => `${kind} ${target} ${dueAt}`));
          return turn.row;
        };
        for (const { deed, minutes } of [{ deed: 'write' as const, minutes: 0 }, ...done, { deed: 'write' as const, minutes: 600 }]) {
          for (let step = 1; step <= minutes; step += 7) {
            often = look(often, told.often, now + step * MINUTE_MS);
            talk = { ...talk, answeredAt: null };
          }
          now += minutes * MINUTE_MS;
          // Whoever looks seldom looks once at least before each deed, as the clock of the house does.
          seldom = look(seldom, told.seldom, now);
          often = look(often, told.often, now);
          talk = afterDeed(talk, deed, now);
          seldom = look(seldom, told.seldom, now);
          often = look(often, told.often, now);
          expect(look(often, told.often, now)).toEqual(often);
        }
        const breaches = (heard: string[]) => heard.filter((word) => word.startsWith('sla-breach')).sort();
        expect(breaches(told.often)).toEqual(breaches(told.seldom));
        expect(new Set(told.often).size).toBe(told.often.length);
        expect({ ...seldom, ...clear }).toEqual({ ...often, ...clear });
      }),
      { numRuns: 200 },
    );
  });

  test('of a long conversation go on from a sum', () => {
    let ledger = firstLedger;
    let talk: Talk = {
      status: 'open',
      waitingSince: 0,
      firstResponseAt: null,
      resolvedAt: null,
      endedAt: null,
      changedAt: 0,
      answeredAt: null,
      at: 0,
    };
    for (let round = 0; round < 500; round += 1) {
      talk = afterDeed(talk, 'write', round * 3 * MINUTE_MS);
      ledger = keepLedger(ledger, talk, alwaysOpen);
      talk = afterDeed(talk, 'answer', (round * 3 + 1) * MINUTE_MS);
      ledger = keepLedger(ledger, talk, alwaysOpen);
    }
    expect(ledger.stretches.length).toBeLessThan(100);
    talk = afterDeed(talk, 'write', 2_000 * MINUTE_MS);
    ledger = keepLedger(ledger, talk, alwaysOpen);
    const { resolution } = reckon({ ...rules, resolutionMs: 520 * MINUTE_MS }, ledger, { createdAt: 0, hours: alwaysOpen });
    expect(resolution?.dueAt).toBe(2_020 * MINUTE_MS);
  });
});

describe('a promise that was broken', () => {
  test('is late by what was waited after its moment, minute by minute, however long the conversation was', () => {
    fc.assert(
      fc.property(deeds, fc.integer({ min: 1, max: 120 }), (done, times) => {
        const many = Array.from({ length: times }, (_, round) => [
          ...(round === 0 ? done : []),
          { deed: 'write' as const, minutes: 2 },
          { deed: 'answer' as const, minutes: 3 },
        ]).flat();
        let row = emptyRow();
        let talk: Talk = { ...firstTalk };
        let [now, waited] = [0, 0];
        const late: (number | null)[] = [];
        const look = () => {
          const turn = takeTurn(row, lookedAt(talk), { policies: [{ ...policy, isBusinessTime: false }], hours: alwaysOpen, now });
          for (const { target, lateMsAfter } of turn.ended) if (target === 'resolution') late.push(lateMsAfter(60 * MINUTE_MS));
          row = turn.row;
        };
        look();
        // Waited for an hour without a pause, so that the moment is known.
        for (const { deed, minutes } of [{ deed: 'answer' as const, minutes: 70 }, ...many, { deed: 'resolve' as const, minutes: 5 }]) {
          if (talk.status === 'open' && talk.waitingSince !== null) waited += minutes;
          now += minutes * MINUTE_MS;
          look();
          const isFirstEnd = late.length === 0;
          talk = afterDeed(talk, deed, now);
          look();
          if (isFirstEnd && late.length > 0) expect(late[0]).toBe((waited - 60) * MINUTE_MS);
        }
        expect(late.length).toBeGreaterThan(0);
      }),
      { numRuns: 200 },
    );
  });
});

describe('of several policies', () => {
  const subject: PolicySubject = { inboxId: 'a', teamId: 's', priority: 'high', lifecycle: 'customer', fields: { plan: ' Gold ' } };
  const make = (id: string, when: SlaRules['when'], isOn = true): SlaPolicy => ({ ...rules, id, place: 1, version: 1, when, isOn });

  test('the first that fits counts', () => {
    const policies = [
      make('off', {}, false),
      make('other inbox', { inboxIds: ['b'] }),
      make('no team', { teamIds: ['t'] }),
      make('silver', { fields: [{ key: 'plan', value: 'silver' }] }),
      make('gold', {
        inboxIds: ['a'],
        teamIds: ['s', 't'],
        priorities: ['high'],
        lifecycles: ['customer'],
        fields: [{ key: 'plan', value: 'GOLD' }],
      }),
      make('everybody', {}),
    ];
    expect(policyFor(policies, subject)?.id).toBe('gold');
    expect(policyFor(policies, { ...subject, lifecycle: 'lead' })?.id).toBe('everybody');
    expect(policyFor(policies.slice(0, 4), { ...subject, teamId: null })).toBeNull();
  });
});

const firstTalk: Talk = {
  status: 'open',
  waitingSince: 0,
  firstResponseAt: null,
  resolvedAt: null,
  endedAt: null,
  changedAt: 0,
  answeredAt: null,
  at: 0,
};

const policy: SlaPolicy = { ...rules, id: 'p', place: 1, version: 1 };

/** When somebody noticed is another for whoever looks seldom. */
const clear = { responseWarnedAt: 0, responseBreachedAt: 0, resolutionWarnedAt: 0, resolutionBreachedAt: 0, nextAt: 0 };

function lookedAt(talk: Talk) {
  const subject: PolicySubject = { inboxId: 'a', teamId: null, priority: 'normal', lifecycle: 'lead', fields: {} };
  return { id: 'c', seen: JSON.stringify(talk.status), createdAt: 0, facts: talk, subject, assigneeId: null };
}

function emptyRow(): SlaClockRow {
  return {
    id: 'c',
    policyId: null,
    seen: '',
    ledger: JSON.stringify(firstLedger),
    responseTarget: null,
    responseStartedAt: null,
    responseWarnAt: null,
    responseDueAt: null,
    responseWarnedAt: null,
    responseBreachedAt: null,
    resolutionWarnAt: null,
    resolutionDueAt: null,
    resolutionWarnedAt: null,
    resolutionBreachedAt: null,
    target: null,
    warnAt: null,
    dueAt: null,
    nextAt: null,
  };
}
