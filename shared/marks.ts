/** Where in a text the words stand that a search found. */
import { wordsOf } from './fold.ts';
import { bareForms } from './word-forms.ts';

/** What a cut between two halves of one character leaves at the ends. */
const HALF_PAIRS = /^[\uDC00-\uDFFF]|[\uD800-\uDBFF]$/g;

export interface Mark {
  from: number;
  to: number;
}

/** `found`: the words that the index was asked for, in the order and shape that the server gave them. */
export function marksIn(text: string, found: ReadonlySet<string>): Mark[] {
  if (found.size === 0) return [];
  const marks: Mark[] = [];
  for (const { word, from, to } of wordsOf(text)) {
    if (!found.has(word) && !bareForms(word).some((form) => found.has(form))) continue;
    const last = marks.at(-1);
    if (last && from <= last.to) last.to = to;
    else marks.push({ from, to });
  }
  return marks;
}

/** About `length` characters of a text with its first mark in sight, cut between words. */
export function excerptOf(text: string, marks: readonly Mark[], length: number): string {
  const line = text.replace(/\s/g, ' ');
  if (line.length <= length) return line.trim();
  const first = marks[0]?.from ?? 0;
  const wanted = Math.max(0, Math.min(first - Math.floor(length / 3), line.length - length));
  const from = wanted === 0 ? 0 : line.indexOf(' ', wanted) + 1 || wanted;
  const start = from > first ? wanted : from;
  const end = Math.min(line.length, start + length);
  const to = end === line.length ? end : Math.max(line.lastIndexOf(' ', end), start + Math.floor(length / 2));
  return `${start > 0 ? '…' : ''}${line.slice(start, to).replace(HALF_PAIRS, '').trim()}${to < line.length ? '…' : ''}`;
}
