import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { formatNumber } from '../ui/format.ts';
import styles from './bulk-bar.module.css';
import type { BulkDesk, BulkRun } from './bulk-desk.ts';

/** Goes on while the agent works elsewhere. */
export function BulkProgress({ bulk, run: { kind, done, total } }: { bulk: BulkDesk; run: BulkRun }) {
  const words = t(`bulk.running.${kind}`);
  return (
    <div class={styles.bar}>
      <div class={styles.progress}>
        <span id="bulk-progress">
          {words} {total === null ? formatNumber(done) : t('bulk.progress', { done, total })}
        </span>
        <progress aria-labelledby="bulk-progress" {...(total !== null && { value: done, max: total })} />
      </div>
      <Button size="small" onClick={() => bulk.cancel()}>
        {t('action.cancel')}
      </Button>
    </div>
  );
}
