import type { CustomerImport, ImportRow } from '../../shared/customer-import.ts';
import { rowReasons } from '../../shared/customer-import.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { formatNumber, locale } from '../ui/format.ts';
import { keepFile } from '../ui/keep-file.ts';
import { showToast } from '../ui/toast.tsx';
import { useRemote } from '../ui/use-remote.ts';
import type { CustomerHouse } from './customer-room.ts';
import type { ImportCourse } from './import-course.ts';
import styles from './import-page.module.css';
import { JobProgress } from './job-strip.tsx';

interface ImportReportProps {
  house: CustomerHouse;
  taken: CustomerImport;
  course: Pick<ImportCourse, 'run' | 'turn'>;
}

/** What a check has found, and what has become of it. */
export function ImportReport({ house, taken, course }: ImportReportProps) {
  const { http } = house;
  const { job, outcomes, reasons } = taken;
  const isAtWork = job.status === 'running' || job.status === 'undoing';
  const isChecked = job.status === 'draft' && job.stage === 'check';
  const turn = async (how: 'cancel' | 'undo') => {
    const refused = await course.turn(how);
    if (refused) showToast({ text: errorText(refused), tone: 'problem' });
  };
  const fetchRefused = async () => {
    const reply = await http.download(`/customer-imports/${job.id}/refused?language=${locale.value === 'he' ? 'he' : 'en'}`);
    if (reply.ok) keepFile(reply.data, `refused-${taken.name || 'customers.csv'}`);
    else showToast({ text: errorText(reply.error), tone: 'problem' });
  };
  if (job.status === 'draft' && !isChecked) return <Preview house={house} taken={taken} title={t('customers.importPreview')} />;
  const good = (outcomes.add ?? 0) + (outcomes.update ?? 0);
  return (
    <section class={styles.report} aria-label={t('customers.importReport')}>
      {isAtWork || !isChecked ? (
        <JobProgress job={job} />
      ) : (
        <p role="status" class={styles.lead}>
          {t('customers.importWould', {
            add: formatNumber(outcomes.add ?? 0),
            update: formatNumber(outcomes.update ?? 0),
            skip: formatNumber(outcomes.skip ?? 0),
          })}
        </p>
      )}
      {reasons.length > 0 && !isAtWork && (
        <div class={styles.refused}>
          <h2 class={styles.title}>
            {t('customers.importRefused', { count: outcomes.refused ?? 0, number: formatNumber(outcomes.refused ?? 0) })}
          </h2>
          <ul>
            {reasons.map(({ reason, count }) => (
              <li key={reason}>
                {reasonText(reason)}: {formatNumber(count)}
              </li>
            ))}
          </ul>
          <Button size="small" icon="download" onClick={() => void fetchRefused()}>
            {t('customers.importFetchRefused')}
          </Button>
        </div>
      )}
      <div class={styles.actions}>
        {isChecked && good > 0 && (
          <Button look="primary" onClick={() => void course.run()}>
            {t('customers.importRun', { count: good, number: formatNumber(good) })}
          </Button>
        )}
        {job.status === 'running' && (
          <Button onClick={() => void turn('cancel')}>{t(job.stage === 'write' ? 'customers.importCancel' : 'customers.stop')}</Button>
        )}
        {job.canUndo && (
          <Button icon="rotate-ccw" onClick={() => void turn('undo')}>
            {t('customers.importUndo')}
          </Button>
        )}
        {job.status === 'done' && (
          <a class={styles.link} href="/console/contacts">
            {t('customers.importToList')}
          </a>
        )}
      </div>
      {isChecked && <Preview house={house} taken={taken} title={t('customers.importPreview')} />}
    </section>
  );
}

/** The first rows as they were read, with what becomes of each. */
function Preview({ house, taken, title }: { house: CustomerHouse; taken: CustomerImport; title: string }) {
  const { value } = useRemote(
    () => house.http.get<{ items: ImportRow[] }>(`/customer-imports/${taken.job.id}/rows`, { limit: 10 }),
    [taken.job.id, taken.job.stage, taken.job.status],
  );
  return (
    <div class={styles.preview}>
      <h2 class={styles.title}>{title}</h2>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is reached by the keyboard */}
      <section class={styles.scroll} tabIndex={0} aria-label={title}>
        <table>
          <thead>
            <tr>
              <th scope="col">{t('customers.importLine')}</th>
              {taken.columns.map(({ heading }, at) => (
                <th key={at} scope="col">
                  <bdi>{heading}</bdi>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {value?.items.map(({ line, cells, outcome, reason }) => (
              <tr key={line}>
                <th scope="row">
                  {formatNumber(line)}
                  {outcome && (
                    <span class={styles.outcome} data-refused={outcome === 'refused' || undefined}>
                      {outcome === 'refused' ? reasonText(reason ?? '') : t(`customers.outcome.${outcome}`)}
                    </span>
                  )}
                </th>
                {taken.columns.map((_, at) => (
                  <td key={at}>
                    <bdi>{cells[at] ?? ''}</bdi>
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </div>
  );
}

function reasonText(reason: string): string {
  if (reason.startsWith('field:')) return t('customers.reasonField', { field: reason.slice('field:'.length) });
  const known = rowReasons.find((one) => one === reason);
  return known ? t(`customers.reason.${known}`) : reason;
}
