import { userEvent } from '@testing-library/user-event';
import { describe, expect, test, vi } from 'vitest';
import { BubbleGroup } from '../../widget/components/bubble-group.tsx';
import { talkNotes } from '../../widget/components/talk-notes.tsx';
import type { DeliveryState, TranscriptItem } from '../../widget/transcript-items.ts';
import { languages, now, plain, show, speechIn } from './speaking.tsx';

type Group = Extract<TranscriptItem, { kind: 'group' }>;

const own = (text: string, state: DeliveryState): Group => ({
  kind: 'group',
  key: 'a',
  author: { kind: 'visitor' },
  isFirst: true,
  at: now,
  bubbles: [{ id: 'a', text, state }],
});
const theirs = (text: string, more: Partial<Group> = {}): Group => ({
  kind: 'group',
  key: 'b',
  author: { kind: 'agent', id: 'dana', name: 'דנה Levi' },
  isFirst: true,
  at: now,
  bubbles: [{ id: 'b', text }],
  ...more,
});
const nothing = () => {};
const view = (group: Group, more: { onRetry?: (id: string) => void; onDiscard?: (id: string) => void } = {}) => (
  <BubbleGroup group={group} business="The shop" notes={talkNotes} onRetry={nothing} onDiscard={nothing} {...more} />
);

describe.each(languages)('in a widget that speaks %s', (language) => {
  test.each([
    ['sending', 'sending'],
    ['sent', 'sent'],
    ['read', 'read'],
  ] as const)('a message that is %s carries one quiet mark that says so', async (state, key) => {
    const speech = await speechIn(language);
    const screen = show(view(own('hello', state)), speech, language);
    expect(screen.getAllByText(speech.t(key))).toHaveLength(1);
    expect(screen.queryByRole('button')).toBeNull();
  });

  test('a message that failed says so, and can be tried again or thrown away', async () => {
    const speech = await speechIn(language);
    const [onRetry, onDiscard] = [vi.fn(), vi.fn()];
    const screen = show(view(own('hello', 'failed'), { onRetry, onDiscard }), speech, language);
    const user = userEvent.setup();
    expect(screen.getByText(speech.t('notSent'))).toBeTruthy();
    await user.click(screen.getByRole('button', { name: speech.t('tryAgain') }));
    await user.click(screen.getByRole('button', { name: speech.t('discard') }));
    expect(onRetry).toHaveBeenCalledExactlyOnceWith('a');
    expect(onDiscard).toHaveBeenCalledExactlyOnceWith('a');
  });

  test('each text finds its own direction', async () => {
    const screen = show(view(theirs('הזמנה MUG-350 בדרך')), await speechIn(language), language);
    expect(screen.getByText('הזמנה MUG-350 בדרך').getAttribute('dir')).toBe('auto');
  });
});

test('an answer carries the name of its author and the initials, and no mark', async () => {
  const speech = await speechIn('en');
  const screen = show(view(theirs('hi')), speech);
  expect(screen.getByText('דנה Levi')).toBeTruthy();
  expect(screen.getByText('דL')).toBeTruthy();
  expect(screen.queryByText(speech.t('sent'))).toBeNull();
});

test('who goes on speaking is not introduced again on the screen, but to a screen reader', async () => {
  const screen = show(view(theirs('and', { isFirst: false })), await speechIn('en'));
  const name = screen.getByText((text) => plain(text) === 'דנה Levi:');
  expect(name.className).toBe('unseen');
});

test('an automatic answer without a name is the business speaking', async () => {
  const screen = show(view(theirs('hi', { author: { kind: 'bot' } })), await speechIn('en'));
  expect(screen.getByText('The shop')).toBeTruthy();
});

test('the agent’s picture is shown, and the initials where it cannot be had', async () => {
  const speech = await speechIn('en');
  const withPicture = (
    <BubbleGroup
      group={theirs('hi')}
      business=""
      avatarUrl="https://shop.example/dana.png"
      notes={talkNotes}
      onRetry={nothing}
      onDiscard={nothing}
    />
  );
  const screen = show(withPicture, speech);
  const picture = screen.container.querySelector('img') as HTMLImageElement;
  expect(picture.getAttribute('src')).toBe('https://shop.example/dana.png');
  picture.dispatchEvent(new Event('error'));
  expect(await screen.findByText('דL')).toBeTruthy();
});

describe('an address in a text', () => {
  test('becomes a link that leads away safely', async () => {
    const screen = show(view(theirs('see https://track.example.com/20931, thanks')), await speechIn('en'));
    const link = (await screen.findByRole('link')) as HTMLAnchorElement;
    expect(link.textContent).toBe('https://track.example.com/20931');
    expect(link.getAttribute('href')).toBe('https://track.example.com/20931');
    expect([link.rel, link.target]).toEqual(['noopener noreferrer nofollow', '_blank']);
    expect(screen.container.querySelector('.bubble')?.textContent).toBe('see https://track.example.com/20931, thanks');
  });

  test.each([
    ['www.shop.co.il/בד', 'https://www.shop.co.il/בד'],
    ['dana@shop.com', 'mailto:dana@shop.com'],
    ['tel:+97231234567', 'tel:+97231234567'],
  ])('is understood: %s', async (text, href) => {
    const screen = show(view(theirs(text)), await speechIn('en'));
    expect((await screen.findByRole('link')).getAttribute('href')).toBe(href);
  });

  test.each([
    'javascript:alert(1)//https.co',
    'data:text/html,<script>alert(1)</script>',
    'ftp://files.example.com/a.exe',
    'vbscript:msgbox(1).com',
    'file:///etc/passwd.co',
  ])('of a kind that could harm stays text: %s', async (text) => {
    const screen = show(view(theirs(`${text} https://known.example.com`)), await speechIn('en'));
    await screen.findByText('https://known.example.com');
    for (const link of screen.getAllByRole('link')) expect(link.getAttribute('href')).toMatch(/^(https|mailto):/);
    expect(screen.container.querySelector('.bubble')?.textContent).toBe(`${text} https://known.example.com`);
  });
});

test.each([
  '<img src=x onerror=alert(1)>',
  '"><script>alert(1)</script>',
  '<svg/onload=alert(1)>',
  '{{constructor.constructor("alert(1)")()}}',
  '<a href="javascript:alert(1)">x</a>',
  '&lt;b&gt;not bold&lt;/b&gt;',
])('what looks like markup is shown as it was typed: %s', async (text) => {
  const screen = show(view(theirs(text)), await speechIn('en'));
  const bubble = screen.container.querySelector('.bubble');
  expect(bubble?.textContent).toBe(text);
  expect(bubble?.children).toHaveLength(0);
});
