/** Whether two names may be one person's: the same words in any order, a slip of the finger, or written in another alphabet. */
import { wordsOf } from '../../shared/fold.ts';
import { oneSlipAway, slipsAllowed, slipsBetween } from '../words/near-words.ts';

const WORDS_MAX = 4;

export function nameWords(name: string | null): string[] {
  return [...new Set(wordsOf(name ?? '').map(({ word }) => word))].filter((word) => word.length > 1).slice(0, WORDS_MAX);
}

/** Null: they are nothing alike, or one is not there. */
export function likenessOfNames(one: readonly string[], other: readonly string[]): 'same' | 'near' | null {
  if (one.length === 0 || other.length === 0) return null;
  const [fewer, more] = one.length <= other.length ? [one, other] : [other, one];
  const left = new Set(more);
  let exact = 0;
  for (const word of fewer) {
    const match = left.has(word) ? word : [...left].find((candidate) => isNearWord(word, candidate));
    if (match === undefined) return null;
    if (match === word) exact += 1;
    left.delete(match);
  }
  if (left.size === 0 && exact === fewer.length) return 'same';
  // A second given name may be left out, a whole name may not.
  return fewer.length > 1 || left.size === 0 ? 'near' : null;
}

/** The word itself and what is written one slip away from it. */
export function nearSpellings(word: string): string[] {
  return slipsAllowed(word) === 0 ? [word] : [word, ...oneSlipAway(word)];
}

function isNearWord(one: string, other: string): boolean {
  if (Math.min(slipsAllowed(one), slipsAllowed(other)) > 0 && slipsBetween(one, other, 1) <= 1) return true;
  const [a, b] = [soundsOf(one), soundsOf(other)];
  return a !== null && b !== null && a.script !== b.script && a.sounds.some((sound) => b.sounds.includes(sound));
}

const hebrew: Record<string, string> = {
  ...{ א: '', ב: 'b', ג: 'g', ד: 'd', ה: '', ו: 'w', ז: 'z', ח: 'h', ט: 't', י: '', כ: 'k', ל: 'l', מ: 'm', נ: 'n', ס: 's' },
  ...{ ע: '', פ: 'p', צ: 'c', ק: 'k', ר: 'r', ש: 's', ת: 't' },
};
const latinPairs: readonly (readonly [RegExp, string])[] = [
  [/sch|sh/g, 's'],
  [/ts|tz|cz/g, 'c'],
  [/ch|kh/g, 'h'],
  [/ph/g, 'p'],
  [/th/g, 't'],
  [/ck|c(?!$)|q/g, 'k'],
  [/x/g, 'ks'],
  [/j/g, 'g'],
  [/f/g, 'p'],
  [/[vw]/g, 'w'],
  [/[aeiouy]/g, ''],
];

/**
 * The consonants, as one who hears the name would write them down; several where a letter can be two. Enough for Cohen and כהן,
 * and nothing that decides alone.
 */
function soundsOf(word: string): { script: 'hebrew' | 'latin'; sounds: string[] } | null {
  const script = /^[א-ת]+$/.test(word) ? 'hebrew' : /^[a-z]+$/.test(word) ? 'latin' : null;
  if (script === null) return null;
  const plain =
    script === 'hebrew'
      ? [...word].map((letter) => hebrew[letter] ?? '').join('')
      : latinPairs.reduce(
          (text, [pattern, sound]) => text.replace(pattern, sound),
          word.replace(/(?<=[a-z])h(?![aeiouy])|h$/g, (h) => h),
        );
  return { script, sounds: [...new Set(readings(plain))] };
}

/** `w` is v or a vowel, `b` may be v, `h` may be silent or k. */
function readings(sounds: string): string[] {
  let all = [''];
  for (const sound of sounds) {
    const each = sound === 'w' ? ['b', ''] : sound === 'h' ? ['h', '', 'k'] : [sound];
    all = all.flatMap((before) => each.map((next) => (before.endsWith(next) ? before : before + next)));
    if (all.length > 64) return all.slice(0, 64);
  }
  return all.filter((reading) => reading.length > 1);
}
