import { cleanup, screen, within } from '@testing-library/preact';
import { userEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { setLanguage } from '../../console/texts/texts.ts';
import { toasts } from '../../console/ui/toast.tsx';
import type { Answer } from '../../shared/automatic-answer.ts';
import { expectPage, field, nothingUnsaved, openAnswers, plain, press, returns, save, seen } from './answer-scene.tsx';

beforeEach(() => setLanguage('en'));
afterEach(() => {
  cleanup();
  toasts.value = [];
});

const check = async (name: string) => userEvent.click(await screen.findByRole('checkbox', { name }, seen));
const blanks = (name: string) => screen.getAllByLabelText((text) => plain(text) === `To fill in: ${name}`) as HTMLInputElement[];
const parking = async (house: { json: <Data>(method: string, route: string, body?: unknown) => Promise<Data> }) =>
  (await house.json<{ items: Answer[] }>('POST', '/api/answers/from-library', { intents: [{ id: 'parking' }] })).items[0] as Answer;

describe('an administrator of a new house', () => {
  it('chooses ready questions, says once what several say alike, and those without a blank speak at once', async () => {
    const { saved } = await openAnswers();
    await press('Answer frequent questions by themselves');
    await userEvent.type(await field('Search the ready questions'), 'phone');
    await check('What is your phone number?');
    await check('Can I order by phone?');
    await userEvent.clear(await field('Search the ready questions'));
    await userEvent.type(await field('Search the ready questions'), 'parking');
    await check('Is there parking nearby?');
    await press('Fill in');
    await userEvent.type(await field('Phone'), '03-1234567');
    await userEvent.type(await field('Days and hours'), 'Sunday to Thursday 9–18');
    expect(blanks('phone number').map(({ value }) => value)).toEqual(['03-1234567', '03-1234567']);
    await expectPage('One answer has something open, and stays off.');
    await userEvent.clear(blanks('days and hours')[1] as HTMLElement);
    await userEvent.type(blanks('days and hours')[1] as HTMLElement, 'always');
    await press('Make 3 answers');
    await expectPage('3 answers are made. Those with blanks wait until they are filled in: 1.');
    const made = await saved();
    expect(made.map(({ isOn, bodies }) => [isOn, bodies.en?.text])).toEqual([
      [false, 'You can park [place], [free / cost]. It is [distance] from our door.'],
      [true, 'You can call us at 03-1234567, Sunday to Thursday 9–18. We will be glad to hear from you.'],
      [true, 'Of course! Call us at 03-1234567, always, and we will take your order.'],
    ]);
    expect(made.every(({ bodies }) => Object.keys(bodies).join() === 'en')).toBe(true);
    await expectPage(/Is there parking nearby\?Off: 3 blanks to fill in/);
    expect((screen.getByRole('switch', { name: /parking/ }) as HTMLInputElement).disabled).toBe(true);
  });

  it('fills in two languages at once, and finds everything again after a look elsewhere', async () => {
    const { comeBack, saved } = await openAnswers([], () => '?show=library');
    await userEvent.type(await field('Search the ready questions'), 'goodbye');
    await check('Goodbye');
    await press('Fill in');
    await check('עברית');
    expect((await field('Name of the business (English)')).value).toBe('חנות העציצים');
    await userEvent.clear(await field('Name of the business (English)'));
    await userEvent.type(await field('Name of the business (English)'), 'The Pot Shop');
    cleanup();
    comeBack('?show=library');
    await press('Fill in');
    expect((await field('Name of the business (English)')).value).toBe('The Pot Shop');
    await press('Make one answer');
    await expectPage('One answer is made, and speaks.');
    const [answer] = await saved();
    expect(answer?.bodies.en?.text).toContain('contacting The Pot Shop.');
    expect(answer?.bodies.he?.text).toContain('חנות העציצים');
    await press('More');
    await userEvent.click(await screen.findByRole('menuitem', { name: 'From the library' }, seen));
    await userEvent.type(await field('Search the ready questions'), 'goodbye');
    const box = (await screen.findByRole('checkbox', { name: 'Goodbye' }, seen)) as HTMLInputElement;
    expect([box.checked, box.disabled]).toEqual([true, true]);
    expect(screen.getByRole('link', { name: 'Already there' }).getAttribute('href')).toContain(answer?.id);
  });

  it('is led from blank to blank, told what forbids to switch it on, and switches it on when all is said', async () => {
    const { house, comeBack, saved } = await openAnswers([returns]);
    const { id } = await parking(house);
    await house.json('PATCH', `/api/answers/${id}`, { bodies: { en: { text: 'You can park [place], [free / cost].' } } });
    cleanup();
    comeBack(`?id=${id}`);
    await expectPage('2 blanks to fill in:');
    await userEvent.click(screen.getByRole('switch', { name: 'It may speak' }));
    await save();
    await expectPage('Fill in what is still in [brackets] before this answer is switched on.');
    await press(/Fill in .*free \/ cost/);
    await userEvent.keyboard('free of charge');
    await press(/Fill in .*place/);
    await userEvent.keyboard('behind the house');
    const text = (await field('The answer (English)')) as unknown as HTMLTextAreaElement;
    expect(text.value).toBe('You can park behind the house, free of charge.');
    await save();
    await nothingUnsaved();
    await vi.waitFor(async () => expect((await saved()).map(({ isOn }) => isOn)).toEqual([true, true]), seen);
  });
});

describe('an administrator with a file', () => {
  const file = (text: string, name: string) => new File([text], name);
  const choose = async (chosen: File) => {
    const dialog = await screen.findByRole('dialog', {}, seen);
    await userEvent.upload(dialog.querySelector('input[type="file"]') as HTMLInputElement, chosen);
    return dialog;
  };

  it('sees what it would do and which rows cannot be read before anything is written', async () => {
    const { house, saved } = await openAnswers([returns]);
    await screen.findByRole('link', { name: /How do I return/ }, seen);
    const exported = await (await house.call('GET', '/api/answers/export?format=json')).text();
    const answers = JSON.parse(exported) as { answers?: unknown[] } | unknown[];
    const list = (Array.isArray(answers) ? answers : answers.answers) as Record<string, unknown>[];
    const rows = [
      ...list,
      { question: { en: 'Do you deliver?' }, bodies: { en: { text: 'Yes.', quickReplies: [] } } },
      { question: {}, bodies: { en: { text: 'No question.', quickReplies: [] } } },
    ];
    const written = JSON.stringify(Array.isArray(answers) ? rows : { ...answers, answers: rows });
    await press('More');
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Import a file' }, seen));
    const dialog = await choose(file(written, 'answers.json'));
    await expectPage('One row cannot be read');
    expect(within(dialog).getAllByRole('row')).toHaveLength(2);
    expect(await saved()).toHaveLength(1);
    const button = within(dialog).getByRole('button', { name: 'Import' }) as HTMLButtonElement;
    expect(button.disabled).toBe(true);
    await userEvent.click(within(dialog).getByRole('checkbox', { name: 'Import the others' }));
    await userEvent.click(button);
    await screen.findByRole('link', { name: /Do you deliver/ }, seen);
    expect((await saved()).map(({ question }) => question.en)).toEqual(['How do I return something?', 'Do you deliver?']);
  });

  it('is told that it is none, and may choose another', async () => {
    await openAnswers([returns]);
    await press('More');
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Import a file' }, seen));
    await choose(file('{"nothing": [', 'answers.json'));
    await expectPage('This file cannot be read as answers.');
    await choose(file('question en,text en\nDo you deliver?,Yes.\n', 'answers.csv'));
    await vi.waitFor(() => expect(screen.queryByText(/cannot be read as answers/)).toBeNull(), seen);
    await screen.findByText('answers.csv', {}, seen);
  });
});
