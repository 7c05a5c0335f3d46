import * as z from 'zod';

/** An IANA time zone that this machine knows, like Asia/Jerusalem. */
export const timeZoneSchema = z.string().max(60).refine(isTimeZone, 'must be a time zone like Asia/Jerusalem');

function isTimeZone(name: string): boolean {
  // A bare offset (+02:00) knows no summer time, and older engines do not take it.
  if (!/^[A-Za-z]/.test(name)) return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
