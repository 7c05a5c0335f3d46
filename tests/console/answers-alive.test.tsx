import { cleanup, screen } from '@testing-library/preact';
import { userEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { setLanguage } from '../../console/texts/texts.ts';
import { toasts } from '../../console/ui/toast.tsx';
import type { Answer } from '../../shared/automatic-answer.ts';
import { expectPage, field, openAnswersAtDesk, returns, save, seen } from './answer-scene.tsx';

beforeEach(() => setLanguage('en'));
afterEach(() => {
  cleanup();
  toasts.value = [];
});

const link = (name: RegExp) => screen.findByRole('link', { name }, seen);

describe('while a colleague works on the answers', () => {
  it('the list follows: what is made, changed, switched off and deleted', async () => {
    const { house } = await openAnswersAtDesk([returns]);
    await link(/How do I return/);
    const made = await house.json<Answer>('POST', '/api/answers', { ...returns, question: { en: 'Do you deliver?' } });
    await link(/Do you deliver/);
    await house.json('PATCH', `/api/answers/${made.id}`, { question: { en: 'Do you ship?' }, isOn: false });
    expect((await link(/Do you ship/)).textContent).toContain('Off');
    expect(screen.queryByRole('link', { name: /Do you deliver/ })).toBeNull();
    await house.call('DELETE', `/api/answers/${made.id}`);
    await vi.waitFor(() => expect(screen.queryByRole('link', { name: /Do you ship/ })).toBeNull(), seen);
  });

  it('a whole file that comes in is there at once, and what was loaded further down stays', async () => {
    const many = Array.from({ length: 52 }, (_, at) => ({ ...returns, question: { en: `Question ${at + 1}` } }));
    const { house } = await openAnswersAtDesk(many);
    await link(/Question 50/);
    await userEvent.click(await screen.findByRole('button', { name: 'Show more' }, seen));
    await link(/Question 52/);
    const text = 'question en,answer en\nFrom a file?,Yes\nAnd again?,Yes\n';
    await house.json('POST', '/api/answers/import', { format: 'csv', text });
    await link(/From a file/);
    await link(/Question 52/);
  });

  it('what is narrowed shows what belongs to it, and nothing else', async () => {
    const { house } = await openAnswersAtDesk([returns]);
    await userEvent.type(await field('Search questions and answers'), 'zeb');
    await expectPage('No answer is like this.');
    await house.json('POST', '/api/answers', { ...returns, question: { en: 'Ordinary' } });
    await house.json('POST', '/api/answers', { ...returns, question: { en: 'Zebras' } });
    await link(/Zebras/);
    expect(screen.queryByRole('link', { name: /Ordinary/ })).toBeNull();
  });

  it('an open answer shows their words, unless something was begun here', async () => {
    const { house, saved } = await openAnswersAtDesk([returns], ([one]) => `?id=${one?.id}`);
    const text = await field('The answer (English)');
    const [answer] = (await saved()) as [Answer];
    await house.json('PATCH', `/api/answers/${answer.id}`, { bodies: { en: { text: 'Within a month.' } } });
    await vi.waitFor(() => expect(text.value).toBe('Within a month.'), seen);
    await userEvent.type(text, ' Unopened.');
    await house.json('PATCH', `/api/answers/${answer.id}`, { question: { en: 'How do I send it back?' } });
    await house.json('PATCH', `/api/answers/${answer.id}`, { bodies: { en: { text: 'Never.' } } });
    await save();
    await expectPage('Somebody else has just changed the same: What is said.');
    expect(text.value).toBe('Within a month. Unopened.');
  });

  it('what changed while the network was gone is seen when it is back', async () => {
    const { house } = await openAnswersAtDesk([returns]);
    await link(/How do I return/);
    await house.stop();
    await house.start();
    await house.json('POST', '/api/answers', { ...returns, question: { en: 'Made meanwhile' } });
    await link(/Made meanwhile/);
  });
});
