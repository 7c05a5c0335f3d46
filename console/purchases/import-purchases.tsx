import { useState } from 'preact/hooks';
import type { ErrorReply } from '../../shared/errors.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { CheckField } from '../ui/check-field.tsx';
import { CurrencyField } from '../ui/currency-field.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { formatNumber } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import { useFileDrop } from '../ui/use-file-drop.ts';
import styles from './import-purchases.module.css';
import { isAtWork, useFileImport } from './purchase-file.ts';
import { PurchaseFileProgress } from './purchase-file-progress.tsx';
import { PurchaseImportReport } from './purchase-import-report.tsx';

/** Purchases from a file. What would become of them is told before anything is written; it goes on when this is closed. */
export function ImportPurchases({ http, onClose }: { http: Http; onClose: () => void }) {
  const work = useFileImport(http);
  const [skipsRefused, setSkipsRefused] = useState(false);
  const drop = useFileDrop((chosen) => void work.take(chosen));
  const { file, error, isBusy } = work;
  const isWorking = file !== null && isAtWork(file);
  const isChecked = file?.job.status === 'draft' && file.job.stage === 'check';
  const { add = 0, update = 0, refused = 0 } = file?.outcomes ?? {};
  const mayRun = isChecked && add + update > 0 && (refused === 0 || skipsRefused);
  return (
    <Dialog
      title={t('purchases.importTitle')}
      closeLabel={t('action.close')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('action.close')}</Button>
          {(!file || file.job.status === 'draft' || (isWorking && file.job.stage === 'check')) && (
            <Button look="primary" disabled={!mayRun} isBusy={isBusy && isChecked} onClick={() => work.run(skipsRefused)}>
              {t('purchases.importNow')}
            </Button>
          )}
        </>
      }
    >
      {file ? (
        <div class={styles.file}>
          <Icon name="paperclip" />
          <span class={styles.name}>
            <bdi>{file.name}</bdi>
            <span class={styles.soft}>{t('purchases.importRows', { count: file.rows, number: formatNumber(file.rows) })}</span>
          </span>
          {!isWorking && (
            <Button size="small" onClick={work.leave}>
              {t('purchases.importAnother')}
            </Button>
          )}
        </div>
      ) : (
        <label class={styles.drop} data-over={drop.isOver || undefined} aria-busy={isBusy || undefined} {...drop.target}>
          <input
            class="visually-hidden"
            type="file"
            accept=".csv,.tsv,.txt,.json,text/csv,application/json"
            onChange={(event) => {
              void work.take(event.currentTarget.files?.[0]);
              event.currentTarget.value = '';
            }}
          />
          <Icon name="paperclip" />
          <span>{t(isBusy ? 'purchases.importReading' : 'purchases.importDrop')}</span>
        </label>
      )}
      {!file && <p class={styles.soft}>{t('purchases.importColumns')}</p>}
      {error && (
        <p class={styles.problem} role="alert">
          {sentenceOf(error)}
        </p>
      )}
      {file && (file.job.status === 'draft' || file.job.stage === 'check') && (
        <>
          <CurrencyField
            label={t('purchases.importCurrency')}
            value={file.plan.currency}
            onChoose={(currency) => work.check({ ...file.plan, currency })}
          />
          <CheckField
            label={t('purchases.importOpens')}
            hint={t('purchases.importOpensHint')}
            isChecked={file.plan.opensFiles}
            onChange={(opensFiles) => work.check({ ...file.plan, opensFiles })}
          />
        </>
      )}
      {file && <PurchaseFileProgress file={file} onTurn={work.turn} />}
      {file && !isWorking && file.job.stage !== 'read' && <PurchaseImportReport http={http} file={file} onFetch={work.fetchRefused} />}
      {isChecked && refused > 0 && add + update > 0 && (
        <CheckField
          label={t('purchases.importSkip')}
          hint={t('purchases.importSkipHint')}
          isChecked={skipsRefused}
          onChange={setSkipsRefused}
        />
      )}
    </Dialog>
  );
}

function sentenceOf(error: ErrorReply): string {
  const { code, message, field } = error;
  if (field !== 'file') return errorText(error);
  if (code === 'too-large') return t('purchases.importLong');
  if (message.includes('workbook')) return t('purchases.importWorkbook');
  return t(
    message.includes('holds no') ? 'purchases.importEmpty' : message.includes('JSON') ? 'purchases.importNoJson' : 'purchases.importUnread',
  );
}
