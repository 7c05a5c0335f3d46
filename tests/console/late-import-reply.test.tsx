import { Blob, File } from 'node:buffer';
import { signal } from '@preact/signals';
import { render, screen } from '@testing-library/preact';
import { userEvent } from '@testing-library/user-event';
import { LocationProvider } from 'preact-iso';
import { expect, test, vi } from 'vitest';
import type { CustomerHouse } from '../../console/customers/customer-room.ts';
import { ImportPage } from '../../console/customers/import-page.tsx';
import { Http } from '../../console/http.ts';
import { fetchShelf, setLanguage } from '../../console/texts/texts.ts';
import type { CustomerJob } from '../../shared/customer-job.ts';
import { openHouse } from '../helpers/house.ts';
import { makeApiToken } from './desk-scene.ts';

// The document's own ones cannot be sent by the fetch of Node.
Object.assign(globalThis, { Blob, File });

const seen = { timeout: 10_000, interval: 20 };

/** The line to the server, on which a reply may be held back until the work that it tells of is over. */
class SlowLine extends Http {
  held: Promise<void> = Promise.resolve();
  reads = 0;
  override async get<Data>(...args: Parameters<Http['get']>) {
    const reply = await super.get<Data>(...args);
    this.reads += 1;
    return reply;
  }
  override async post<Data>(...args: Parameters<Http['post']>) {
    const reply = await super.post<Data>(...args);
    await this.held;
    return reply;
  }
}

test('an import that was done before the reply to it came is shown as done, and can be taken back', async () => {
  setLanguage('en');
  await Promise.all([fetchShelf('contacts'), fetchShelf('customers')]);
  const house = await openHouse();
  const http = new SlowLine({ serverUrl: house.url, apiToken: await makeApiToken(house) });
  const ears = new Set<(job: CustomerJob) => void>();
  const around: CustomerHouse = {
    ...{ http, agentId: '', agents: signal(new Map()), may: () => true, isLive: signal(true) },
    listen: (_event, hear) => {
      ears.add(hear as (job: CustomerJob) => void);
      return () => ears.delete(hear as (job: CustomerJob) => void);
    },
  };
  /** As the socket tells it, once it is so. */
  const hear = (status: CustomerJob['status']) =>
    vi.waitFor(async () => {
      const { items } = await house.json<{ items: CustomerJob[] }>('GET', '/api/customer-jobs');
      const [job] = items;
      if (job?.status !== status) throw new Error(`it is ${job?.status}`);
      for (const ear of ears) ear(job);
    }, seen);
  render(
    <LocationProvider>
      <ImportPage house={around} />
    </LocationProvider>,
  );
  const file = new File(['name,email\nRuth,ruth@home.example\n'], 'people.csv', { type: 'text/csv' }) as unknown as globalThis.File;
  await userEvent.upload(screen.getByLabelText('Choose a file'), file);
  await userEvent.click(await screen.findByRole('button', { name: 'Check the rows' }, seen));
  await hear('draft');
  const run = await screen.findByRole('button', { name: /Import one/ }, seen);
  let release = () => {};
  http.held = new Promise((resolve) => {
    release = resolve;
  });
  await userEvent.click(run);
  await hear('done');
  await screen.findByRole('button', { name: 'Take the import back' }, seen);
  const before = http.reads;
  release();
  await vi.waitFor(() => expect(http.reads, 'how it stands is read behind the reply').toBeGreaterThan(before), seen);
  await userEvent.click(await screen.findByRole('button', { name: 'Take the import back' }, seen));
  await hear('undone');
  await screen.findByText('Everything is as it was before.', {}, seen);
});
