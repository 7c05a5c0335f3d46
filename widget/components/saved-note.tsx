import { useEffect } from 'preact/hooks';
import { useSpeech } from './speech.ts';

/** How long a word of thanks stands. */
const SAVED_MS = 4_000;

export function SavedNote({ isWaiting, isRefused, onSeen }: { isWaiting: boolean; isRefused: boolean; onSeen: () => void }) {
  const { t } = useSpeech();
  useEffect(() => {
    if (isWaiting) return undefined;
    const timer = setTimeout(onSeen, SAVED_MS);
    return () => clearTimeout(timer);
  }, [isWaiting]);
  return (
    <p class="saved" role="status">
      {t(isRefused ? 'detailsRefused' : isWaiting ? 'detailsWaiting' : 'detailsSaved')}
    </p>
  );
}
