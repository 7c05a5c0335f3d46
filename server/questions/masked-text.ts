/** Words that go from one conversation to everybody: who it was about is taken out. */

const link = /(?:https?:\/\/|www\.)\S+/giu;
const email = /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+/gu;
/** Of a phone, an order, a card, an identity: prices, sizes and hours stay. */
const longNumber = /(?<![\p{L}\p{N}])[+#]?\p{Nd}(?:[\p{Nd}\s().-]{3,}\p{Nd})(?![\p{L}\p{N}])/gu;
const GAP = '…';

/** `names` are of the people who talked. Nobody reads a gap as a word: it is three points. */
export function maskWords(text: string, names: readonly (string | null)[] = []): string {
  let masked = text
    .replace(email, GAP)
    .replace(link, (found) => (/[?#@]|\p{Nd}{4,}/u.test(found) ? GAP : found))
    .replace(longNumber, (found) => (found.replace(/\P{Nd}/gu, '').length >= 5 ? GAP : found));
  for (const part of names.flatMap((name) => (name ?? '').split(/\s+/)).filter((name) => name.length >= 2)) {
    // A Hebrew name may carry a letter in front of it: to Dana is one word.
    masked = masked.replace(new RegExp(`(?<![\\p{L}\\p{N}])([ולבמשה]?)${escaped(part)}(?![\\p{L}\\p{N}])`, 'giu'), `$1${GAP}`);
  }
  return masked.replace(/…(?:\s*…)+/g, GAP).trim();
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
