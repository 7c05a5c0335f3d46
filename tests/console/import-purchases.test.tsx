import { Blob, File } from 'node:buffer';
import { cleanup, render, screen, waitFor } from '@testing-library/preact';
import { userEvent } from '@testing-library/user-event';
import { nanoid } from 'nanoid';
import { beforeEach, expect, it } from 'vitest';
import { Http } from '../../console/http.ts';
import { ImportPurchases } from '../../console/purchases/import-purchases.tsx';
import { fetchShelf, setLanguage } from '../../console/texts/texts.ts';
import type { PurchasePage } from '../../shared/purchase.ts';
import { type House, openHouse } from '../helpers/house.ts';
import { makeApiToken } from './desk-scene.ts';

// A file goes out by Node's own network, which knows no files of a page.
Object.assign(globalThis, { Blob, File });
const seen = { timeout: 20_000, interval: 20 };
const text = [
  'id,date,email,total,shelf',
  'A,2026-01-02,ruth@shop.example,10.00,1',
  'B,31/02/2026,ruth@shop.example,10.00,2',
  'C,2026-01-02,omri@shop.example,7.50,3',
].join('\n');

function open(http: Http) {
  cleanup();
  render(<ImportPurchases http={http} onClose={() => undefined} />);
}

const choose = (named: string, held: string) =>
  userEvent.upload(
    document.querySelector('input[type="file"]') as HTMLInputElement,
    new File([held], named, { type: 'text/csv' }) as unknown as globalThis.File,
  );
const sold = async (house: House) =>
  (await house.json<PurchasePage>('GET', '/api/purchases')).items.map(({ externalId }) => externalId).sort();
const figures = () => [...document.querySelectorAll('dl > div')].map((one) => one.textContent);

beforeEach(async () => {
  setLanguage('en');
  await fetchShelf('sales');
});

it('shows what a file would do, writes it without its wrong rows when asked to, is found again when it was left, and takes it back', async () => {
  const house = await openHouse();
  const http = new Http({ serverUrl: house.url, apiToken: await makeApiToken(house) });
  open(http);
  await choose('orders.csv', text);
  await screen.findByText('One row cannot be read', {}, seen);
  await screen.findByText(/31.02.2026.*is no date like 2026-11-22 or 22.11.2026/, {}, seen);
  expect(figures()).toEqual(['New2', 'Changed0', 'As they were0', 'New customer files2']);
  screen.getByText(/^Columns that mean nothing here:.*shelf/);
  const run = () => screen.getByRole<HTMLButtonElement>('button', { name: 'Import' });
  expect(run().disabled).toBe(true);
  expect(await sold(house)).toEqual([]);

  // A program of the same agent brings another one meanwhile.
  expect(await http.post(`/purchase-imports?id=${nanoid()}`, new Blob([text]))).toMatchObject({ ok: true });
  open(http);
  await screen.findByText('orders.csv', {}, seen);
  await userEvent.click(await screen.findByRole('checkbox', { name: /^Import the others without them/ }, seen));
  await userEvent.click(run());
  await screen.findByText(/2.? purchases were imported/, {}, seen);
  expect(await sold(house)).toEqual(['A', 'C']);

  open(http);
  await userEvent.click(await screen.findByRole('button', { name: 'Take the import back' }, seen));
  await screen.findByText('Everything is as it was before.', {}, seen);
  expect(await sold(house)).toEqual([]);
  await userEvent.click(screen.getByRole('button', { name: 'Another file' }));
  await choose('people.csv', 'name,email\nRuth,ruth@shop.example');
  await screen.findByText(/the first line must name a date/, {}, seen);
  await choose('orders.json', '[{"total": 1}');
  await waitFor(() => expect(screen.getByRole('alert').textContent).toContain('no list of purchases'), seen);
});
