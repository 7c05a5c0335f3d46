import { useEffect, useRef, useState } from 'preact/hooks';
import type { CustomerJob } from '../../shared/customer-job.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { formatNumber } from '../ui/format.ts';
import { showToast } from '../ui/toast.tsx';
import type { CustomerHouse } from './customer-room.ts';
import { withReply } from './job-steps.ts';
import styles from './job-strip.module.css';

/** Ended ones stay in sight for so long, to be taken back. */
const SHOWN_MS = 10 * 60_000;

interface Jobs {
  items: readonly CustomerJob[];
  /** What came back; `asked` is how it stood when it was asked for. */
  add: (job: CustomerJob, asked?: CustomerJob) => void;
  hide: (id: string) => void;
}

/** The agent's own work on many customers, as the server tells of it. `onEnd`: what is in the list may be otherwise by now. */
export function useJobs(house: CustomerHouse, onEnd: () => void): Jobs {
  const [items, setItems] = useState<readonly CustomerJob[]>([]);
  const ended = useRef(onEnd);
  ended.current = onEnd;
  const add: Jobs['add'] = (job, asked) => setItems((held) => withReply(held, job, asked));
  useEffect(() => {
    const read = async () => {
      const reply = await house.http.get<{ items: CustomerJob[] }>('/customer-jobs');
      if (reply.ok) setItems(reply.data.items.filter((job) => job.kind === 'change' && isFresh(job)));
    };
    if (!house.may('contacts:edit')) return undefined;
    void read();
    // What was told while the line was dead is read again.
    const stopLive = house.isLive.subscribe((isLive) => isLive && void read());
    const stop = house.listen('customers:job', (job) => {
      if (job.kind !== 'change') return;
      setItems((held) => (held.some(({ id }) => id === job.id) ? held.map((one) => (one.id === job.id ? job : one)) : [job, ...held]));
      if (job.status !== 'running' && job.status !== 'undoing') ended.current();
    });
    return () => {
      stop();
      stopLive();
    };
  }, [house]);
  return { items, add, hide: (id) => setItems((held) => held.filter((job) => job.id !== id)) };
}

function isFresh({ status, endedAt }: CustomerJob): boolean {
  return status === 'running' || status === 'undoing' || (endedAt !== null && endedAt > Date.now() - SHOWN_MS);
}

export function JobStrip({ house, jobs }: { house: CustomerHouse; jobs: Jobs }) {
  const turn = async (job: CustomerJob, how: 'cancel' | 'undo') => {
    const reply = await house.http.post<CustomerJob>(`/customer-jobs/${job.id}/${how}`, undefined);
    if (reply.ok) jobs.add(reply.data, job);
    else showToast({ text: errorText(reply.error), tone: 'problem' });
  };
  return (
    <>
      {jobs.items.map((job) => (
        <div key={job.id} class={styles.job}>
          <JobProgress job={job} />
          {job.status === 'running' && (
            <Button size="small" onClick={() => void turn(job, 'cancel')}>
              {t('customers.stop')}
            </Button>
          )}
          {job.canUndo && (
            <Button size="small" icon="rotate-ccw" onClick={() => void turn(job, 'undo')}>
              {t('customers.undo')}
            </Button>
          )}
          {job.status !== 'running' && job.status !== 'undoing' && (
            <Button size="small" look="quiet" onClick={() => jobs.hide(job.id)}>
              {t('action.close')}
            </Button>
          )}
        </div>
      ))}
    </>
  );
}

/** What is being done, and how far it has come. */
export function JobProgress({ job }: { job: CustomerJob }) {
  const isAtWork = job.status === 'running' || job.status === 'undoing';
  const isKnown = job.total > 0 && job.stage !== 'find';
  return (
    <div class={styles.progress}>
      <p class={styles.text} role={isAtWork ? undefined : 'status'}>
        {sentenceOf(job)}
      </p>
      {isAtWork && (
        <progress
          class={styles.bar}
          aria-label={sentenceOf(job)}
          max={isKnown ? job.total : undefined}
          value={isKnown ? job.done : undefined}
        />
      )}
    </div>
  );
}

function sentenceOf(job: CustomerJob): string {
  const { total, done, changed, added, refused } = job;
  const numbers = { done: formatNumber(done), total: formatNumber(total) };
  if (job.status === 'undoing') return t('customers.job.undoing', numbers);
  if (job.status === 'undone') return t(changed + added > 0 ? 'customers.job.partlyUndone' : 'customers.job.undone');
  if (job.status === 'failed') return t('customers.job.failed');
  if (job.status === 'running') {
    if (job.stage === 'find') return t('customers.job.find', { number: formatNumber(total) });
    return t(job.stage === 'check' ? 'customers.job.check' : 'customers.job.write', numbers);
  }
  const parts = [
    ...(added > 0 ? [t('customers.job.added', { count: added, number: formatNumber(added) })] : []),
    ...(changed > 0 || added === 0 ? [t('customers.job.changed', { count: changed, number: formatNumber(changed) })] : []),
    ...(refused > 0 ? [t('customers.job.refused', { count: refused, number: formatNumber(refused) })] : []),
  ];
  return `${parts.join(' · ')}${job.status === 'cancelled' ? ` (${t('customers.job.cancelled')})` : ''}`;
}
