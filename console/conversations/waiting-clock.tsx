import type { ConversationSummary } from '../../shared/conversation.ts';
import { SlaClock } from '../contacts/sla-clock.tsx';
import { t } from '../texts/texts.ts';
import { waitsSince } from './list-views.ts';
import { WaitingTime } from './waiting-time.tsx';

/** What counts while somebody waits: the promise that runs out first, or how long it has been. */
export function WaitingClock({ summary, isSpelt = false }: { summary: ConversationSummary; isSpelt?: boolean }) {
  if (summary.sla) return <SlaClock sla={summary.sla} isSpelt={isSpelt} />;
  const since = waitsSince(summary);
  if (since === null) return null;
  if (!isSpelt) return <WaitingTime since={since} />;
  return (
    <>
      <span>{t('waiting.label')}</span> <WaitingTime since={since} />
    </>
  );
}
