import type { AnswerImportReport } from '../../shared/answer-import.ts';
import { t } from '../texts/texts.ts';
import { formatNumber } from '../ui/format.ts';
import styles from './import-dialog.module.css';

const figures = ['added', 'changed', 'unchanged', 'removed'] as const;

/** What a file would do, and the rows in it that cannot be read. */
export function ImportReport({ report }: { report: AnswerImportReport }) {
  const { refused, refusedCount, ignoredColumns } = report;
  return (
    <div class={styles.report}>
      <dl class={styles.figures} aria-live="polite">
        {figures.map((name) => (
          <div key={name} class={styles.figure} data-empty={report[name] === 0 || undefined}>
            <dt>{t(`answers.import.${name}`)}</dt>
            <dd>{formatNumber(report[name])}</dd>
          </div>
        ))}
      </dl>
      {ignoredColumns.length > 0 && <p class={styles.soft}>{t('answers.importIgnored', { names: ignoredColumns.join(', ') })}</p>}
      {refusedCount > 0 && (
        <>
          <p class={styles.problem} role="alert">
            {t('answers.importRefused', { count: refusedCount })}
          </p>
          {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what can be scrolled can be scrolled with the keyboard */}
          <section class={styles.scroll} tabIndex={0} aria-label={t('answers.importRefused', { count: refusedCount })}>
            <table class={styles.table}>
              <thead>
                <tr>
                  <th scope="col">{t('answers.importLine')}</th>
                  <th scope="col">{t('answers.importField')}</th>
                  <th scope="col">{t('answers.importWhy')}</th>
                </tr>
              </thead>
              <tbody>
                {refused.map(({ line, field, reason, about = '' }, place) => (
                  <tr key={place}>
                    <td>{formatNumber(line)}</td>
                    <td dir="ltr">{field ?? '–'}</td>
                    <td>{t(`answers.importRefusal.${reason}`, { about })}</td>
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
        </>
      )}
    </div>
  );
}
