/** A file of customers on its way into the house: taken in, checked, run. */
import { nanoid } from 'nanoid';
import { expect } from 'vitest';
import type { CustomerImport, ImportPlan } from '../../shared/customer-import.ts';
import type { House } from '../helpers/house.ts';

export async function upload(
  house: House,
  file: string | Buffer,
  { name = 'customers.csv', cookie = house.cookie }: { name?: string; cookie?: string } = {},
): Promise<CustomerImport> {
  const response = await fetch(`${house.url}/api/customer-imports?id=${nanoid()}&name=${encodeURIComponent(name)}`, {
    method: 'POST',
    headers: { 'X-Kesher': '1', cookie, 'Content-Type': 'text/csv' },
    body: typeof file === 'string' ? file : new Uint8Array(file),
  });
  if (response.status !== 201) throw new Error(`${response.status} ${await response.text()}`);
  return (await response.json()) as CustomerImport;
}

export async function settled(house: House, id: string, timeout = 60_000): Promise<CustomerImport> {
  const read = () => house.json<CustomerImport>('GET', `/api/customer-imports/${id}`);
  await expect.poll(async () => (await read()).job.status, { timeout, interval: 50 }).not.toMatch(/running|undoing/);
  return read();
}

export async function check(house: House, taken: CustomerImport, plan: Partial<ImportPlan> = {}): Promise<CustomerImport> {
  await house.json('POST', `/api/customer-imports/${taken.job.id}/check`, { ...taken.plan, ...plan });
  return settled(house, taken.job.id);
}

export async function run(house: House, taken: CustomerImport): Promise<CustomerImport> {
  await house.json('POST', `/api/customer-imports/${taken.job.id}/run`);
  return settled(house, taken.job.id);
}
