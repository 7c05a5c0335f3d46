/**
 * JSON of plain values, whatever the page has made of arrays: Prototype.js and its like give them a `toJSON`, by which
 * `JSON.stringify` writes every array as a text.
 */
export function toJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map((item) => toJson(item ?? null)).join()}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null';
  const entries = Object.keys(value).map((key) => [key, (value as Record<string, unknown>)[key]] as const);
  return `{${entries.flatMap(([key, item]) => (item === undefined ? [] : `${JSON.stringify(key)}:${toJson(item)}`)).join()}}`;
}
