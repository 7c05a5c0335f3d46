import type { PurchaseFile, PurchaseFileRow } from '../../shared/purchase-import.ts';
import type { Http } from '../http.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { formatNumber, locale } from '../ui/format.ts';
import { useRemote } from '../ui/use-remote.ts';
import styles from './import-purchases.module.css';
import { refusalWords } from './purchase-words.ts';

const SHOWN = 100;

interface ReportProps {
  http: Http;
  file: PurchaseFile;
  onFetch: (language: 'he' | 'en') => void;
}

/** What a file would do, or has done, and the rows in it that cannot be read, to be taken away, mended and tried again. */
export function PurchaseImportReport({ http, file, onFetch }: ReportProps) {
  const { outcomes, opened, ignoredColumns } = file;
  const { add = 0, added = 0, update = 0, updated = 0, same = 0, refused = 0 } = outcomes;
  const figures = [
    ['added', add + added],
    ['changed', update + updated],
    ['unchanged', same],
    ['opened', opened],
  ] as const;
  return (
    <div class={styles.report}>
      {file.job.status !== 'undone' && (
        <dl class={styles.figures} aria-live="polite">
          {figures.map(([figure, count]) => (
            <div key={figure} class={styles.figure} data-empty={count === 0 || undefined}>
              <dt>{t(`purchases.import.${figure}`)}</dt>
              <dd>{formatNumber(count)}</dd>
            </div>
          ))}
        </dl>
      )}
      {ignoredColumns.length > 0 && <p class={styles.soft}>{t('purchases.importIgnored', { names: ignoredColumns.join(', ') })}</p>}
      {refused > 0 && (
        <>
          <p class={styles.problem} role="alert">
            {t('purchases.importRefused', { count: refused, number: formatNumber(refused) })}
          </p>
          <RefusedRows http={http} file={file} count={refused} />
          <Button size="small" icon="download" onClick={() => onFetch(locale.value === 'he' ? 'he' : 'en')}>
            {t('purchases.importSave')}
          </Button>
        </>
      )}
    </div>
  );
}

function RefusedRows({ http, file: { job }, count }: { http: Http; file: PurchaseFile; count: number }) {
  const { value } = useRemote(
    () => http.get<{ items: PurchaseFileRow[] }>(`/purchase-imports/${job.id}/rows`, { outcome: 'refused', limit: SHOWN }),
    [job.id, job.status, job.stage, count],
  );
  return (
    <>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what can be scrolled can be scrolled with the keyboard */}
      <section class={styles.scroll} tabIndex={0} aria-label={t('purchases.importRefused', { count, number: formatNumber(count) })}>
        <table class={styles.table}>
          <thead>
            <tr>
              <th scope="col">{t('purchases.importLine')}</th>
              <th scope="col">{t('purchases.importColumn')}</th>
              <th scope="col">{t('purchases.importWhy')}</th>
            </tr>
          </thead>
          <tbody>
            {value?.items.map(({ line, column, code, values }) => (
              <tr key={line}>
                <td>{formatNumber(line)}</td>
                <td dir="auto">{column ?? '–'}</td>
                <td dir="auto">{code && refusalWords({ code, values })}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
      {count > SHOWN && <p class={styles.soft}>{t('purchases.importShown', { number: formatNumber(SHOWN) })}</p>}
    </>
  );
}
