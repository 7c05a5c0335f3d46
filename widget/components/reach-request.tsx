import { useSpeech } from './speech.ts';

/** Asks once, below the visitor's words, how it can be reached. It is never in the way of writing on. */
export function ReachRequest({ onLeave, onDecline }: { onLeave: () => void; onDecline: () => void }) {
  const { t } = useSpeech();
  return (
    <div class="notice reach">
      <p>{t('askReach')}</p>
      <button type="button" onClick={onLeave}>
        {t('leaveReach')}
      </button>
      <button type="button" onClick={onDecline}>
        {t('noThanks')}
      </button>
    </div>
  );
}
