import type { PurchaseFile } from '../../shared/purchase-import.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { formatNumber } from '../ui/format.ts';
import styles from './import-purchases.module.css';
import { isAtWork } from './purchase-file.ts';

/** What is being done to a file, how far it has come, and how it is stopped or taken back. */
export function PurchaseFileProgress({ file, onTurn }: { file: PurchaseFile; onTurn: (how: 'cancel' | 'undo') => void }) {
  const { job } = file;
  const sentence = sentenceOf(file);
  if (sentence === null) return null;
  const isWorking = isAtWork(file);
  return (
    <div class={styles.progress}>
      <p class={styles.sentence} role={isWorking ? undefined : 'status'}>
        {sentence}
      </p>
      {isWorking && (
        <progress
          class={styles.bar}
          aria-label={sentence}
          max={job.total > 0 ? job.total : undefined}
          value={job.total > 0 ? job.done : undefined}
        />
      )}
      {isWorking && <p class={styles.soft}>{t('purchases.importGoesOn')}</p>}
      {job.status === 'running' && job.stage === 'write' && (
        <Button size="small" onClick={() => onTurn('cancel')}>
          {t('purchases.importStop')}
        </Button>
      )}
      {job.canUndo && (
        <Button size="small" icon="rotate-ccw" onClick={() => onTurn('undo')}>
          {t('purchases.importUndo')}
        </Button>
      )}
    </div>
  );
}

function sentenceOf({ job }: PurchaseFile): string | null {
  const numbers = { done: formatNumber(job.done), total: formatNumber(job.total) };
  const count = job.added + job.changed;
  switch (job.status) {
    case 'running':
      return t(job.stage === 'check' ? 'purchases.importChecking' : 'purchases.importWriting', numbers);
    case 'undoing':
      return t('purchases.importUndoing', numbers);
    case 'undone':
      return t(count > 0 ? 'purchases.importPartlyUndone' : 'purchases.importUndone');
    case 'failed':
      return t('purchases.importFailed');
    case 'done':
      return t('purchases.imported', { count, number: formatNumber(count) });
    default:
      return null;
  }
}
