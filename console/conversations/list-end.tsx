import { useEffect, useRef } from 'preact/hooks';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import styles from './conversation-list.module.css';
import type { ShownView } from './shown-view.ts';

/** Where the rows end that are here: reads on when it comes into sight, and says so when that failed. */
export function ListEnd({ shown }: { shown: ShownView }) {
  const phase = shown.phase.value;
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (phase !== 'idle' || !ref.current || typeof IntersectionObserver === 'undefined') return undefined;
    const observer = new IntersectionObserver(([entry]) => entry?.isIntersecting && void shown.more(), { rootMargin: '400px' });
    observer.observe(ref.current);
    return () => observer.disconnect();
  }, [phase, shown]);
  if (phase !== 'failed' && (phase === 'complete' || shown.isComplete.value)) return null;
  return (
    <div class={styles.end} ref={ref}>
      {phase === 'failed' && <p role="alert">{t('list.failed')}</p>}
      <Button size="small" isBusy={phase === 'loading'} onClick={() => void shown.more()}>
        {phase === 'failed' ? t('action.retry') : t('action.more')}
      </Button>
    </div>
  );
}
