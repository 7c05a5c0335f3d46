const HOUR_MS = 60 * 60 * 1_000;
const DAYS = 7;
const FIRST_HOUR = 9;
const LAST_HOUR = 17;
/** Nobody is ready at once. */
const AHEAD_MS = 30 * 60 * 1_000;

/** The hours of the coming week at which somebody may be called: from nine to six where the business is. Milliseconds, in order. */
export function callbackSlots(now: number, timeZone: string): number[] {
  const hourThere = hourIn(timeZone);
  const slots: number[] = [];
  const first = Math.ceil((now + AHEAD_MS) / HOUR_MS) * HOUR_MS;
  for (let at = first - wholeHourOffset(first, timeZone); at < now + DAYS * 24 * HOUR_MS; at += HOUR_MS) {
    const hour = hourThere(at);
    if (at >= now + AHEAD_MS && hour >= FIRST_HOUR && hour <= LAST_HOUR) slots.push(at);
  }
  return slots;
}

function hourIn(timeZone: string): (at: number) => number {
  const format = new Intl.DateTimeFormat('en', { hour: 'numeric', hourCycle: 'h23', timeZone });
  return (at) => Number(format.format(at));
}

/** Where the clock is half an hour off the others, whole hours are, too. */
function wholeHourOffset(at: number, timeZone: string): number {
  return Number(new Intl.DateTimeFormat('en', { minute: 'numeric', timeZone }).format(at)) * 60_000;
}
