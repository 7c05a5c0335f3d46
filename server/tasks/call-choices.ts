/** The times that an agent is offered for a call: pure rules over the hours of the business. */
import { DateTime } from 'luxon';
import { alwaysOpen } from '../../shared/hours-clock.ts';
import { CALLBACK_AHEAD_MS, type CallChoiceKind, type CallChoices } from '../../shared/task.ts';
import { type CallHours, USUAL_FIRST_HOUR } from './call-times.ts';

const HOUR_MS = 60 * 60 * 1_000;
const AFTERNOON_HOUR = 15;
const EVENING_HOUR = 18;

/** In order, each moment once, and none at which nobody is there. */
export function listCallChoices({ clock, timeZone }: Pick<CallHours, 'clock' | 'timeZone'>, now: number): CallChoices['choices'] {
  const today = DateTime.fromMillis(now, { zone: timeZone }).startOf('day');
  const tomorrow = today.plus({ days: 1 });
  const hourOf = (day: DateTime, hour: number) => day.set({ hour }).toMillis();
  /** The first open moment of this stretch, if there is one. */
  const within = (from: number, to: number) => {
    const at = from < now ? null : clock.opensAt(from);
    return at !== null && at < to ? at : null;
  };
  const isOpen = clock.isOpenAt(now);
  const morning = within(hourOf(tomorrow, USUAL_FIRST_HOUR), hourOf(tomorrow, AFTERNOON_HOUR));
  const wishes: [CallChoiceKind, number | null][] = [
    ['hour', clock.isOpenAt(now + HOUR_MS) ? now + HOUR_MS : null],
    ['afternoon', within(hourOf(today, AFTERNOON_HOUR), hourOf(today, EVENING_HOUR))],
    ['tomorrow', morning],
    ['opening', isOpen && morning !== null ? null : clock.opensAt(isOpen ? hourOf(tomorrow, USUAL_FIRST_HOUR) : now)],
  ];
  const choices = wishes.flatMap(([kind, at]) => (at === null ? [] : [{ kind, at }]));
  return choices
    .filter(({ at }, index) => choices.findIndex((other) => other.at === at) === index)
    .toSorted((one, other) => one.at - other.at);
}

/** Null for whoever has set no hours: then every time is as good as another. */
export function openSpans({ clock }: Pick<CallHours, 'clock'>, now: number): CallChoices['open'] {
  return clock === alwaysOpen ? null : clock.spansBetween(now, now + CALLBACK_AHEAD_MS);
}
