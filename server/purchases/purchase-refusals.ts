/** Why rows of a file of purchases are refused: a code with its values, for whoever words it, and a sentence in English. */
import type { PurchaseRefusalCode } from '../../shared/purchase-import.ts';

type Values = Readonly<Record<string, string>>;

export interface Refusal {
  code: PurchaseRefusalCode;
  values: Values;
  sentence: string;
}

const sentences: Record<PurchaseRefusalCode, (values: Values) => string> = {
  quotation: () => 'A quotation mark in this row is not closed.',
  letters: () => 'Letters of this row cannot be read: save the file as UTF-8.',
  'date-missing': () => 'There is no date.',
  'amount-missing': () => 'There is no amount.',
  'price-missing': () => 'There is no price.',
  date: ({ text }) => `“${text}” is no date like 2026-11-22 or 22/11/2026.`,
  amount: ({ text, currency }) => `“${text}” is no amount in ${currency}.`,
  'amount-too-large': () => 'This amount is too large, or the lines add up to too much.',
  currency: ({ text }) => `“${text}” is no currency like ILS.`,
  status: ({ text }) => `“${text}” is no status: paid, pending, refunded or cancelled.`,
  quantity: () => 'This is no quantity like 1 or 2.5.',
  'ends-before-start': () => 'It ends before it starts.',
  'lines-sum': ({ sum }) => `The lines add up to ${sum}.`,
  email: () => 'This is not an e-mail address.',
  phone: () => 'This is not a phone number.',
  'too-long': ({ most }) => `This is longer than ${most} characters.`,
  field: () => 'This cannot stand here.',
  'buyer-missing': () => 'It does not say who has bought.',
  'buyer-unknown': () => 'There is no customer file of this person.',
  'buyer-several': ({ text }) => `More than one customer file says that ${text} is theirs.`,
  'file-unknown': () => 'There is no such customer file.',
  repeated: () => 'This order stands in the file already.',
  'other-row': ({ line }) => `Another row of this order is refused: line ${line}.`,
};

export function refusal(code: PurchaseRefusalCode, values: Values = {}): Refusal {
  return { code, values, sentence: sentences[code](values) };
}
