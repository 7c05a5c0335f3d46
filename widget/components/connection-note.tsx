import type { ChatStatus } from '../visitor-session.ts';
import { useSpeech } from './speech.ts';
import { useDelayed } from './use-delayed.ts';

/** Most interruptions are over before anybody would have noticed them. */
export const CALM_MS = 2_000;

export function ConnectionNote({ status, isOnline, onTryAgain }: { status: ChatStatus; isOnline: boolean; onTryAgain: () => void }) {
  const { t } = useSpeech();
  const isInterrupted = useDelayed(!isOnline || status === 'lost' || status === 'connecting', CALM_MS);
  const isRefused = status === 'refused';
  return (
    <div class="connection" role="status">
      {(isRefused || isInterrupted) && (
        <p>
          {t(isRefused ? 'refused' : !isOnline ? 'offline' : status === 'connecting' ? 'connecting' : 'reconnecting')}{' '}
          {isRefused && (
            <button type="button" onClick={onTryAgain}>
              {t('tryAgain')}
            </button>
          )}
        </p>
      )}
    </div>
  );
}
