import { render, screen, waitFor, within } from '@testing-library/preact';
import { userEvent } from '@testing-library/user-event';
import { nanoid } from 'nanoid';
import { LocationProvider } from 'preact-iso';
import { expect, it } from 'vitest';
import { NowPage } from '../../console/now/now-page.tsx';
import { setLanguage } from '../../console/texts/texts.ts';
import type { ConversationSummary } from '../../shared/conversation.ts';
import type { SlaBreach } from '../../shared/sla.ts';
import { writeIn } from '../helpers/company.ts';
import { get } from '../helpers/house.ts';
import { openDeskScene } from './desk-scene.ts';

const seen = { timeout: 15_000, interval: 20 };
const MINUTE_MS = 60_000;

it('a supervisor opens the number of promises broken today to its rows: what was late by how much, and what still is', async () => {
  setLanguage('en');
  const { house, desk } = await openDeskScene();
  await house.json('POST', '/api/sla-policies', {
    id: nanoid(),
    name: 'Everybody',
    isOn: true,
    when: {},
    firstResponseMs: 2 * MINUTE_MS,
    nextResponseMs: null,
    resolutionMs: null,
    isBusinessTime: false,
    warnAfter: 0.8,
  });
  const [first, second] = [await writeIn(house, 'one'), await writeIn(house, 'two')];
  const promised = async (id: string) => (await house.json<ConversationSummary>('GET', `/api/conversations/${id}`)).sla;
  for (const { conversationId } of [first, second]) await expect.poll(() => promised(conversationId), seen).not.toBeNull();
  house.clockOffsetMs += 5 * MINUTE_MS;
  const breaches = async () => (await house.json<{ items: SlaBreach[] }>('GET', '/api/sla-breaches')).items;
  await expect.poll(async () => (await breaches()).length, seen).toBe(2);
  const { socket: dana } = await house.agent();
  await get(dana, 'message:post', { id: nanoid(), conversationId: first.conversationId, text: 'here' });
  await expect.poll(async () => (await breaches()).filter(({ endedAt }) => endedAt !== null).length, seen).toBe(1);

  render(
    <LocationProvider>
      <NowPage desk={desk} rights={{ mayAssign: true, mayReply: true }} />
    </LocationProvider>,
  );
  const figure = await screen.findByRole('button', { name: /^Promises broken today/ }, seen);
  await waitFor(() => expect(figure.textContent).toMatch(/2$/), seen);
  await userEvent.click(figure);
  const dialog = await screen.findByRole('dialog', { name: 'Promises broken today' }, seen);
  await waitFor(() => expect(within(dialog).getAllByRole('link')).toHaveLength(2), seen);
  const [late, still] = [within(dialog).getByText(/^Late by \W?3:\d\d\W?$/), within(dialog).getByText('Still late')];
  expect(late.closest('a')?.getAttribute('href')).toContain(first.conversationId);
  expect(still.closest('a')?.getAttribute('href')).toContain(second.conversationId);
  // All of it is of today: the hour says when, the date would be said over and over.
  expect(still.closest('a')?.textContent).toMatch(/First answer due \W?\d{1,2}:\d\d [AP]M\W? · /);
});
