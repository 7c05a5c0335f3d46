import { expect, it } from 'vitest';
import { readFileText } from '../../console/ui/file-text.ts';

/** As Excel on a Hebrew Windows saves a CSV: a byte a letter. */
const windows = (text: string) =>
  Uint8Array.from(text, (letter) => (letter >= 'א' ? letter.charCodeAt(0) - 0x5d0 + 0xe0 : letter.charCodeAt(0)));

it('a file reads the same whether it was saved in the letters of Windows, in those of Excel, or in those of everybody else', async () => {
  const text = 'מזהה,מוצר\r\n1,מונסטרה';
  const twoBytes = new Uint8Array([0xff, 0xfe, ...[...text].flatMap((letter) => [letter.charCodeAt(0) & 255, letter.charCodeAt(0) >> 8])]);
  for (const bytes of [windows(text), twoBytes, new TextEncoder().encode(text), new TextEncoder().encode(`\ufeff${text}`)]) {
    expect(await readFileText(new Blob([bytes]))).toBe(text);
  }
});
