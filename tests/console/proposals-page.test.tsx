import { cleanup, render, screen, within } from '@testing-library/preact';
import { userEvent } from '@testing-library/user-event';
import { nanoid } from 'nanoid';
import { LocationProvider } from 'preact-iso';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { ProposalsPage } from '../../console/answers/proposals-page.tsx';
import { Http } from '../../console/http.ts';
import { setLanguage } from '../../console/texts/texts.ts';
import { ToastShelf, toasts } from '../../console/ui/toast.tsx';
import { propose } from '../../server/advice/proposals.ts';
import type { Answer } from '../../shared/automatic-answer.ts';
import type { ProposalPage } from '../../shared/proposal.ts';
import { writeIn } from '../helpers/company.ts';
import { type House, openHouse } from '../helpers/house.ts';
import { makeApiToken } from './desk-scene.ts';

const seen = { timeout: 15_000, interval: 20 };

/** An answer, and what agents' replies have taught: so many phrasings of it, and a new answer. */
async function openProposals(questions: readonly string[], { isNew = false } = {}) {
  const house = await openHouse();
  const answer = await house.json<Answer>('POST', '/api/answers', {
    question: { en: 'How do I return a product?' },
    phrasings: [],
    bodies: { en: { text: 'Within 14 days.' } },
  });
  for (const question of questions) {
    const { conversationId } = await writeIn(house, question);
    const said = { question, language: 'en', reply: 'Within 14 days.', conversationId, seq: 1, agentId: null } as const;
    house.clockOffsetMs += 1;
    await propose(house.server.app, { ...said, answerId: isNew ? null : answer.id, cause: isNew ? 'unhelpful' : 'sent' });
  }
  const http = new Http({ serverUrl: house.url, apiToken: await makeApiToken(house) });
  render(
    <LocationProvider>
      <main>
        <ProposalsPage http={http} />
      </main>
      <ToastShelf closeLabel="Close" />
    </LocationProvider>,
  );
  await screen.findByText(questions.at(-1) ?? '', {}, seen);
  return { house, answer };
}

const rows = () => within(screen.getByRole('list', { name: 'Proposals from replies' })).queryAllByRole('listitem');
const rowOf = (question: string) => within(rows().find((row) => row.textContent?.includes(question)) as HTMLElement);
const phrasings = async (house: House, { id }: Answer) => (await house.json<Answer>('GET', `/api/answers/${id}`)).phrasings;
const openCount = async (house: House) => (await house.json<ProposalPage>('GET', '/api/proposals')).open;

beforeEach(() => setLanguage('en'));
afterEach(() => {
  cleanup();
  toasts.value = [];
});

describe('who looks after the answers', () => {
  it('approves one after the other with the keyboard, and the focus goes on to the next', async () => {
    const { house, answer } = await openProposals(['it is too small', 'the colour is wrong']);
    const first = rowOf('the colour is wrong').getByRole('button', { name: 'Approve' });
    first.focus();
    await userEvent.keyboard('{Enter}');
    await vi.waitFor(() => expect(rows()).toHaveLength(1), seen);
    await vi.waitFor(() => expect(document.activeElement).toBe(rowOf('it is too small').getByRole('button', { name: 'Approve' })), seen);
    expect(await phrasings(house, answer)).toEqual(['the colour is wrong']);
  });

  it('writes it otherwise first, gives up with Escape, and is told where a field is wrong', async () => {
    const { house, answer } = await openProposals(['pls it no fit me']);
    await userEvent.click(rowOf('pls it no fit me').getByRole('button', { name: 'Edit' }));
    const field = (await screen.findByRole('textbox', { name: 'Phrasing' }, seen)) as HTMLInputElement;
    await vi.waitFor(() => expect(document.activeElement).toBe(field), seen);
    await userEvent.keyboard('{Escape}');
    await vi.waitFor(() => expect(screen.queryByRole('textbox', { name: 'Phrasing' })).toBeNull(), seen);
    await userEvent.click(rowOf('pls it no fit me').getByRole('button', { name: 'Edit' }));
    const again = await screen.findByRole('textbox', { name: 'Phrasing' }, seen);
    await userEvent.clear(again);
    await userEvent.keyboard('{Enter}');
    await screen.findByText('Please write how it is asked.', {}, seen);
    await userEvent.type(again, 'It does not fit me{Enter}');
    await vi.waitFor(() => expect(rows()).toHaveLength(0), seen);
    expect(await phrasings(house, answer)).toEqual(['It does not fit me']);
  });

  it('approves many together, refuses one, and takes that back', async () => {
    const { house, answer } = await openProposals(['it is too small', 'the colour is wrong', 'what a nice day']);
    await userEvent.click(rowOf('what a nice day').getByRole('button', { name: 'Refuse' }));
    await vi.waitFor(() => expect(rows()).toHaveLength(2), seen);
    await userEvent.click(await screen.findByRole('button', { name: 'Undo' }, seen));
    await vi.waitFor(() => expect(rows()).toHaveLength(3), seen);
    expect(await openCount(house)).toBe(3);
    await userEvent.click(screen.getByRole('checkbox', { name: 'All phrasings' }));
    await userEvent.click(screen.getByRole('checkbox', { name: /what a nice day/ }));
    await userEvent.click(screen.getByRole('button', { name: 'Approve 2' }));
    await vi.waitFor(() => expect(rows()).toHaveLength(1), seen);
    expect(new Set(await phrasings(house, answer))).toEqual(new Set(['it is too small', 'the colour is wrong']));
  });

  it('reads a new answer before it speaks to anybody, and makes it in other words', async () => {
    const { house } = await openProposals(['can I pay in rates'], { isNew: true });
    expect(rowOf('can I pay in rates').queryByRole('button', { name: 'Approve' })).toBeNull();
    expect(screen.queryByRole('checkbox')).toBeNull();
    await userEvent.click(rowOf('can I pay in rates').getByRole('button', { name: 'Look at it' }));
    const reply = await screen.findByRole('textbox', { name: 'Answer' }, seen);
    await userEvent.clear(reply);
    await userEvent.type(reply, 'Yes, in three payments.');
    await userEvent.click(screen.getByRole('button', { name: 'Make it an answer' }));
    await screen.findByText('The new answer is on.', {}, seen);
    const { items } = await house.json<{ items: Answer[] }>('GET', '/api/answers');
    expect(items.at(-1)).toMatchObject({
      question: { en: 'can I pay in rates' },
      bodies: { en: { text: 'Yes, in three payments.' } },
      isOn: true,
    });
  });

  it('is told when a colleague has decided already', async () => {
    const { house } = await openProposals(['it is too small']);
    const { items } = await house.json<ProposalPage>('GET', '/api/proposals');
    await house.json('POST', '/api/proposals/decide', { ids: [items[0]?.id ?? nanoid()], decision: 'refuse' });
    await userEvent.click(rowOf('it is too small').getByRole('button', { name: 'Approve' }));
    await screen.findByText('Somebody else has decided this meanwhile, or the answer is gone.', {}, seen);
  });
});
