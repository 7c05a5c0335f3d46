const UNSTORABLE = /\0|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;
const SUSPICIOUS = /[\0\uD800-\uDFFF]/;

/** A value of a row as both databases can hold it: NUL and half a surrogate pair become U+FFFD, what is left out is nothing. */
export function toStorable(value: unknown): unknown {
  if (typeof value === 'string') return SUSPICIOUS.test(value) ? value.replace(UNSTORABLE, '\uFFFD') : value;
  return value ?? null;
}

/** The same for many rows that travel as one JSON text, with these of their columns or with all. */
export function toStorableJson(rows: readonly unknown[], names?: string[]): string {
  const json = JSON.stringify(rows, names);
  if (!json.includes('\\ud') && !json.includes('\\u0000')) return json;
  return JSON.stringify(JSON.parse(json), (_key, value) => (typeof value === 'string' ? toStorable(value) : value));
}
