import * as z from 'zod';

/** ISO 4217, in capitals. Which ones exist is known by `Intl`, so old and new ones alike pass. */
export const currencySchema = z
  .string()
  .trim()
  .regex(/^[A-Za-z]{3}$/, 'must be a currency like ILS')
  .transform((code) => code.toUpperCase());

/** In the currency's smallest unit (agorot, cents): whole numbers, so that sums are exact. Negative for what was given back. */
export const amountSchema = z.number().int().min(-1e13).max(1e13);

export const moneySchema = z.object({ amount: amountSchema, currency: currencySchema });
export type Money = z.infer<typeof moneySchema>;

const digitsOf = new Map<string, number>();

/** How many digits of an amount stand behind the point: 2 for most, 0 for yen, 3 for dinars. */
export function minorDigits(currency: string): number {
  const known = digitsOf.get(currency);
  if (known !== undefined) return known;
  const digits = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  digitsOf.set(currency, digits);
  return digits;
}

/** As a person reads it: `1,234.50 ₪`. */
export function formatMoney({ amount, currency }: Money, locale: string): string {
  const written = new Intl.NumberFormat(locale, { style: 'currency', currency });
  return written.format(amount / 10 ** minorDigits(currency));
}

/** A plain decimal as files and forms write it: `1234.50`. */
export function toDecimal({ amount, currency }: Money): string {
  const digits = minorDigits(currency);
  const plain = String(Math.abs(amount)).padStart(digits + 1, '0');
  const whole = digits === 0 ? plain : `${plain.slice(0, -digits)}.${plain.slice(-digits)}`;
  return amount < 0 ? `-${whole}` : whole;
}

/**
 * Of `1234.5`, `1,234.50`, `1.234,50`, `₪ 1 234`: the amount in the smallest unit, or null for what is no amount or has more
 * digits than the currency. One kind of sign with three digits behind it separates thousands, but for a point in a currency of three digits.
 */
export function fromDecimal(text: string, currency: string): number | null {
  const bare = text.replace(/[\p{Sc}\p{Cf}\s'’]|\b[A-Z]{3}\b/gu, '');
  const [, sign = '', digits = ''] = /^([-−]?)(\d[\d.,]*)$/.exec(bare) ?? [];
  if (digits === '') return null;
  const places = minorDigits(currency);
  const last = Math.max(digits.lastIndexOf('.'), digits.lastIndexOf(','));
  const separators = digits.replace(/\d/g, '');
  const isDecimal =
    last >= 0 &&
    (new Set(separators).size > 1 || (separators.length === 1 && (digits.length - last - 1 !== 3 || (places === 3 && separators === '.'))));
  const whole = (isDecimal ? digits.slice(0, last) : digits).replace(/[.,]/g, '');
  const fraction = isDecimal ? digits.slice(last + 1) : '';
  if (fraction.length > places) return null;
  const amount = Number(whole + fraction.padEnd(places, '0'));
  if (amount > 1e13) return null;
  return sign === '' || amount === 0 ? amount : -amount;
}
