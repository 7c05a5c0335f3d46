import type { ConversationSla } from '../../shared/sla.ts';
import { t } from '../texts/texts.ts';
import { Badge } from '../ui/badge.tsx';
import { formatClock, formatMoment, formatWait } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import { screenClock } from '../ui/screen-clock.ts';
import { secondClock, useSecondClock } from '../ui/second-clock.ts';
import { useInSight } from '../ui/use-in-sight.ts';
import styles from './sla-clock.module.css';

/** From here on every second counts, and is shown. */
const COUNTED_MS = 60 * 60_000;

interface SlaClockProps {
  sla: ConversationSla;
  /** With words, where there is room for them. */
  isSpelt?: boolean;
}

/** When an answer is due, or how late it is. It counts the seconds by itself, and only while it is in sight: no list is drawn for it. */
export function SlaClock({ sla: { target, warnAt, dueAt }, isSpelt = false }: SlaClockProps) {
  const { ref, isInSight } = useInSight<HTMLSpanElement>();
  useSecondClock();
  const isCounted = isInSight && Math.abs(dueAt - screenClock.value) < COUNTED_MS;
  const now = isCounted ? Math.max(secondClock.value, screenClock.value) : screenClock.value;
  const isLate = now >= dueAt;
  const leftMs = Math.abs(dueAt - now);
  const time = leftMs < COUNTED_MS ? formatClock(leftMs) : formatWait(leftMs);
  const subject = target === 'resolution' ? 'resolution' : 'answer';
  const sentence = t(`sla.${isLate ? 'late' : 'due'}.${subject}`, { time });
  return (
    <span ref={ref} class={styles.clock} data-sla={isLate ? 'late' : now >= warnAt ? 'soon' : 'due'}>
      <Badge tone={isLate ? 'red' : now >= warnAt ? 'amber' : 'neutral'} title={t(`sla.by.${subject}`, { moment: formatMoment(dueAt) })}>
        <Icon name={isLate ? 'triangle-alert' : target === 'resolution' ? 'circle-check' : 'timer'} size="small" />
        {isSpelt ? (
          <span class={styles.time}>{sentence}</span>
        ) : (
          <>
            <bdi class={styles.time} dir="ltr" aria-hidden="true">
              {isLate && leftMs < COUNTED_MS ? `−${time}` : time}
            </bdi>
            <span class="visually-hidden">{sentence}</span>
          </>
        )}
      </Badge>
    </span>
  );
}
