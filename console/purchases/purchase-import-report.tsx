import type { PurchaseReport } from '../../shared/purchase-import.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { formatNumber } from '../ui/format.ts';
import styles from './import-purchases.module.css';
import { refusalWords } from './purchase-words.ts';

const figures = ['added', 'changed', 'unchanged', 'opened'] as const;
/** What a spreadsheet would reckon instead of showing. */
const FORMULA = /^[=+\-@\t\r]/;

/** What a file would do, and the rows in it that cannot be read, to be taken away, mended and tried again. */
export function PurchaseImportReport({ report, name }: { report: PurchaseReport; name: string }) {
  const { refused, refusedCount, ignoredColumns } = report;
  return (
    <div class={styles.report}>
      <dl class={styles.figures} aria-live="polite">
        {figures.map((figure) => (
          <div key={figure} class={styles.figure} data-empty={report[figure] === 0 || undefined}>
            <dt>{t(`purchases.import.${figure}`)}</dt>
            <dd>{formatNumber(report[figure])}</dd>
          </div>
        ))}
      </dl>
      {ignoredColumns.length > 0 && <p class={styles.soft}>{t('purchases.importIgnored', { names: ignoredColumns.join(', ') })}</p>}
      {refusedCount > 0 && (
        <>
          <p class={styles.problem} role="alert">
            {t('purchases.importRefused', { count: refusedCount })}
          </p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what can be scrolled can be scrolled with the keyboard */}
          <section class={styles.scroll} tabIndex={0} aria-label={t('purchases.importRefused', { count: refusedCount })}>
            <table class={styles.table}>
              <thead>
                <tr>
                  <th scope="col">{t('purchases.importLine')}</th>
                  <th scope="col">{t('purchases.importColumn')}</th>
                  <th scope="col">{t('purchases.importWhy')}</th>
                </tr>
              </thead>
              <tbody>
                {refused.map(({ line, column, code, values }, place) => (
                  <tr key={place}>
                    <td>{formatNumber(line)}</td>
                    <td dir="auto">{column ?? '–'}</td>
                    <td dir="auto">{refusalWords({ code, values })}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
          {report.headings.length > 0 && (
            <Button size="small" icon="download" onClick={() => saveRefused(report, name)}>
              {t('purchases.importSave')}
            </Button>
          )}
        </>
      )}
    </div>
  );
}

function saveRefused({ headings, refused }: PurchaseReport, name: string): void {
  const row = (cells: readonly string[]) =>
    cells.map((cell) => `"${(FORMULA.test(cell) ? `'${cell}` : cell).replaceAll('"', '""')}"`).join(',');
  const lines = [
    [...headings, t('purchases.importWhy')],
    ...refused.map(({ cells, ...why }) => [...padded(cells, headings.length), refusalWords(why)]),
  ];
  const link = document.createElement('a');
  // Excel takes a file for UTF-8, and shows Hebrew, only with this in front.
  link.href = URL.createObjectURL(new Blob([`\uFEFF${lines.map(row).join('\r\n')}\r\n`], { type: 'text/csv' }));
  link.download = `${name.replace(/\.\w+$/, '')}-refused.csv`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}

function padded(cells: readonly string[], width: number): string[] {
  return Array.from({ length: width }, (_, at) => cells[at] ?? '');
}
