import { cleanup, render, screen, within } from '@testing-library/preact';
import { userEvent } from '@testing-library/user-event';
import { LocationProvider } from 'preact-iso';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type AnswerEdits, answerShelf } from '../../console/answers/answer-shelf.ts';
import { Http } from '../../console/http.ts';
import { QuestionsPage } from '../../console/questions/questions-page.tsx';
import { fetchShelf, setLanguage } from '../../console/texts/texts.ts';
import { ToastShelf, toasts } from '../../console/ui/toast.tsx';
import type { Answer } from '../../shared/automatic-answer.ts';
import type { QuestionGroup, QuestionPage } from '../../shared/question.ts';
import { writeIn } from '../helpers/company.ts';
import { type House, openHouse } from '../helpers/house.ts';
import { makeApiToken } from './desk-scene.ts';

beforeEach(() => setLanguage('en'));
afterEach(() => {
  cleanup();
  toasts.value = [];
});

const seen = { timeout: 20_000, interval: 50 };
const plain = (text: string | null | undefined) => (text ?? '').replace(/[\u2066-\u2069]/g, '');

async function groupsOf(house: House): Promise<QuestionPage['items']> {
  const now = Date.now();
  return (await house.json<QuestionPage>('GET', `/api/questions?from=${now - 1_000}&to=${now}`)).items;
}

async function openPage(house: House, texts: readonly string[], groups: number, mayChange = true): Promise<Http> {
  for (const text of texts) await writeIn(house, text);
  await vi.waitFor(async () => {
    const found = await groupsOf(house);
    expect(found.reduce((all, { count }) => all + count, 0)).toBe(texts.length);
    expect(found).toHaveLength(groups);
  }, seen);
  await fetchShelf('settings');
  const http = new Http({ serverUrl: house.url, apiToken: await makeApiToken(house) });
  render(
    <LocationProvider scope="/console">
      <QuestionsPage http={http} agentId="dana" mayChange={mayChange} />
      <ToastShelf closeLabel="Close" />
    </LocationProvider>,
  );
  await vi.waitFor(() => expect(rows()).toHaveLength(groups), seen);
  return http;
}

const rows = () => [...document.querySelectorAll<HTMLElement>('[data-group]')];
const row = (words: string) => {
  const found = rows().find((one) => plain(one.textContent).includes(words));
  if (!found) throw new Error(`no row with ${words}: ${plain(document.body.textContent)}`);
  return found;
};
const press = async (name: string | RegExp) => userEvent.click(await screen.findByRole('button', { name }, seen));

const returning = ['How can I return my order?', 'Can I return my order?', 'how can i return an order'];
const opening = ['What are your opening hours?', 'what are the opening hours', 'What are your opening hours today?'];

test('an administrator puts two questions together, sees them counted as one, and takes it back', async () => {
  const house = await openHouse();
  await openPage(house, [...returning, ...opening], 2);
  for (const box of screen.getAllByRole('checkbox')) await userEvent.click(box);
  await press('Count as one');
  await vi.waitFor(() => expect(rows().map((one) => plain(one.textContent))).toEqual([expect.stringContaining('asked 6 times')]), seen);
  await press('Undo');
  await vi.waitFor(() => expect(rows()).toHaveLength(2), seen);
});

test('a name is given by keyboard, and a question that nobody needs to see is ignored and found again', async () => {
  const house = await openHouse();
  await openPage(house, opening, 1);
  within(rows()[0] as HTMLElement)
    .getByRole('button', { expanded: false })
    .focus();
  await userEvent.keyboard('{Enter}');
  await press(/^Rename/);
  await userEvent.clear(screen.getByRole('textbox', { name: 'Name' }));
  await userEvent.keyboard('Opening hours{Enter}');
  await vi.waitFor(() => expect(plain(row('Opening hours').textContent)).toContain('asked 3 times'), seen);
  await press('Ignore');
  await vi.waitFor(() => expect(rows()).toHaveLength(0), seen);
  await press('One is ignored');
  await vi.waitFor(() => expect(row('Opening hours')).toBeDefined(), seen);
});

test('who decides by keyboard alone stays where the row is, or where it was', async () => {
  const house = await openHouse();
  await openPage(house, [...returning, ...opening, 'Do you ship to Eilat?', 'do you ship to eilat'], 3);
  const focused = () => document.activeElement?.closest('[data-group]')?.getAttribute('data-group');
  const [first, second, third] = rows().map(({ dataset }) => dataset.group);
  for (const box of screen.getAllByRole('checkbox').slice(0, 2)) {
    box.focus();
    await userEvent.keyboard(' ');
  }
  (await screen.findByRole('button', { name: 'Count as one' }, seen)).focus();
  await userEvent.keyboard('{Enter}');
  await vi.waitFor(() => expect(rows()).toHaveLength(2), seen);
  await vi.waitFor(() => expect([first, second]).toContain(focused()), seen);
  await userEvent.keyboard('{Enter}');
  (await screen.findByRole('button', { name: 'Ignore' }, seen)).focus();
  await userEvent.keyboard('{Enter}');
  await vi.waitFor(() => expect(focused()).toBe(third), seen);
});

test('what only one has asked stands at the end, and opens to its conversation', async () => {
  const house = await openHouse();
  const alone = await writeIn(house, 'Do you repair umbrellas?');
  await writeIn(house, 'האם יש חניה ליד הסניף?');
  await openPage(house, opening, 1);
  await press('2 questions were asked only once each.');
  const section = screen.getByRole('region', { name: '2 questions were asked only once each.' });
  const link = await within(section).findByRole('link', { name: /Do you repair umbrellas/ }, seen);
  expect(link.getAttribute('href')).toBe(`/console/conversations/${alone.conversationId}?message=1`);
  expect(within(section).getAllByRole('link')).toHaveLength(2);
  expect(within(section).queryByRole('checkbox')).toBeNull();
});

test('somebody whose decision came too late is told, and sees what was decided', async () => {
  const house = await openHouse();
  await openPage(house, opening, 1);
  const [group] = await groupsOf(house);
  await userEvent.click(within(rows()[0] as HTMLElement).getByRole('button', { expanded: false }));
  await house.json('POST', `/api/questions/${group?.id}/rename`, { name: 'Hours, says Omer', version: group?.version });
  await press('Ignore');
  await vi.waitFor(() => expect(plain(document.body.textContent)).toContain('Somebody else has changed this meanwhile'), seen);
  await vi.waitFor(() => expect(row('Hours, says Omer')).toBeDefined(), seen);
});

test('an answer that is begun is the question’s once it is saved, whatever a colleague calls the question meanwhile, and is begun once', async () => {
  const house = await openHouse();
  const http = await openPage(house, opening, 1);
  await userEvent.click(within(rows()[0] as HTMLElement).getByRole('button', { expanded: false }));
  const { all } = answerShelf(http, 'dana');
  for (const _ of ['begun', 'gone on with']) {
    await press('Make it an automatic answer');
    await vi.waitFor(() => expect(location.search).toContain(all.value[0]?.id), seen);
    history.replaceState(null, '', '/console/questions');
  }
  const [edits] = all.value as [AnswerEdits];
  expect(all.value).toHaveLength(1);
  const [group] = (await groupsOf(house)) as [QuestionGroup];
  expect(group.answerId, 'nobody has saved it yet').toBeNull();
  await house.json('POST', `/api/questions/${group.id}/rename`, { name: 'Hours, says Omer', version: group.version });
  edits.set('bodies', { en: { text: 'From nine to six.', quickReplies: [] } });
  await edits.save();
  await vi.waitFor(async () => expect((await groupsOf(house))[0]).toMatchObject({ answerId: edits.id, hasAnswer: true }), seen);
});

test('of two who make an answer of the same question the second is told that it has one', async () => {
  const house = await openHouse();
  const http = await openPage(house, opening, 1);
  await userEvent.click(within(rows()[0] as HTMLElement).getByRole('button', { expanded: false }));
  await press('Make it an automatic answer');
  const { all } = answerShelf(http, 'dana');
  await vi.waitFor(() => expect(all.value).toHaveLength(1), seen);
  const [group] = (await groupsOf(house)) as [QuestionGroup];
  const theirs = await house.json<Answer>('POST', '/api/answers', {
    question: { en: 'Hours?' },
    bodies: { en: { text: 'Nine to five.' } },
  });
  await house.json('POST', `/api/questions/${group.id}/answer`, { answerId: theirs.id, version: group.version });
  const [edits] = all.value as [AnswerEdits];
  edits.set('bodies', { en: { text: 'From nine to six.', quickReplies: [] } });
  await edits.save();
  await vi.waitFor(() => expect(plain(document.body.textContent)).toContain('another one belongs to this question by now'), seen);
  expect((await groupsOf(house))[0]?.answerId).toBe(theirs.id);
});

test('who may look and not change is offered nothing to change', async () => {
  const house = await openHouse();
  await openPage(house, opening, 1, false);
  await userEvent.click(within(rows()[0] as HTMLElement).getByRole('button', { expanded: false }));
  expect(await screen.findAllByRole('link', { name: /opening hours/i }, seen)).toHaveLength(3);
  expect(screen.queryByRole('checkbox')).toBeNull();
  expect(screen.queryByRole('button', { name: 'Ignore' })).toBeNull();
});
