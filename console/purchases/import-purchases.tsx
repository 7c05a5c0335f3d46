import { useEffect, useRef, useState } from 'preact/hooks';
import type { CustomerRules } from '../../shared/purchase.ts';
import { PURCHASE_FILE_MAX, type PurchaseReport } from '../../shared/purchase-import.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { CheckField } from '../ui/check-field.tsx';
import { CurrencyField } from '../ui/currency-field.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { readFileText } from '../ui/file-text.ts';
import { Icon } from '../ui/icon.tsx';
import { showToast } from '../ui/toast.tsx';
import { useFileDrop } from '../ui/use-file-drop.ts';
import styles from './import-purchases.module.css';
import { PurchaseImportReport } from './purchase-import-report.tsx';

interface ReadFile {
  name: string;
  format: 'csv' | 'json';
  text: string;
}
interface How {
  currency: string;
  opensFiles: boolean;
}

/** Purchases from a file. What would become of them is told before anything is written. */
export function ImportPurchases({ http, onClose }: { http: Http; onClose: () => void }) {
  const asked = useRef(0);
  const [file, setFile] = useState<ReadFile | null>(null);
  const [how, setHow] = useState<How>({ currency: 'ILS', opensFiles: true });
  const [skipsRefused, setSkipsRefused] = useState(false);
  const [report, setReport] = useState<PurchaseReport | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [isBusy, setBusy] = useState(false);
  useEffect(() => {
    void http.get<CustomerRules>('/customer-rules').then((reply) => {
      if (reply.ok) setHow((held) => ({ ...held, currency: reply.data.currency }));
    });
  }, [http]);

  const ask = async (read: ReadFile, { isDryRun, ...wish }: How & { isDryRun: boolean }) => {
    asked.current += 1;
    const mine = asked.current;
    setBusy(true);
    setProblem(null);
    const body = { format: read.format, text: read.text, ...wish, isDryRun, skipsRefused: !isDryRun && skipsRefused };
    const reply = await http.post<PurchaseReport>('/purchases/import', body);
    if (mine !== asked.current) return null;
    setBusy(false);
    if (!reply.ok) setProblem(reply.error.code === 'invalid' ? t('purchases.importUnread') : errorText(reply.error));
    return reply.ok ? reply.data : null;
  };
  const look = async (read: ReadFile, next: How) => setReport(await ask(read, { ...next, isDryRun: true }));
  const take = async (chosen: File | undefined) => {
    if (!chosen) return;
    setReport(null);
    const text = chosen.size > PURCHASE_FILE_MAX * 4 ? null : await readFileText(chosen).catch(() => null);
    if (text === null || text.length > PURCHASE_FILE_MAX) return setProblem(t('purchases.importLong'));
    const read: ReadFile = { name: chosen.name, text, format: /\.json$/i.test(chosen.name) || /^\s*[[{]/.test(text) ? 'json' : 'csv' };
    setFile(read);
    await look(read, how);
  };
  const change = (some: Partial<How>) => {
    const next = { ...how, ...some };
    setHow(next);
    if (file) void look(file, next);
  };
  const write = async () => {
    const done = file && (await ask(file, { ...how, isDryRun: false }));
    if (!done) return;
    // What was there may have changed since it was looked at.
    if (!done.isWritten) return setReport(done);
    showToast({ text: t('purchases.imported', { count: done.added + done.changed }) });
    onClose();
  };
  const drop = useFileDrop((chosen) => void take(chosen));
  const effect = report ? report.added + report.changed : 0;
  const mayWrite = report !== null && effect > 0 && (report.refusedCount === 0 || skipsRefused);
  return (
    <Dialog
      title={t('purchases.importTitle')}
      closeLabel={t('action.close')}
      onClose={onClose}
      actions={
        <>
          <Button onClick={onClose}>{t('action.cancel')}</Button>
          <Button look="primary" disabled={!mayWrite} isBusy={isBusy && report !== null} onClick={write}>
            {t('purchases.importNow')}
          </Button>
        </>
      }
    >
      <label class={styles.drop} data-over={drop.isOver || undefined} aria-busy={isBusy || undefined} {...drop.target}>
        <input
          class="visually-hidden"
          type="file"
          accept=".csv,.json,text/csv,application/json"
          onChange={(event) => {
            void take(event.currentTarget.files?.[0]);
            event.currentTarget.value = '';
          }}
        />
        <Icon name="paperclip" />
        {file ? <bdi>{file.name}</bdi> : <span>{t('purchases.importDrop')}</span>}
      </label>
      <p class={styles.soft}>{t('purchases.importColumns')}</p>
      <CurrencyField label={t('purchases.importCurrency')} value={how.currency} onChoose={(currency) => change({ currency })} />
      <CheckField
        label={t('purchases.importOpens')}
        hint={t('purchases.importOpensHint')}
        isChecked={how.opensFiles}
        onChange={(opensFiles) => change({ opensFiles })}
      />
      {problem && (
        <p class={styles.problem} role="alert">
          {problem}
        </p>
      )}
      {isBusy && !report && <p class={styles.soft}>{t('purchases.importReading')}</p>}
      {report && <PurchaseImportReport report={report} name={file?.name ?? 'purchases'} />}
      {report && report.refusedCount > 0 && effect > 0 && (
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
