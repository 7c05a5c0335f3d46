import type { CustomerJob } from '../../shared/customer-job.ts';

/**
 * Among what is known. The socket may have told of the end before the reply comes that it has begun: an end that was not known yet when
 * it was `asked` for stays.
 */
export function withReply(held: readonly CustomerJob[], reply: CustomerJob, asked?: CustomerJob): CustomerJob[] {
  const known = held.find(({ id }) => id === reply.id);
  const job = known && isOver(known) && !isSame(known, asked) ? known : reply;
  return [job, ...held.filter(({ id }) => id !== reply.id)];
}

function isOver({ status }: CustomerJob): boolean {
  return status !== 'draft' && status !== 'running' && status !== 'undoing';
}

function isSame(one: CustomerJob, other: CustomerJob | undefined): boolean {
  return one.status === other?.status && one.endedAt === other.endedAt;
}
