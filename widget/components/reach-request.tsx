import { useRef } from 'preact/hooks';
import { useSpeech } from './speech.ts';
import css from './talk-notes.css?inline';
import { useStyle } from './use-style.ts';

/** Asks once, below the visitor's words, how it can be reached. It is never in the way of writing on. */
export function ReachRequest({ onLeave, onDecline }: { onLeave: () => void; onDecline: () => void }) {
  const { t } = useSpeech();
  const place = useRef<HTMLDivElement>(null);
  useStyle(place, css);
  return (
    <div ref={place} class="notice reach">
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
