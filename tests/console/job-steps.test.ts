// @vitest-environment node
import { expect, test } from 'vitest';
import { withReply } from '../../console/customers/job-steps.ts';
import type { CustomerJob } from '../../shared/customer-job.ts';

const job = (some: Partial<CustomerJob>): CustomerJob => ({
  ...{ id: 'one', kind: 'change', status: 'running', stage: 'find', total: 0, done: 0, changed: 0, added: 0, refused: 0 },
  ...{ canUndo: false, createdAt: 1, endedAt: null, ...some },
});
const done = job({ status: 'done', canUndo: true, endedAt: 2 });
const undoing = job({ status: 'undoing' });

test('an agent can take back a change that was done before the reply to it came', () => {
  expect(withReply([done], job({}))).toEqual([done]);
  expect(withReply([job({ id: 'two' })], job({}))).toEqual([job({}), job({ id: 'two' })]);
});

test('taking back that is over before the reply came is over, whether it went well or not, and can be tried again', () => {
  const undone = job({ status: 'undone', endedAt: 3 });
  expect(withReply([undone, job({ id: 'two' })], undoing, done)).toEqual([undone, job({ id: 'two' })]);
  const failed = job({ status: 'failed', canUndo: true, endedAt: 3 });
  expect(withReply([failed], undoing, done)).toEqual([failed]);
  // In the usual order the reply is the latest that is known.
  expect(withReply([done], undoing, done)).toEqual([undoing]);
  expect(withReply([failed], undoing, failed)).toEqual([undoing]);
  expect(withReply([job({ status: 'failed', endedAt: 4 })], undoing, failed)).toEqual([job({ status: 'failed', endedAt: 4 })]);
});
