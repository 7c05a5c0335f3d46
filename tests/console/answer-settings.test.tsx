import { cleanup, fireEvent, screen, within } from '@testing-library/preact';
import { userEvent } from '@testing-library/user-event';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { setLanguage } from '../../console/texts/texts.ts';
import { toasts } from '../../console/ui/toast.tsx';
import type { Answer } from '../../shared/automatic-answer.ts';
import type { House } from '../helpers/house.ts';
import {
  button,
  expectPage,
  field,
  fields,
  nothingUnsaved,
  openAnswers,
  openAnswersAs,
  plain,
  press,
  returns,
  save,
  seen,
} from './answer-scene.tsx';

beforeEach(() => setLanguage('en'));
afterEach(() => {
  cleanup();
  toasts.value = [];
});

describe('an administrator who writes an automatic answer', () => {
  it('adds phrasings with the keyboard alone, is told of twins, and keeps what was written', async () => {
    const { saved } = await openAnswers();
    await press('New answer');
    await userEvent.type(await field('The question (English)'), 'Do you deliver?');
    await expectPage('One phrasing only: five or more find twice as many questions.');
    (fields('How people ask it')[0] as HTMLElement).focus();
    await userEvent.keyboard('delivery?{Enter}is there shipping{Enter}Delivery{Enter}');
    expect(fields('How people ask it').map(({ value }) => value)).toEqual(['delivery?', 'is there shipping', 'Delivery', '']);
    await expectPage('The same as Phrasing 1');
    await userEvent.keyboard(
      '{Backspace}{Backspace}{Backspace}{Backspace}{Backspace}{Backspace}{Backspace}{Backspace}{Backspace}{Backspace}',
    );
    await vi.waitFor(() => expect((document.activeElement as HTMLInputElement).value).toBe('is there shipping'), seen);
    expect(fields('How people ask it').map(({ value }) => value)).toEqual(['delivery?', 'is there shipping', '']);
    fireEvent.paste(fields('How people ask it')[2] as HTMLElement, {
      clipboardData: { getData: () => 'do you ship\n\nsend it to me\r\nhow do I get it ' },
    });
    await expectPage('6 phrasings: it will be found well.');
    expect(fields('How people ask it').map(({ value }) => value)).toEqual([
      'delivery?',
      'is there shipping',
      'do you ship',
      'send it to me',
      'how do I get it',
      '',
    ]);
    await userEvent.type(await field('The answer (English)'), 'Yes, in 3 days: https://shop.example/delivery');
    await userEvent.type(fields('Buttons below the answer')[0] as HTMLElement, 'Where is my order?');
    const preview = screen.getByRole('region', { name: 'As visitors see it' });
    expect(within(preview).getByRole('link').getAttribute('href')).toBe('https://shop.example/delivery');
    expect(within(preview).getByRole('listitem').textContent).toBe('Where is my order?');
    await userEvent.click(screen.getByRole('radio', { name: /Only when nobody can answer/ }));
    await save();
    await nothingUnsaved();
    expect(await saved()).toMatchObject([
      {
        question: { en: 'Do you deliver?' },
        phrasings: ['delivery?', 'is there shipping', 'do you ship', 'send it to me', 'how do I get it'],
        bodies: { en: { text: 'Yes, in 3 days: https://shop.example/delivery', quickReplies: ['Where is my order?'] } },
        moment: 'outside',
        isOn: true,
      },
    ]);
    await userEvent.click(screen.getByRole('link', { name: 'All automatic answers' }));
    const row = await screen.findByRole('link', { name: /Do you deliver/ }, seen);
    expect(plain(row.textContent)).toContain('Speaks when nobody can answer, in all inboxes');
    expect(row.textContent).toContain('English');
    expect(row.textContent).toContain('6 phrasings');
  });

  it('writes in several languages, each in its own direction, and one is told where nothing is said yet', async () => {
    const { saved } = await openAnswers([returns], ([one]) => `?id=${one?.id}`);
    await field('The question (English)');
    await userEvent.click(screen.getAllByRole('radio', { name: 'עברית' })[0] as HTMLElement);
    const question = await field('The question (עברית)');
    expect(question.dir).toBe('rtl');
    await expectPage('Shown instead: How do I return something?');
    await expectPage('Said so far in English');
    await userEvent.type(question, 'איך מחזירים?');
    await userEvent.type(await field('The answer (עברית)'), 'תוך 14 יום.');
    await save();
    await nothingUnsaved();
    expect(await saved()).toMatchObject([
      {
        question: { en: 'How do I return something?', he: 'איך מחזירים?' },
        bodies: { en: { text: 'Within 14 days.' }, he: { text: 'תוך 14 יום.' } },
      },
    ]);
  });

  it('is led to what is missing, and loses nothing', async () => {
    const { saved } = await openAnswers();
    await press('New answer');
    await userEvent.type(await field('The question (English)'), 'Do you deliver?');
    await save();
    await vi.waitFor(() => expect(document.activeElement).toBe(screen.getByLabelText(/^The answer/)), seen);
    await expectPage('Write what is said, in at least one language.');
    expect((await field('The question (English)')).value).toBe('Do you deliver?');
    await userEvent.type(await field('The answer (English)'), 'Yes.');
    await save();
    await nothingUnsaved();
    expect(await saved()).toHaveLength(1);
  });

  it('finds what was begun again after a look elsewhere, and nothing stands there where nothing was written', async () => {
    const { comeBack } = await openAnswers([returns]);
    await press('New answer');
    await userEvent.type(await field('The question (English)'), 'Do you repair?');
    cleanup();
    comeBack('');
    await userEvent.click(await screen.findByRole('link', { name: /Do you repair/ }, seen));
    expect((await field('The question (English)')).value).toBe('Do you repair?');
    await press('Discard');
    await screen.findByRole('link', { name: /How do I return/ }, seen);
    expect(screen.queryByRole('link', { name: /Do you repair/ })).toBeNull();
    await press('Undo');
    expect((await field('The question (English)')).value).toBe('Do you repair?');
    cleanup();
    comeBack('');
    await press('New answer');
    await field('The question (English)');
    await userEvent.click(screen.getByRole('link', { name: 'All automatic answers' }));
    await screen.findByRole('link', { name: /How do I return/ }, seen);
    expect(screen.queryByRole('link', { name: /A new answer/ })).toBeNull();
  });

  it('deletes one after being asked, by name', async () => {
    const { saved } = await openAnswers([returns], ([one]) => `?id=${one?.id}`);
    await press('Delete');
    const dialog = await screen.findByRole('dialog', {}, seen);
    expect(plain(dialog.textContent)).toContain('Delete How do I return something?');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Delete' }));
    await expectPage('Nothing is answered by itself yet');
    expect(await saved()).toEqual([]);
  });
});

describe('two administrators at one answer', () => {
  it('keep what each has added, and are asked where both changed the same', async () => {
    const { house, saved } = await openAnswers([returns], ([one]) => `?id=${one?.id}`);
    const [answer] = (await saved()) as [Answer];
    await field('The question (English)');
    await userEvent.type(fields('How people ask it').at(-1) as HTMLElement, 'mine');
    await house.json('PATCH', `/api/answers/${answer.id}`, { phrasings: [...answer.phrasings.slice(1), 'theirs'], moment: 'waiting' });
    await save();
    await nothingUnsaved();
    expect((await saved())[0]).toMatchObject({
      phrasings: ['return policy', 'refund please', 'send it back', 'mine', 'theirs'],
      moment: 'waiting',
    });
    const text = await field('The answer (English)');
    await userEvent.clear(text);
    await userEvent.type(text, 'Mine.');
    await house.json('PATCH', `/api/answers/${answer.id}`, { bodies: { en: { text: 'Theirs.' } } });
    await save();
    await expectPage('Somebody else has just changed the same: What is said.');
    await press(/mine/i);
    await nothingUnsaved();
    expect((await saved())[0]?.bodies.en?.text).toBe('Mine.');
  });

  it('lose nothing when one deletes what the other edits', async () => {
    const { house, saved } = await openAnswers([returns], ([one]) => `?id=${one?.id}`);
    const [answer] = (await saved()) as [Answer];
    await userEvent.type(await field('The answer (English)'), ' Unopened.');
    await house.call('DELETE', `/api/answers/${answer.id}`);
    await save();
    await expectPage('This is not here any more. Nothing is lost.');
    await save();
    await nothingUnsaved();
    expect(await saved()).toMatchObject([{ bodies: { en: { text: 'Within 14 days. Unopened.' } }, phrasings: returns.phrasings }]);
  });
});

describe('an administrator with many answers', () => {
  it('finds them by word, tag and state, page by page, and turns one off in its row', async () => {
    const many = Array.from({ length: 53 }, (_, at) => ({ ...returns, question: { en: `Question ${at + 1}` }, isOn: at !== 7 }));
    const { saved } = await openAnswers([...many, { ...returns, question: { en: 'Rare' }, phrasings: ['zebra'], tags: ['animals'] }]);
    await screen.findByRole('link', { name: /Question 50/ }, seen);
    expect(screen.queryByRole('link', { name: /Question 51/ })).toBeNull();
    await press('Show more');
    await screen.findByRole('link', { name: /Rare/ }, seen);
    await userEvent.type(await field('Search questions and answers'), 'zeb');
    await vi.waitFor(() => expect(screen.getAllByRole('switch')).toHaveLength(1), seen);
    await userEvent.click(screen.getByRole('switch', { name: /Rare/ }));
    await vi.waitFor(async () => expect((await saved()).find(({ question }) => question.en === 'Rare')?.isOn).toBe(false), seen);
    await expectPage(/Rare.*Off/);
    await userEvent.selectOptions(await field('On or off'), 'true');
    await expectPage('No answer is like this.');
  });

  it('reads when and where each speaks', async () => {
    const { house, comeBack } = await openAnswers([
      { ...returns, question: { en: 'Sale' }, validTo: new Date(2026, 4, 4).getTime() },
      { ...returns, question: { en: 'Next' }, validFrom: new Date(2099, 0, 2).getTime() },
    ]);
    const blog = await house.json<{ id: string }>('POST', '/api/inboxes', { name: 'Blog' });
    await house.json('POST', '/api/answers', { ...returns, question: { en: 'Here' }, inboxIds: [blog.id], moment: 'waiting' });
    await house.json('POST', '/api/answers', { ...returns, question: { en: 'Unheard' }, moment: 'waiting', inboxIds: [house.inbox.id] });
    const bot = { outside: true, waiting: true, name: {}, endsAfterHours: 24 };
    await house.json('PATCH', `/api/inboxes/${blog.id}`, { settings: { bot } });
    cleanup();
    comeBack();
    await expectPage(/Sale.*Ended May 3, 2026/);
    await expectPage(/Next.*Speaks from Jan 2, 2099/);
    await expectPage(/Here.*Speaks while visitors wait, in Blog/);
    await expectPage(/Unheard.*On, but no inbox lets answers speak then/);
  });
});

describe('a colleague', () => {
  it('who may write answers but not set up inboxes works as well, and changes nothing about where they speak', async () => {
    const { saved } = await openAnswersAs(['answers:manage'], [returns]);
    await userEvent.click(await screen.findByRole('link', { name: /How do I return/ }, seen));
    await userEvent.type(await field('The answer (English)'), ' Unopened.');
    expect(screen.queryByRole('button', { name: 'Attach files' })).toBeNull();
    await save();
    await nothingUnsaved();
    expect(await saved()).toMatchObject([{ bodies: { en: { text: 'Within 14 days. Unopened.' } }, inboxIds: null, isOn: true }]);
  });

  it('who may not is not shown them', async () => {
    await openAnswersAs(['conversations:reply'], [returns]);
    await screen.findByRole('link', { name: 'Security' }, seen);
    expect(screen.queryByRole('link', { name: 'Automatic answers' })).toBeNull();
    expect(screen.queryByText(/How do I return/)).toBeNull();
  });
});

/** As a form would send it; the page's own forms and Node's network do not know each other. */
async function leaveFile({ url, cookie }: House): Promise<string> {
  const head = 'Content-Disposition: form-data; name="file"; filename="sizes.txt"\r\nContent-Type: text/plain';
  const response = await fetch(`${url}/api/attachments`, {
    method: 'POST',
    headers: { cookie, 'X-Kesher': '1', 'Content-Type': 'multipart/form-data; boundary=cut' },
    body: `--cut\r\n${head}\r\n\r\nSizes: S, M, L\r\n--cut--\r\n`,
  });
  return ((await response.json()) as { id: string }).id;
}

describe('an answer with a file', () => {
  it('keeps it when it is edited, and a copy of the answer gets a copy of it', async () => {
    const { house, saved, comeBack } = await openAnswers();
    const answer = await house.json<Answer>('POST', '/api/answers', { ...returns, fileIds: [await leaveFile(house)] });
    cleanup();
    comeBack(`?id=${answer.id}`);
    await button(/Remove .*sizes.txt/);
    await userEvent.type(await field('The answer (English)'), ' See the file.');
    await save();
    await nothingUnsaved();
    await press('Duplicate');
    await expectPage('Not saved yet');
    const question = await field('The question (English)');
    await userEvent.clear(question);
    await userEvent.type(question, 'Which sizes?');
    await save();
    await nothingUnsaved();
    const [first, second] = (await saved()) as [Answer, Answer];
    expect([first.files, second.files].map((files) => files.map(({ name }) => name))).toEqual([['sizes.txt'], ['sizes.txt']]);
    expect(second).toMatchObject({ question: { en: 'Which sizes?' }, isOn: false });
    expect(second.files[0]?.id).not.toBe(first.files[0]?.id);
    expect((await fetch(`${house.url}${second.files[0]?.url}`)).status).toBe(200);
  });
});

describe('whoever wonders what would be answered', () => {
  it('types as a visitor, and reads the decision, how sure it is and why', async () => {
    await openAnswers([returns, { ...returns, question: { en: 'Where are you?' }, phrasings: ['address', 'how do I find you'] }]);
    await userEvent.type(await field('Ask as a visitor would'), 'refund please');
    await expectPage(/Answers by itself.*Sure: \d+%/);
    await expectPage(/Shares “refund” and “please” with phrasing 3: “refund please”/);
    await expectPage(/Asked in: English · \d+ ms/);
    await userEvent.clear(await field('Ask as a visitor would'));
    await userEvent.type(await field('Ask as a visitor would'), '🦘🦘🦘');
    await expectPage('Stays silent and takes a message');
  });

  it('is told that unsaved words are not tried, and tries them as soon as they are saved', async () => {
    await openAnswers([returns], ([one]) => `?id=${one?.id}`);
    await userEvent.type(await field('Ask as a visitor would'), 'gimme my dough');
    await expectPage(/Asked in: English/);
    expect(plain(document.body.textContent)).not.toContain('phrasing 5');
    await userEvent.type(fields('How people ask it').at(-1) as HTMLElement, 'gimme my dough');
    await expectPage('What is not saved yet is not tried.');
    await save();
    await nothingUnsaved();
    await expectPage(/Shares “gimme”, “my”, and “dough” with phrasing 5: “gimme my dough”/);
  });
});
