/** The same, whatever the order in which keys were written. */
export function isSame(one: unknown, other: unknown): boolean {
  if (!isPlain(one) || !isPlain(other)) {
    if (!Array.isArray(one) || !Array.isArray(other)) return one === other;
    return one.length === other.length && one.every((item, place) => isSame(item, other[place]));
  }
  const keys = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...keys].every((key) => isSame(one[key], other[key]));
}

/**
 * Two people began with `was`: what each of them has left as it was comes from the other one. Where both changed the same
 * thing to something else, `mine` stands and `hasClash` is true. A list is one thing.
 */
export function mergeChanges(was: unknown, mine: unknown, theirs: unknown): { value: unknown; hasClash: boolean } {
  if (isSame(mine, theirs) || isSame(theirs, was)) return { value: mine, hasClash: false };
  if (isSame(mine, was)) return { value: theirs, hasClash: false };
  if (!isPlain(mine) || !isPlain(theirs) || !isPlain(was)) return { value: mine, hasClash: true };
  const keys = [...new Set([...Object.keys(mine), ...Object.keys(theirs)])];
  const merged = keys.map((key) => [key, mergeChanges(was[key], mine[key], theirs[key])] as const);
  return {
    value: Object.fromEntries(merged.map(([key, { value }]) => [key, value]).filter(([, value]) => value !== undefined)),
    hasClash: merged.some(([, { hasClash }]) => hasClash),
  };
}

function isPlain(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
