/** What was typed, made comparable: one spelling for what the eye or the ear takes for the same, in every script. */

/** Final letters are the same letters. */
const hebrewFinals: Record<string, string> = { ך: 'כ', ם: 'מ', ן: 'נ', ף: 'פ', ץ: 'צ' };
const arabicLetters: Record<string, string> = {
  أ: 'ا',
  إ: 'ا',
  آ: 'ا',
  ٱ: 'ا',
  ى: 'ي',
  ئ: 'ي',
  ؤ: 'و',
  ة: 'ه',
  گ: 'ك',
  ک: 'ك',
  ی: 'ي',
  چ: 'ج',
  پ: 'ب',
  ڤ: 'ف',
};
const sameLetters: Record<string, string> = { ...hebrewFinals, ...arabicLetters, ё: 'е', ß: 'ss' };
const letterPattern = new RegExp(`[${Object.keys(sameLetters).join('')}]`, 'g');

/** Niqqud and cantillation, Arabic short vowels and the stroke that stretches, accents, and what shows direction. */
const marks = /[\p{M}\u0640\u200B-\u200F\u202A-\u202E\u2066-\u2069\uFEFF]/gu;
const link = /(?:https?:\/\/|www\.)\S+/g;
const email = /\S+@\S+\.\S+/g;
/** Within words: geresh, gershayim and apostrophes of all kinds. */
const quotes = /(?<=[\p{L}])['"`´‘’‚“”„׳״](?=[\p{L}])/gu;
/** A visitor who leans on a key means the letter once. */
const leaning = /(\p{L})\1{2,}/gu;

/** Only so much of a message is read: a pasted log does not become a question by its length. */
const READ_MAX = 600;

/** Lower case, one spelling a letter, words by single spaces. `0` stands for a number, so that prices and dates are alike. */
export function toPlain(text: string): string {
  return text
    .slice(0, READ_MAX)
    .normalize('NFKD')
    .replace(marks, '')
    .normalize('NFC')
    .toLowerCase()
    .replace(link, ' ')
    .replace(email, ' ')
    .replace(letterPattern, (letter) => sameLetters[letter] as string)
    .replace(quotes, '')
    .replace(leaning, '$1$1')
    .replace(/\p{Nd}+(?:[.,:/-]\p{Nd}+)*/gu, ' 0 ')
    .replace(/[^\p{L}0]+/gu, ' ')
    .trim();
}

/** The words of a plain text. */
export function wordsOf(plain: string): string[] {
  return plain === '' ? [] : plain.split(' ').slice(0, WORDS_MAX);
}
const WORDS_MAX = 60;
