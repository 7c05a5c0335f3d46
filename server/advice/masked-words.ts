/** A visitor's words with what is the visitor's own taken out: what is left is how people ask. */
import type { Contact } from '../../shared/contact.ts';

/** Stands where something was. Matching does not read it as a word. */
const MASK = '…';

const link = /(?:https?:\/\/|www\.)\S+/giu;
const email = /[^\s<>()"',;:]+@[^\s<>()"',;:]+\.[^\s<>()"',;:]+/gu;
/** Figures with what may stand between them, and codes of letters and figures: phones, orders, cards, amounts, dates, plates. */
const figures = /(?:\+|\p{L}+[-_]?)?\p{Nd}[\p{Nd}\p{L}]*(?:[ ./:\-–_()]{0,2}\p{Nd}[\p{Nd}\p{L}]*)*/gu;
/** A shorter name is too often a word. */
const NAME_PART_MIN = 3;

type Known = Pick<Contact, 'name' | 'company' | 'identities'>;

export function maskQuestion(text: string, contact: Known): string {
  const plain = text.replace(link, MASK).replace(email, MASK).replace(figures, MASK);
  return tidied(maskNames(plain, contact));
}

/** The agent's words: prices and hours stay, and what is known of this customer goes, as do the numbers that the customer has named. */
export function maskReply(text: string, contact: Known, question: string): string {
  let masked = text.replace(email, MASK);
  const numbers = [...(question.match(/\p{Nd}{4,}/gu) ?? [])];
  for (const { kind, value } of contact.identities) if (kind !== 'email') numbers.push(value);
  for (const number of numbers) masked = masked.replaceAll(number, MASK);
  const phones = contact.identities.filter(({ kind }) => kind === 'phone').map(({ value }) => value.replace(/\D/g, '').slice(-7));
  masked = masked.replace(figures, (run) => (phones.some((end) => end.length === 7 && run.replace(/\D/g, '').endsWith(end)) ? MASK : run));
  return maskNames(masked, contact).trim();
}

/** The whole name wherever it stands, and its parts as words of their own. */
function maskNames(text: string, { name }: Known): string {
  const whole = name?.trim() ?? '';
  if (whole === '') return text;
  const parts = whole.split(/\s+/).filter((part) => [...part].length >= NAME_PART_MIN);
  return [whole, ...parts].reduce(
    (masked, part) => masked.replace(new RegExp(`(?<![\\p{L}\\p{M}])${escaped(part)}(?![\\p{L}\\p{M}])`, 'giu'), MASK),
    text,
  );
}

function escaped(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

function tidied(text: string): string {
  return text
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .replace(new RegExp(`${MASK}(?:[ ,;.]*${MASK})+`, 'gu'), MASK)
    .trim();
}
