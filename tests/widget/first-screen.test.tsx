import { signal } from '@preact/signals-core';
import { userEvent } from '@testing-library/user-event';
import { describe, expect, test, vi } from 'vitest';
import type { WidgetSettings } from '../../shared/inbox.ts';
import type { Chat } from '../../widget/chat-state.ts';
import { FirstQuestions } from '../../widget/components/first-questions.tsx';
import { FirstScreen } from '../../widget/components/first-screen.tsx';
import { PanelHeader } from '../../widget/components/panel-header.tsx';
import { Welcome } from '../../widget/components/welcome.tsx';
import type { HeldMessage } from '../../widget/held-message.ts';
import { languages, now, plain, show, speechIn } from './speaking.tsx';
import { widgetSettings } from './widget-settings.ts';

const here = { open: true, staffed: true, opensAt: null };
const agents = ['Dana', 'עומר', 'Noa', 'Ruth'].map((name) => ({ name, avatarUrl: null }));
const nothing = () => {};
const header = (availability: Parameters<typeof Welcome>[0]['availability'], hasFaces = true) => (
  <PanelHeader
    {...{ business: 'The shop', assignee: null, answeredBy: null, isConnected: true, visitorName: null, hasFaces, availability }}
    onDetails={nothing}
    onClose={nothing}
  />
);
const presence = (screen: { container: Element }) => plain(screen.container.querySelector('.presence')?.textContent).trim();

describe.each(languages)('a visitor who opens the window in %s', (language) => {
  test('sees up to three of those who are there, unless the inbox shows no faces', async () => {
    const speech = await speechIn(language);
    const screen = show(header({ ...here, agents }), speech, language);
    expect([...screen.container.querySelectorAll('.face')].map((face) => face.textContent)).toEqual(['D', 'ע', 'N']);
    screen.change(header({ ...here, agents }, false));
    await vi.waitFor(() => expect(screen.container.querySelector('.face')?.textContent).toBe('TS'));
    expect(screen.container.querySelectorAll('.face')).toHaveLength(1);
  });

  test.each([
    [null, null],
    [20_000, 1],
    [61_000, 2],
    [5 * 60_000, 5],
  ])('is told how long an answer takes only where that is known (%s ms)', async (expectedWaitMs, minutes) => {
    const speech = await speechIn(language);
    const screen = show(header({ ...here, expectedWaitMs }), speech, language);
    expect(presence(screen)).toBe(minutes === null ? speech.t('staffed') : plain(speech.t('answersIn', { count: minutes })));
  });

  test('is told while it is closed when somebody is back, or just that it is closed', async () => {
    const speech = await speechIn(language);
    const closed = { open: false, staffed: false, opensAt: now + 2 * 60 * 60 * 1_000 };
    const screen = show(<Welcome greeting="שלום לך" availability={closed} />, speech, language);
    expect(screen.getByText('שלום לך')).toBeTruthy();
    expect(plain(screen.container.textContent)).toContain(plain(speech.t('welcomeClosed', { when: speech.times.time(closed.opensAt) })));
    const unknown = show(header({ ...closed, opensAt: null }), speech, language);
    expect(presence(unknown)).toBe(speech.t('closed'));
  });

  test('finds three frequent questions in its language, else in the inbox’s, and asks one with one press', async () => {
    const speech = await speechIn(language);
    const other = language === 'he' ? 'en' : 'he';
    const question = (id: string, text: object) => ({ id, text, answer: {} });
    const questions = [
      question('none', {}),
      question('both', { [language]: 'mine', [other]: 'theirs' }),
      question('inbox', { [other]: 'of the inbox' }),
      question('third', { [language]: 'third' }),
      question('fourth', { [language]: 'fourth' }),
    ];
    const onChoose = vi.fn();
    const list = <FirstQuestions questions={questions} languages={[language, other]} onChoose={onChoose} />;
    const screen = show(list, speech, language);
    expect(screen.getAllByRole('button').map((button) => button.textContent)).toEqual(['mine', 'of the inbox', 'third']);
    await userEvent.setup().click(screen.getByRole('button', { name: 'of the inbox' }));
    expect(onChoose).toHaveBeenCalledExactlyOnceWith('of the inbox', 'inbox');
    screen.change(<FirstQuestions questions={questions} languages={[language]} onChoose={onChoose} />);
    await vi.waitFor(() => expect(screen.queryByText('of the inbox')).toBeNull());
  });
});

test('a question that is pressed waits for the form where the inbox asks something first', async () => {
  const held = signal<HeldMessage>({});
  const [send, hold] = [vi.fn(), vi.fn()];
  const chat = { held, send, hold } as unknown as Chat;
  const settings = (isAsking: boolean): WidgetSettings => ({
    ...widgetSettings,
    ...{ isAsking, hasFirst: true },
    questions: [{ id: 'hours', text: { en: 'When are you open?' }, answer: {} }],
  });
  const screen = show(<FirstScreen chat={chat} settings={settings(false)} language="en" />, await speechIn('en'));
  await userEvent.setup().click(screen.getByRole('button'));
  expect(send).toHaveBeenCalledExactlyOnceWith('When are you open?', { questionId: 'hours' });
  screen.change(<FirstScreen chat={chat} settings={settings(true)} language="en" />);
  await vi.waitFor(async () => {
    await userEvent.setup().click(screen.getByRole('button'));
    expect(hold).toHaveBeenCalledWith({ text: 'When are you open?', questionId: 'hours' });
  });
});

test('a visitor is told the date of an opening that is further away than a week', async () => {
  const speech = await speechIn('en');
  expect(speech.times.ahead(now + 8 * 24 * 60 * 60 * 1_000)).toMatch(/Tuesday, March 11/);
});
