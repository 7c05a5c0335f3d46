export type SnoozePreset = 'hour' | 'tomorrow' | 'week';

const MORNING_HOUR = 9;

/** Three moments by the agent's own clock. A week begins on Sunday (0) or Monday (1), by the language's habit. */
export function snoozePresets(now: number, weekStartsOn: 0 | 1): Record<SnoozePreset, number> {
  const morningIn = (days: number) => {
    const date = new Date(now);
    date.setDate(date.getDate() + days);
    return date.setHours(MORNING_HOUR, 0, 0, 0);
  };
  const daysToWeek = (weekStartsOn - new Date(now).getDay() + 7) % 7 || 7;
  return { hour: now + 60 * 60_000, tomorrow: morningIn(1), week: morningIn(daysToWeek) };
}
