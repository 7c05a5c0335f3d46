import { expect, test, vi } from 'vitest';
import type { CustomerImport, ImportPlan } from '../../shared/customer-import.ts';
import { makeRole } from '../helpers/company.ts';
import { type House, openHouse } from '../helpers/house.ts';
import { upload } from './import-scene.ts';
import { newcomer, refusalOf } from './merging-scene.ts';

// Work in the background takes its time on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

const PHONE = '+972501234567';

/** Somebody whom the shop knows for sure, and somebody whose number nobody has made sure of. */
async function knowTwo(house: House): Promise<void> {
  for (const [value, isVerified] of [
    [PHONE, true],
    ['+972521111111', false],
  ] as const) {
    const { contactId } = await newcomer(house);
    await house.json('POST', `/api/contacts/${contactId}/identities`, { kind: 'phone', value, isVerified });
  }
}

const list = `name,phone\nOne,${PHONE}\nTwo,+972521111111\nThree,+972533333333\n`;

async function ended(house: House, id: string, headers: Record<string, string>): Promise<CustomerImport> {
  const read = () => house.json<CustomerImport>('GET', `/api/customer-imports/${id}`, undefined, headers);
  await expect.poll(async () => (await read()).job.status, { timeout: 20_000 }).not.toMatch(/running|undoing/);
  return read();
}

test('who may not see phones adds customers from a file, changes nobody by it, and learns of no number whether it is known', async () => {
  const house = await openHouse();
  await knowTwo(house);
  const role = await makeRole(house, 'Importer', ['contacts:import']);
  const { cookie } = await house.hire('Noa', role.id);
  const taken = await upload(house, list, { cookie });
  expect(taken.plan.mode).toBe('add');
  const at = `/api/customer-imports/${taken.job.id}`;
  for (const mode of ['update', 'skip'] as const) {
    const plan: ImportPlan = { ...taken.plan, mode };
    expect(await refusalOf(house, 'POST', `${at}/check`, plan, { cookie })).toMatchObject({ status: 403, field: 'mode' });
  }
  await house.json('POST', `${at}/check`, taken.plan, { cookie });
  expect((await ended(house, taken.job.id, { cookie })).outcomes).toEqual({ add: 3 });
  await house.json('POST', `${at}/run`, undefined, { cookie });
  expect(await ended(house, taken.job.id, { cookie })).toMatchObject({ job: { status: 'done', added: 3 }, outcomes: { added: 3 } });
});

test('a program that may only import recognises nobody, though it acts for an administrator', async () => {
  const house = await openHouse();
  await knowTwo(house);
  const { token } = await house.json<{ token: string }>('POST', '/api/api-tokens', { name: 'shop', scopes: ['contacts:import'] });
  const taken = await upload(house, list);
  expect(taken.plan.mode).toBe('update');
  const at = `/api/customer-imports/${taken.job.id}`;
  const asProgram = { cookie: '', authorization: `Bearer ${token}` };
  expect(await refusalOf(house, 'POST', `${at}/check`, taken.plan, asProgram)).toMatchObject({ status: 403, field: 'mode' });
  await house.json('POST', `${at}/check`, taken.plan);
  expect((await ended(house, taken.job.id, {})).outcomes).toEqual({ update: 2, add: 1 });
  // Nor does it hear, or write, what its administrator has found.
  for (const [method, path] of [
    ['GET', '/rows'],
    ['GET', '/refused'],
    ['POST', '/run'],
  ] as const) {
    expect(await refusalOf(house, method, at + path, undefined, asProgram)).toMatchObject({ status: 403 });
  }
  expect((await ended(house, taken.job.id, {})).job).toMatchObject({ status: 'draft', changed: 0, added: 0 });
});

test('an import ends where its agent loses the right to see phones in between', async () => {
  const house = await openHouse();
  await knowTwo(house);
  const role = await makeRole(house, 'Importer', ['contacts:import', 'contacts:view-details']);
  const { cookie } = await house.hire('Noa', role.id);
  const taken = await upload(house, list, { cookie });
  expect(taken.plan.mode).toBe('update');
  const at = `/api/customer-imports/${taken.job.id}`;
  await house.json('POST', `${at}/check`, taken.plan, { cookie });
  expect((await ended(house, taken.job.id, { cookie })).outcomes).toEqual({ update: 2, add: 1 });
  await house.json('PATCH', `/api/roles/${role.id}`, { permissions: ['contacts:import'] });
  expect(await refusalOf(house, 'POST', `${at}/run`, undefined, { cookie })).toMatchObject({ status: 403, field: 'mode' });
});
