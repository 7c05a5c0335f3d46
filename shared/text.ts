import * as z from 'zod';

const NUL = '\u0000';

/** One line that a person fills in (a name, a company): trimmed, without control characters, 1 to `max` characters. */
export function lineSchema(max: number) {
  return (
    z
      .string()
      .max(max)
      .transform((text) => toStorable(text).trim())
      // biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is refused
      .refine((text) => !/[\u0000-\u001f\u007f]/.test(text), 'must not hold control characters')
      .refine((text) => text.length > 0, 'must not be empty')
  );
}

/** Several lines kept as typed: NUL refused, nothing trimmed. */
export function proseSchema(max: number) {
  return z
    .string()
    .max(max)
    .refine((text) => !text.includes(NUL), 'must not hold NUL')
    .transform(toStorable);
}

/** Halves of a surrogate pair are no characters and no database can hold them: each becomes U+FFFD. */
function toStorable(text: string): string {
  return text.replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '\uFFFD');
}
