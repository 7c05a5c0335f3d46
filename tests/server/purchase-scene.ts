/** A file of purchases on its way into the house: taken in, checked, run. */
import { nanoid } from 'nanoid';
import { expect } from 'vitest';
import type { PurchaseFile, PurchasePlan } from '../../shared/purchase-import.ts';
import type { House } from '../helpers/house.ts';

export async function bring(
  house: House,
  file: string | Buffer,
  format: 'csv' | 'json' = 'csv',
  { cookie = house.cookie, type = 'application/octet-stream' }: { cookie?: string; type?: string } = {},
) {
  const response = await fetch(`${house.url}/api/purchase-imports?id=${nanoid()}&name=orders.${format}&format=${format}`, {
    method: 'POST',
    headers: { 'X-Kesher': '1', cookie, 'Content-Type': type },
    body: typeof file === 'string' ? file : new Uint8Array(file),
  });
  if (response.status !== 201) throw new Error(`${response.status} ${await response.text()}`);
  return (await response.json()) as PurchaseFile;
}

export async function atRest(house: House, id: string, timeout = 60_000): Promise<PurchaseFile> {
  const read = () => house.json<PurchaseFile>('GET', `/api/purchase-imports/${id}`);
  await expect.poll(async () => (await read()).job.status, { timeout, interval: 50 }).not.toMatch(/running|undoing/);
  return read();
}

export async function checkFile(
  house: House,
  { job: { id }, plan }: PurchaseFile,
  some: Partial<PurchasePlan> = {},
): Promise<PurchaseFile> {
  await house.json('POST', `/api/purchase-imports/${id}/check`, { ...plan, opensFiles: true, ...some });
  return atRest(house, id);
}

export async function runFile(house: House, { job: { id } }: PurchaseFile, skipsRefused = false): Promise<PurchaseFile> {
  await house.json('POST', `/api/purchase-imports/${id}/run`, { skipsRefused });
  return atRest(house, id);
}
