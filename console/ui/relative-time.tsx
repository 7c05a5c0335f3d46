import { formatAgo, formatMoment } from './format.ts';
import { screenClock } from './screen-clock.ts';

/** Short and relative; the whole moment on hover and for a screen reader's table of values. */
export function RelativeTime({ at, class: className }: { at: number; class?: string | undefined }) {
  return (
    <time class={className} dateTime={new Date(at).toISOString()} title={formatMoment(at)}>
      {formatAgo(at, screenClock.value)}
    </time>
  );
}
