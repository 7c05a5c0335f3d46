/** What somebody typed without seeing that the keyboard was set to another language. */
import { readLibrary } from './library.ts';
import { toPlain, wordsOf } from './plain-words.ts';

/** The keys of a Latin keyboard, and what the same keys write in other languages. */
const latin = "qwertyuiop[]asdfghjkl;'zxcvbnm,./";
const others = {
  he: "/'קראטוןםפ][שדגכעיחלךף,זסבהנמצתץ.",
  ru: 'йцукенгшщзхъфывапролджэячсмитьбю.',
  ar: 'ضصثقفغعهخحجدشسيبلاتنمكطئءؤرﻻىةوزظ',
} as const;

const fromLatin = Object.values(others).map((keys) => toTable(latin, keys));
const toLatin = {
  Hebrew: toTable(others.he, latin),
  Cyrillic: toTable(others.ru, latin),
  Arabic: toTable(others.ar, latin),
};

/** Fewer known words than this, of one's own letters, and the other keyboards are tried; more than that, and one of them is believed. */
const DOUBTED_BELOW = 0.35;
const BELIEVED_FROM = 0.65;

/** The text as it was meant, or as it is. `isKnown` says of a plain word whether anybody here writes it. */
export function readAsMeant(text: string, isKnown: (word: string) => boolean): string {
  const typed = text.slice(0, READ_MAX).toLowerCase();
  const asIs = shareKnown(typed, isKnown);
  if (asIs >= DOUBTED_BELOW) return text;
  const readings = tablesFor(typed).map((table) => [...typed].map((letter) => table.get(letter) ?? letter).join(''));
  const [best] = readings
    .map((reading) => ({ reading, share: shareKnown(reading, isKnown) }))
    .toSorted((one, other) => other.share - one.share);
  return best && best.share >= BELIEVED_FROM ? best.reading : text;
}
/** Longer than this nobody types blindly. */
const READ_MAX = 300;

function tablesFor(typed: string): readonly ReadonlyMap<string, string>[] {
  if (/[a-z]/.test(typed)) return fromLatin;
  if (/\p{Script=Hebrew}/u.test(typed)) return [toLatin.Hebrew];
  if (/\p{Script=Cyrillic}/u.test(typed)) return [toLatin.Cyrillic];
  return /\p{Script=Arabic}/u.test(typed) ? [toLatin.Arabic] : [];
}

function toTable(from: string, to: string): ReadonlyMap<string, string> {
  const written = [...to];
  return new Map([...from].map((key, at) => [key, (written[at] as string).normalize('NFKC')]));
}

function shareKnown(text: string, isKnown: (word: string) => boolean): number {
  const words = wordsOf(toPlain(text)).filter((word) => word.length > 1);
  if (words.length === 0) return 0;
  return words.filter((word) => isKnown(word) || isLibraryWord(word)).length / words.length;
}

let libraryWords: ReadonlySet<string> | undefined;

/** Whether customers write the word, in any of the library's languages. */
function isLibraryWord(word: string): boolean {
  libraryWords ??= new Set(
    readLibrary().flatMap(({ phrasings }) =>
      Object.values(phrasings)
        .flat()
        .flatMap((text) => wordsOf(toPlain(text))),
    ),
  );
  return libraryWords.has(word);
}
