/** Counting who waits: pure. */
interface Waits {
  waitingSince: number;
}

/** How many wait under each name, and since when the first of them; those without a name are left out. Expects the longest wait first. */
export function tally<Row extends Waits>(
  rows: readonly Row[],
  nameOf: (row: Row) => string | null,
): Map<string, { count: number; oldestSince: number }> {
  const counts = new Map<string, { count: number; oldestSince: number }>();
  for (const row of rows) {
    const name = nameOf(row);
    if (name === null) continue;
    const held = counts.get(name);
    if (held) held.count += 1;
    else counts.set(name, { count: 1, oldestSince: row.waitingSince });
  }
  return counts;
}

export function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return null;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : Math.round(((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2);
}
