import { useEffect, useState } from 'preact/hooks';
import type { Desk } from '../conversations/desk.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import styles from './connection-banner.module.css';

/** Says calmly that nothing is lost while the server cannot be heard. A blink of the network passes without a word. */
export function ConnectionBanner({ desk }: { desk: Desk }) {
  const isOnline = useIsOnline();
  const state = desk.connection.state.value;
  const refusal = desk.refusal.value;
  const count = desk.courier.pending.value.filter((message) => !message.failed).length;
  const isShown = refusal !== null || !isOnline || state === 'reconnecting' || (state === 'connecting' && desk.list.isLoaded.value);
  return (
    <div role="status" class={styles.place}>
      {isShown && (
        <div class={styles.banner} data-corner>
          <Icon name={isOnline ? 'refresh-cw' : 'wifi-off'} size="small" />
          <span>
            {refusal ? errorText(refusal) : isOnline ? t('connection.lost') : t('connection.offline')}
            {count > 0 && ` ${t('connection.pending', { count })}`}
          </span>
          {isOnline && (
            <Button size="small" look="quiet" class={styles.now} onClick={() => desk.connection.restart()}>
              {t('connection.now')}
            </Button>
          )}
        </div>
      )}
    </div>
  );
}

/** Whether the browser has any network at all. */
function useIsOnline(): boolean {
  const [isOnline, setIsOnline] = useState(navigator.onLine);
  useEffect(() => {
    const follow = () => setIsOnline(navigator.onLine);
    window.addEventListener('online', follow);
    window.addEventListener('offline', follow);
    return () => {
      window.removeEventListener('online', follow);
      window.removeEventListener('offline', follow);
    };
  }, []);
  return isOnline;
}
