/** When somebody can be called: pure rules over the hours of the business. */
import { DateTime } from 'luxon';
import type { CallbackRule } from '../../shared/callback-rule.ts';
import { alwaysOpen, type HoursClock } from '../../shared/hours-clock.ts';
import type { TaskRow } from '../storage/tables.ts';

/** What has rung and nobody sees to rings again after so long. */
export const RING_AGAIN_MS = 5 * 60_000;

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** A business that has set no hours is not called upon at night: its calls are offered from nine to six. */
export const USUAL_FIRST_HOUR = 9;
const USUAL_LAST_HOUR = 18;
/** More than anybody reads, and a small message still. */
const SLOTS_MAX = 1_000;
/** Whoever keeps its place is called after this at the latest, while the business is open. */
const TURN_MAX_MS = 4 * 60 * MINUTE_MS;

export interface CallHours {
  clock: HoursClock;
  rule: CallbackRule;
  /** Of the business: slots begin on the clock there. */
  timeZone: string;
}

/** When the slots begin that can be promised at `now`, in order, the full ones among them. */
export function listSlots({ clock, rule, timeZone }: CallHours, now: number): number[] {
  const slotMs = rule.slotMinutes * MINUTE_MS;
  const from = now + rule.leadMinutes * MINUTE_MS;
  const to = now + rule.daysAhead * DAY_MS;
  const spans = clock === alwaysOpen ? usualSpans(from, to, timeZone) : clock.spansBetween(from, to);
  const slots: number[] = [];
  for (const span of spans) {
    const first = slotOf(span.from, { rule, timeZone });
    for (let at = first < span.from ? first + slotMs : first; at + slotMs <= span.to; at += slotMs) {
      if (slots.length === SLOTS_MAX) return slots;
      slots.push(at);
    }
  }
  return slots;
}

/** The slot that a moment lies in, counted from midnight on the clock of the business. */
export function slotOf(at: number, { rule, timeZone }: Pick<CallHours, 'rule' | 'timeZone'>): number {
  const there = DateTime.fromMillis(at, { zone: timeZone });
  const past = ((there.hour * 60 + there.minute) % rule.slotMinutes) * MINUTE_MS;
  return at - past - (at % MINUTE_MS);
}

/** As soon as possible. */
export function soonestCall({ clock }: Pick<CallHours, 'clock'>, now: number): number {
  return clock.opensAt(now) ?? now;
}

/** The latest moment at which somebody is called who keeps its place in the queue. */
export function latestTurn({ clock }: Pick<CallHours, 'clock'>, now: number): number {
  const from = soonestCall({ clock }, now);
  return Math.min(clock.closesAt(from) ?? Number.POSITIVE_INFINITY, from + TURN_MAX_MS);
}

/** After so many tries that nobody answered; null: it is given up. Whoever has set no hours tries again from nine to six. */
function nextTry({ clock, rule, timeZone }: CallHours, tries: number, now: number): number | null {
  const retry = rule.retries[tries - 1];
  if (retry === undefined) return null;
  if (retry === 'next-day') return nextMorning({ clock, timeZone }, now);
  const at = now + retry * MINUTE_MS;
  return clock === alwaysOpen ? usualTime(at, timeZone) : soonestCall({ clock }, at);
}

/** Nobody answered. Whoever was called before the time that was promised is called at that time all the same. */
export function nextTryOf(
  hours: CallHours,
  { attemptCount, dueAt, slotAt, awaitsTurn }: Pick<TaskRow, 'attemptCount' | 'dueAt' | 'slotAt' | 'awaitsTurn'>,
  now: number,
): number | null {
  const at = nextTry(hours, attemptCount + 1, now);
  if (dueAt <= now || awaitsTurn === 1) return at;
  return at === null ? slotAt && dueAt : Math.max(at, dueAt);
}

/** On the next day with hours, not before nine; where they end before that, when they begin. */
function nextMorning({ clock, timeZone }: Pick<CallHours, 'clock' | 'timeZone'>, now: number): number {
  const tomorrow = DateTime.fromMillis(now, { zone: timeZone }).plus({ days: 1 }).startOf('day');
  const opensAt = soonestCall({ clock }, tomorrow.toMillis());
  const day = DateTime.fromMillis(opensAt, { zone: timeZone }).startOf('day');
  const at = soonestCall({ clock }, Math.max(opensAt, day.set({ hour: USUAL_FIRST_HOUR }).toMillis()));
  return at < day.plus({ days: 1 }).toMillis() ? at : opensAt;
}

/** The first moment from here on at which somebody may be called by whom no hours were set. */
function usualTime(at: number, timeZone: string): number {
  return usualSpans(at, at + 2 * DAY_MS, timeZone)[0]?.from ?? at;
}

/** When the agents hear of it first: a while before, where there is still time for that. */
export function firstRing({ rule }: Pick<CallHours, 'rule'>, dueAt: number, now: number): number {
  const remindAt = dueAt - rule.reminderMinutes * MINUTE_MS;
  return remindAt > now ? remindAt : dueAt;
}

function usualSpans(from: number, to: number, timeZone: string): { from: number; to: number }[] {
  const spans: { from: number; to: number }[] = [];
  for (let day = DateTime.fromMillis(from, { zone: timeZone }).startOf('day'); day.toMillis() < to; day = day.plus({ days: 1 })) {
    const [opens, closes] = [USUAL_FIRST_HOUR, USUAL_LAST_HOUR].map((hour) => day.set({ hour }).toMillis()) as [number, number];
    if (closes > from && opens < to) spans.push({ from: Math.max(opens, from), to: Math.min(closes, to) });
  }
  return spans;
}
