import type { SearchPatterns } from './contact-store.ts';
import { findE164 } from './phone.ts';

/** What a paste brings along and nobody sees: marks of direction around a phone. */
const INVISIBLE = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** Null where there is nothing to look for. */
export function searchPatterns(query: string): SearchPatterns | null {
  const words = query.replace(INVISIBLE, '').trim();
  if (words === '') return null;
  const small = words.toLowerCase();
  const asName = small.replace(/(?<!\p{L})\p{L}/gu, (letter) => letter.toUpperCase());
  return {
    small: containing(small),
    written: [...new Set([words, small, asName])].map(containing),
    phones: phoneParts(words).map(containing),
  };
}

/** A phone as a person writes it ("050-123 4567") holds the end of the stored number ("+972501234567"). */
function phoneParts(words: string): string[] {
  if (!/^[+\d\s().\u2010-\u2015\u2212-]{4,}$/.test(words)) return [];
  const digits = words.replace(/\D/g, '').replace(/^0+/, '');
  const number = findE164(words, null);
  return [...(digits === '' ? [] : [digits]), ...(number === null ? [] : [number])];
}

function containing(text: string): string {
  return `%${text.replace(/[\\%_]/g, '\\$&')}%`;
}
