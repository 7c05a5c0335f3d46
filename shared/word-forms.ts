/** Which words are one to a person who searches: with and without what a language writes onto a word. Words are folded. */

/** What stands before a Hebrew word, in the only order in which it can: and · that, when · in, to, as, from · the. */
const hebrewBeginnings = combine(['', 'ו'], ['', 'ש', 'כש', 'מש', 'לכש'], ['', 'ב', 'ל', 'כ', 'מ'], ['', 'ה']).sort(longestFirst);
const arabicBeginnings = [...combine(['', 'و', 'ف'], ['', 'ب', 'ك'], ['ال']), ...combine(['', 'و', 'ف'], ['لل']), 'و'].sort(longestFirst);

const isHebrew = /^[א-ת]+$/;
const isArabic = /^[\u0621-\u064a]+$/;
const isCyrillic = /^[\u0400-\u04ff]+$/;
const isLatin = /^[a-z]+$/;

const hebrewEnding = /(?:יימ|ימ|ות|ייה|יה|ה|ת|י)$/;
const arabicEnding = /(?:ات|ون|ين|ان|ها|هم|كم|نا|يه|ه|ي)$/;
const cyrillicEnding = /(?:[аеиоуыэюяйь]{1,3}|[аеиоуыэюя]?[вмх]|[аеиоуыэюя]ми)$/;
const latinEnding = /(?:ings?|ies|ed|es|s|e)$/;

/** What a stored word is found by besides itself. */
export function bareForms(word: string): string[] {
  if (isHebrew.test(word)) return without(hebrewBeginnings, word, 2);
  if (!isArabic.test(word)) return [];
  const bare = without(arabicBeginnings, word, 2);
  return [...new Set([word, ...bare].flatMap((form) => [form, stemOf(form, arabicEnding)]))].filter((form) => form !== word);
}

/** Beginnings of stored words that a person who typed this word means; the word itself comes first. */
export function meantBeginnings(word: string): string[] {
  const forms = [word];
  if (isHebrew.test(word)) for (const form of [word, ...without(hebrewBeginnings, word, 3)]) forms.push(form, stemOf(form, hebrewEnding));
  else if (isArabic.test(word)) forms.push(...bareForms(word).filter((form) => form.length >= 3));
  else if (isCyrillic.test(word)) forms.push(stemOf(word, cyrillicEnding));
  else if (isLatin.test(word)) forms.push(stemOf(word, latinEnding));
  const sorted = [...new Set(forms)];
  // A beginning that another one begins with finds nothing new.
  return sorted.filter((form, at) => at === 0 || !sorted.some((other) => other !== form && form.startsWith(other)));
}

function without(beginnings: readonly string[], word: string, least: number): string[] {
  const rests = beginnings
    .filter((beginning) => word.startsWith(beginning))
    .filter((beginning) => word.length - beginning.length >= least + (beginning.length > 1 ? 1 : 0))
    .map((beginning) => word.slice(beginning.length));
  return [...new Set(rests)];
}

function stemOf(word: string, ending: RegExp): string {
  const stem = word.replace(ending, '');
  return stem.length >= 3 ? stem : word;
}

function combine(...slots: readonly (readonly string[])[]): string[] {
  const all = slots.reduce<string[]>((soFar, slot) => soFar.flatMap((before) => slot.map((part) => before + part)), ['']);
  return all.filter((text) => text !== '');
}

function longestFirst(a: string, b: string): number {
  return b.length - a.length;
}
