import { userEvent } from '@testing-library/user-event';
import type { ComponentProps } from 'preact';
import { describe, expect, test, vi } from 'vitest';
import { PanelHeader } from '../../widget/components/panel-header.tsx';
import { languages, now, plain, show, speechIn } from './speaking.tsx';

const nothing = () => {};
const header = (more: Partial<ComponentProps<typeof PanelHeader>>) => (
  <PanelHeader
    business="קרמיקה אדמה"
    hasFaces
    assignee={null}
    answeredBy={null}
    availability={null}
    isConnected
    visitorName={null}
    onDetails={nothing}
    onClose={nothing}
    {...more}
  />
);

const here = { open: true, staffed: true, opensAt: null };
const gone = { ...here, staffed: false };
/** What is said of who is here, and whether the green dot says so too. */
const presence = (screen: { container: Element }) => {
  const line = screen.container.querySelector('.presence');
  return [plain(line?.textContent).trim(), line?.hasAttribute('data-here')];
};

describe.each(languages)('a visitor who opens the widget in %s', (language) => {
  test('is told with whom it speaks', async () => {
    const speech = await speechIn(language);
    const assignee = { name: 'Dana', avatarUrl: null };
    const screen = show(header({ assignee, answeredBy: 'Omar', availability: here }), speech, language);
    expect(screen.getByRole('heading', { name: 'קרמיקה אדמה' })).toBeTruthy();
    expect(presence(screen)).toEqual([plain(speech.t('talkingWith', { name: 'Omar' })), true]);
  });

  test('is told who will answer, and no more, while that person has not written or nobody is there', async () => {
    const speech = await speechIn(language);
    const assignee = { name: 'Dana', avatarUrl: null };
    const screen = show(header({ assignee, availability: here }), speech, language);
    const willAnswer = plain(speech.t('willAnswer', { name: 'Dana' }));
    expect(presence(screen)).toEqual([willAnswer, false]);
    screen.change(header({ assignee, answeredBy: 'Dana', availability: gone }));
    await vi.waitFor(() => expect(presence(screen)).toEqual([willAnswer, false]));
  });

  test('is told of nobody’s presence while the connection is gone', async () => {
    const speech = await speechIn(language);
    const screen = show(header({ availability: here }), speech, language);
    expect(presence(screen)).toEqual([speech.t('staffed'), true]);
    screen.change(header({ availability: here, isConnected: false }));
    await vi.waitFor(() => expect(presence(screen)).toEqual(['', false]));
  });

  test('is told that somebody is there, or that nobody is', async () => {
    const speech = await speechIn(language);
    const screen = show(header({ availability: { open: true, staffed: true, opensAt: null } }), speech, language);
    expect(screen.getByText(speech.t('staffed'))).toBeTruthy();
    screen.change(header({ availability: { open: true, staffed: false, opensAt: null } }));
    expect(await screen.findByText(speech.t('unstaffed'))).toBeTruthy();
  });

  test('finds the way back, to its details and out, named in that language', async () => {
    const speech = await speechIn(language);
    const [onBack, onDetails, onClose] = [vi.fn(), vi.fn(), vi.fn()];
    const screen = show(header({ onBack, onDetails, onClose }), speech, language);
    const user = userEvent.setup();
    await user.click(screen.getByRole('button', { name: speech.t('back') }));
    await user.click(screen.getByRole('button', { name: speech.t('yourDetails') }));
    await user.click(screen.getByRole('button', { name: speech.t('closeChat') }));
    for (const called of [onBack, onDetails, onClose]) expect(called).toHaveBeenCalledOnce();
  });
});

test('a visitor is told when the business is back, in its own time', async () => {
  const tomorrowAtNine = new Date(now);
  tomorrowAtNine.setHours(33, 0);
  const screen = show(header({ availability: { open: false, staffed: false, opensAt: tomorrowAtNine.getTime() } }), await speechIn('en'));
  expect(plain(screen.container.querySelector('.presence')?.textContent)).toMatch(/^Back Tuesday 9:00\sAM$/);
});

test('nothing is claimed before the server has said anything, and no way back is offered where there is none', async () => {
  const speech = await speechIn('en');
  const screen = show(header({}), speech);
  expect(screen.container.querySelector('.presence')?.textContent?.trim()).toBe('');
  expect(screen.queryByRole('button', { name: speech.t('back') })).toBeNull();
});

test('a visitor who has told its name sees that it is known', async () => {
  const screen = show(header({ visitorName: 'Ruth' }), await speechIn('en'));
  expect(screen.getByRole('button', { name: (name) => plain(name) === 'Your details: Ruth' })).toBeTruthy();
});
