/** Phones as people write them anywhere: "050-123 4567" and "+972 (50) 1234567" end in the same digits. */

const WRITTEN_PHONE = /\+?\d[\d\s().\u2010-\u2015\u2212-]{5,22}\d/g;
const ONLY_PHONE = /^[+\d\s().\u2010-\u2015\u2212-]{4,}$/;
const UNSEEN = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** What the phones in a text are found by: their last nine and their last seven digits. */
export function phoneEndings(text: string): string[] {
  const endings: string[] = [];
  for (const [written] of text.matchAll(WRITTEN_PHONE)) {
    const digits = written.replace(/\D/g, '');
    if (digits.length < 7 || digits.length > 15) continue;
    endings.push(digits.slice(-7));
    if (digits.length >= 9) endings.push(digits.slice(-9));
  }
  return [...new Set(endings)];
}

/** The digits of a query that is nothing but a phone or a part of one, else null. Neither 0 nor 00 nor +972 stands before them. */
export function phoneQuery(query: string): string | null {
  const written = query.replace(UNSEEN, '').trim();
  if (!ONLY_PHONE.test(written)) return null;
  const digits = written.replace(/\(0\)/, '').replace(/\D/g, '').replace(/^0+/, '');
  return digits.length < 3 ? null : digits.replace(/^9720?(?=\d{8,9}$)/, '');
}

/** By which ending, as `phoneEndings` gives them, such digits are found in a text; null for too few. */
export function endingOf(digits: string): string | null {
  if (digits.length >= 9) return digits.slice(-9);
  return digits.length >= 7 ? digits.slice(-7) : null;
}

/** Every end of a number, so that any part of it that somebody remembers is the beginning of one. */
export function phoneParts(e164: string): string[] {
  const digits = e164.replace(/\D/g, '');
  const ends = Array.from({ length: Math.max(1, digits.length - 3) }, (_, at) => digits.slice(at));
  return digits.startsWith('972') ? [...ends, `0${digits.slice(3)}`] : ends;
}
