/** Times as a person reads them. `locale` is a BCP 47 tag with its region, because the region decides on 10:42 or 10:42 AM. */
export function createTimeFormats(locale: string, now: () => number = Date.now) {
  // Making a format takes the browser milliseconds, so each is made when it is first needed.
  const clock = once(() => new Intl.DateTimeFormat(locale, { hour: 'numeric', minute: '2-digit' }));
  const weekday = once(() => new Intl.DateTimeFormat(locale, { weekday: 'long' }));
  const date = once(() => new Intl.DateTimeFormat(locale, { weekday: 'long', day: 'numeric', month: 'long' }));
  const oldDate = once(() => new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric' }));
  const days = once(() => new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }));

  const isSameYear = (at: number) => new Date(at).getFullYear() === new Date(now()).getFullYear();
  const time = (at: number) => clock().format(at);
  const day = (at: number) => {
    const ago = dayNumber(now()) - dayNumber(at);
    if (ago === 0 || ago === 1) return capitalised(days().format(-ago, 'day'));
    return (isSameYear(at) ? date() : oldDate()).format(at);
  };
  return {
    time,
    /** A line between days: today, yesterday, Monday 3 March, 3 March 2024. */
    day,
    /** For a row in a list: the time today, else the day. */
    short(at: number) {
      const ago = dayNumber(now()) - dayNumber(at);
      if (ago === 0) return time(at);
      return (ago < 7 ? weekday() : oldDate()).format(at);
    },
    /** When something comes: the time today, else with its day. */
    ahead(at: number) {
      const days = dayNumber(at) - dayNumber(now());
      return days === 0 ? time(at) : `${(days < 7 ? weekday() : date()).format(at)} ${time(at)}`;
    },
    full: (at: number) => `${day(at)}, ${time(at)}`,
  };
}

export type TimeFormats = ReturnType<typeof createTimeFormats>;

/** Local days, counted; a day is the visitor's, not UTC's. */
export function dayNumber(at: number): number {
  const local = new Date(at);
  return Math.round(Date.UTC(local.getFullYear(), local.getMonth(), local.getDate()) / 86_400_000);
}

function once<Made>(make: () => Made): () => Made {
  let made: Made | undefined;
  return () => {
    made ??= make();
    return made;
  };
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
