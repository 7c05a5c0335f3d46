/**
 * Words as searching sees them: letters in one shape, without case, points and final letters. Index and query fold alike, so
 * what looks the same to a reader is the same.
 */

/** A word, and where it stands in the text that it was taken from. */
export interface FoundWord {
  word: string;
  from: number;
  to: number;
}

/** Longer runs (a token, a base64 picture) are found by their beginning. */
const WORD_MAX = 40;

/** Letters and digits, with marks and invisible signs among them; geresh and gershayim, typed as quotes, are part of a Hebrew word. */
const WORD = /[\p{L}\p{N}\p{M}][\p{L}\p{N}\p{M}\p{Cf}]*(?:['’‘׳״"`](?=[א-ת])[\p{L}\p{M}\p{Cf}]+)*|\p{Extended_Pictographic}/gu;

/** Accents, Hebrew points and cantillation, Arabic vowel signs. Marks of other scripts carry letters and stay. */
const POINTS = /[\u0300-\u036f\u0591-\u05c7\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06ed]/g;
const UNSPOKEN = /[^\p{L}\p{N}\p{M}\p{Extended_Pictographic}]|\u0640/gu;
const SAME_LETTER: Record<string, string> = {
  ך: 'כ',
  ם: 'מ',
  ן: 'נ',
  ף: 'פ',
  ץ: 'צ',
  ى: 'ي',
  ی: 'ي',
  ې: 'ي',
  ة: 'ه',
  ە: 'ه',
  ک: 'ك',
  ٱ: 'ا',
  ß: 'ss',
  ς: 'σ',
  ı: 'i',
  ł: 'l',
  ø: 'o',
  đ: 'd',
  æ: 'ae',
  œ: 'oe',
};
const OTHER_SHAPES = new RegExp(`[${Object.keys(SAME_LETTER).join('')}]`, 'g');
const FOREIGN_DIGIT = /[^\P{Nd}0-9]/gu;
/** Written without spaces between words, so two letters at a time are the words. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const PLAIN = /^[a-z0-9א-ת]*$/;
const FINALS = /[ךםןףץ]/;

/** All words of a text in their order, folded. */
export function wordsOf(text: string): FoundWord[] {
  const found: FoundWord[] = [];
  for (const match of text.matchAll(WORD)) {
    const from = match.index;
    const to = from + match[0].length;
    if (UNSPACED.test(match[0])) found.push(...pairsOf(match[0], from));
    else {
      const word = fold(match[0]);
      if (word !== '') found.push({ word: cut(word), from, to });
    }
  }
  return found;
}

/** A folded Hebrew word as people write it: with a final letter at its end. */
export function asWritten(word: string): string {
  return word.replace(/(?<=[א-ת])[כמנפצ]$/, (letter) => 'ךםןףץ'['כמנפצ'.indexOf(letter)] ?? letter);
}

/** A name as it is compared and put in order: its words, folded. What has none is itself. */
export function foldName(text: string): string {
  return (
    wordsOf(text)
      .map(({ word }) => word)
      .join(' ') || text.trim().toLowerCase()
  );
}

/** One word or a whole text; what is neither letter nor digit falls out. */
function fold(text: string): string {
  if (PLAIN.test(text) && !FINALS.test(text)) return text;
  return text
    .normalize('NFKC')
    .toLowerCase()
    .normalize('NFD')
    .replace(POINTS, '')
    .normalize('NFC')
    .replace(OTHER_SHAPES, (letter) => SAME_LETTER[letter] ?? letter)
    .replace(FOREIGN_DIGIT, toDigit)
    .replace(UNSPOKEN, '');
}

function pairsOf(run: string, at: number): FoundWord[] {
  const letters = [...run];
  let from = at;
  const pairs = letters.map((letter, index) => {
    const next = letters[index + 1] ?? '';
    const pair = { word: fold(letter + next), from, to: from + letter.length + next.length };
    from += letter.length;
    return pair;
  });
  // An invisible sign at the end of the run is no word.
  return pairs.filter(({ word }) => word !== '');
}

function cut(word: string): string {
  return word.length <= WORD_MAX ? word : [...word.slice(0, WORD_MAX + 1)].slice(0, -1).join('');
}

/** Unicode keeps ten digits in a row, from a code that ends in 0 or in 6. */
function toDigit(digit: string): string {
  const code = digit.codePointAt(0) ?? 0;
  const row = code - (code % 16);
  const isFromZero = /\p{Nd}/u.test(String.fromCodePoint(row));
  return String((code - row - (isFromZero ? 0 : 6)) % 10);
}
