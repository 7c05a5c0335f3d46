/** Times of the day as people type them: "9", "930", "9:30", "9.30", "9pm". Minutes since midnight; 24:00 is the day's end. */

const DAY_MINUTES = 24 * 60;

export function readTime(typed: string): number | null {
  const text = typed.trim().toLowerCase().replace(/\s+/g, '');
  const found = /^(\d{1,2})(?:[:.,]?(\d{2}))?(am|pm|a|p)?$/.exec(text) ?? /^(\d{1,2})[:.,](\d)$/.exec(text);
  if (!found) return null;
  const [, hourText, minuteText = '0', half] = found;
  const minutes = minuteText.length === 1 && minuteText !== '0' ? Number(minuteText) * 10 : Number(minuteText);
  let hours = Number(hourText);
  if (half !== undefined) {
    if (hours < 1 || hours > 12) return null;
    hours = (hours % 12) + (half.startsWith('p') ? 12 : 0);
  }
  const time = hours * 60 + minutes;
  return minutes < 60 && time <= DAY_MINUTES ? time : null;
}

/** From one time on the clock to another: an end that is not later is meant of the next day. */
export function spanBetween(from: number, until: number): { from: number; to: number } {
  const start = from % DAY_MINUTES;
  const end = until > start ? until : until + DAY_MINUTES;
  return { from: start, to: end };
}

/** In order, and what touches or overlaps as one, as it counts anyway. */
export function tidySpans(spans: readonly { from: number; to: number }[]): { from: number; to: number }[] {
  const tidy: { from: number; to: number }[] = [];
  for (const { from, to } of [...spans].sort((one, other) => one.from - other.from)) {
    const last = tidy.at(-1);
    if (!last || from > last.to) tidy.push({ from, to });
    else last.to = Math.min(Math.max(last.to, to), last.from + DAY_MINUTES);
  }
  return tidy;
}
