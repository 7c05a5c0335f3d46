import { t } from '../texts/texts.ts';
import { Badge } from '../ui/badge.tsx';
import { formatMoment, formatWait } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import { screenClock } from '../ui/screen-clock.ts';
import { waitingTone } from './list-views.ts';

/** How long the visitor has been waiting for an answer. The colour repeats what the number says. */
export function WaitingTime({ since }: { since: number }) {
  const waitedMs = Math.max(0, screenClock.value - since);
  return (
    <Badge tone={waitingTone(waitedMs)} title={t('waiting.since', { moment: formatMoment(since) })}>
      <Icon name="clock" size="small" label={t('waiting.label')} />
      {formatWait(waitedMs)}
    </Badge>
  );
}
