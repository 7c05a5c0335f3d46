import { describe, expect, test } from 'vitest';
import type { TextOverrides } from '../../shared/texts/text-keys.ts';
import { Welcome } from '../../widget/components/welcome.tsx';
import { speechIn as speakIn } from '../../widget/texts/speech-in.ts';
import { languages, plain, show } from './speaking.tsx';

const saying = (overrides: TextOverrides) => speakIn('he', { overrides, hasExtras: true });

describe.each(languages)('what administrators say instead, in %s', (language) => {
  test('is what visitors read, in parts that are fetched later as well; the rest stays ours', async () => {
    const own = await speakIn(language, { hasExtras: true });
    const speech = await speakIn(language, { overrides: { send: 'Fire!', save: 'Keep it' } });
    expect(speech.t('send')).toBe('Fire!');
    await speech.loadExtras();
    expect(speech.t('save')).toBe('Keep it');
    expect(speech.t('cancel')).toBe(own.t('cancel'));
    expect(speech.t('compose')).toBe(own.t('compose'));
  });

  test('may have its own forms of number, or fewer than the language has', async () => {
    const speech = await speakIn(language, {
      overrides: { newMessages: { one: 'just one', other: '{count} of them' }, unreadBadge: 'some', answersIn: { other: '{count} min' } },
    });
    expect([1, 2, 5].map((count) => speech.t('newMessages', { count }))).toEqual(['just one', '2 of them', '5 of them']);
    expect(speech.t('unreadBadge', { count: 3 })).toBe('some');
    expect(speech.t('answersIn', { count: 1 })).toBe('1 min');
  });
});

test('hostile words are words: shown as they are, and no place in them is filled that is not named', async () => {
  const hostile = '<img src=x onerror=alert(1)>{constructor}{__proto__}$& {name}';
  const speech = await saying({ welcome: hostile, welcomeUnstaffed: '</p><script>alert(1)</script>' });
  const screen = show(<Welcome greeting={undefined} availability={{ open: true, staffed: false, opensAt: null }} />, speech, 'he');
  expect(plain(screen.container.querySelector('.greeting')?.textContent)).toBe('<img src=x onerror=alert(1)>$& ');
  expect(screen.container.textContent).toContain('</p><script>alert(1)</script>');
  expect(screen.container.querySelectorAll('img, script')).toHaveLength(0);
});

test('a greeting is shown as it was typed', async () => {
  const greeting = '<b>שלום</b> & "ברוכים הבאים" {name}';
  const screen = show(<Welcome greeting={greeting} availability={null} />, await saying({}), 'he');
  expect(screen.container.querySelector('.greeting')?.textContent).toBe(greeting);
});
