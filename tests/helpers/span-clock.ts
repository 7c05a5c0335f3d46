import type { HoursClock } from '../../shared/hours-clock.ts';

/** Hours that are a list of spans, for whoever tests what hours do elsewhere. After the last span it is closed for good. */
export function clockOfSpans(spans: readonly { from: number; to: number }[]): HoursClock {
  const spansBetween: HoursClock['spansBetween'] = (from, to) =>
    spans.flatMap((span) => {
      const cut = { from: Math.max(span.from, from), to: Math.min(span.to, to) };
      return cut.from < cut.to ? [cut] : [];
    });
  return {
    timeZone: 'UTC',
    isOpenAt: (at) => spans.some(({ from, to }) => from <= at && at < to),
    opensAt: (at) => spansBetween(at, Number.MAX_SAFE_INTEGER)[0]?.from ?? null,
    closesAt: (at) =>
      spans.some(({ from, to }) => from <= at && at < to) ? (spans.find(({ from, to }) => from <= at && at < to)?.to ?? null) : at,
    spansBetween,
    openMsBetween: (from, to) => spansBetween(from, to).reduce((sum, span) => sum + span.to - span.from, 0),
    afterOpenMs: (from, ms) => {
      let left = ms;
      for (const span of spansBetween(from, Number.MAX_SAFE_INTEGER)) {
        if (span.to - span.from >= left) return span.from + left;
        left -= span.to - span.from;
      }
      return null;
    },
  };
}
