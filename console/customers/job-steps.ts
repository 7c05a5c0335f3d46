import type { CustomerJob, JobStatus } from '../../shared/customer-job.ts';

const steps: Record<JobStatus, number> = { draft: 0, running: 1, done: 2, cancelled: 2, failed: 2, undoing: 3, undone: 4 };

/** Among what is known. A reply may come after the socket has told how the work went on: what is further stays. */
export function withReply(held: readonly CustomerJob[], reply: CustomerJob): CustomerJob[] {
  const known = held.find(({ id }) => id === reply.id);
  const job = known && steps[known.status] > steps[reply.status] ? known : reply;
  return [job, ...held.filter(({ id }) => id !== reply.id)];
}
