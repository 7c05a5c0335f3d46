// @vitest-environment node
import { expect, test } from 'vitest';
import { withReply } from '../../console/customers/job-steps.ts';
import type { CustomerJob } from '../../shared/customer-job.ts';

const job = (some: Partial<CustomerJob>): CustomerJob => ({
  ...{ id: 'one', kind: 'change', status: 'running', stage: 'find', total: 0, done: 0, changed: 0, added: 0, refused: 0 },
  ...{ canUndo: false, createdAt: 1, endedAt: null, ...some },
});

test('an agent can take back a change that was done before the reply to it came', () => {
  const done = job({ status: 'done', canUndo: true, endedAt: 2 });
  expect(withReply([done], job({}))).toEqual([done]);
  const undone = job({ status: 'undone', endedAt: 3 });
  expect(withReply([undone, job({ id: 'two' })], job({ status: 'undoing' }))).toEqual([undone, job({ id: 'two' })]);
  // In the usual order the reply is the latest that is known.
  expect(withReply([done], job({ status: 'undoing' }))).toEqual([job({ status: 'undoing' })]);
  expect(withReply([job({ id: 'two' })], job({}))).toEqual([job({}), job({ id: 'two' })]);
});
