import { expect, test } from 'vitest';
import { readLetterApart } from '../../server/timeline/letter-thread.ts';
import { splitQuoted } from '../../server/timeline/quoted-words.ts';

test('what somebody writes between and below quoted lines is all of the answer, and quoted lines at the end are none of it', () => {
  expect(splitQuoted('Yes\n\n> When?\n>\n\n> Where?\n')).toEqual({ text: 'Yes', quoted: '> When?\n>\n\n> Where?' });
  expect(splitQuoted('> When?\nToday\n> Where?\nHere')).toEqual({ text: '> When?\nToday\n> Where?\nHere', quoted: null });
  expect(splitQuoted('> When?\nToday\n> Where?')).toEqual({ text: '> When?\nToday', quoted: '> Where?' });
});

test('however many lines quote, each is looked at once', () => {
  const lines = 300_000;
  expect(splitQuoted(`${'> a\n'.repeat(lines)}end`).text).toHaveLength(4 * lines + 3);
});

test('a letter that nobody could read in time is given up, and the next one is read', async () => {
  const letter = (words: string) => Buffer.from(`From: Ruth <ruth@example.com>\r\nContent-Type: text/plain\r\n\r\n${words}`);
  await expect(readLetterApart(letter(`a${'\n'.repeat(3_000_000)}b`), 'ruth@example.com', 500)).rejects.toThrow(
    'could not be read within 500 ms',
  );
  expect(await readLetterApart(letter('Thanks'), 'ruth@example.com')).toMatchObject({ text: 'Thanks', from: { name: 'Ruth' } });
});
