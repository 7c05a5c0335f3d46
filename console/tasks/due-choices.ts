/** The times that somebody has in mind who writes down what is to be done, by the clock of this browser. */

export const dueKinds = ['hour', 'evening', 'tomorrow', 'week'] as const;
export type DueKind = (typeof dueKinds)[number];

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const MORNING_HOUR = 9;
const EVENING_HOUR = 18;

/** In order, each once, and none that is almost over. A week begins on Sunday (0) or Monday (1), by the language's habit. */
export function dueChoices(now: number, weekStartsOn: 0 | 1): { kind: DueKind; at: number }[] {
  const timeIn = (days: number, hour: number) => {
    const date = new Date(now);
    date.setDate(date.getDate() + days);
    return date.setHours(hour, 0, 0, 0);
  };
  const daysToWeek = (weekStartsOn - new Date(now).getDay() + 7) % 7 || 7;
  const hour = Math.ceil((now + HOUR_MS) / (15 * MINUTE_MS)) * 15 * MINUTE_MS;
  const evening = timeIn(0, EVENING_HOUR);
  const times: [DueKind, number][] = [
    ['hour', hour],
    ['evening', evening],
    ['tomorrow', timeIn(1, MORNING_HOUR)],
    ['week', timeIn(daysToWeek, MORNING_HOUR)],
  ];
  const ahead = times.filter(([kind, at]) => kind !== 'evening' || at > hour);
  return ahead.map(([kind, at]) => ({ kind, at })).filter(({ at }, place, all) => all.findIndex((other) => other.at === at) === place);
}
