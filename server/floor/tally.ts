/** Counting who waits: pure. */
interface Waits {
  count: number;
  oldestSince: number;
}

/** How many wait under each name, and since when the first of them; those without a name are left out. Expects the longest wait first. */
export function tally<Group extends Waits>(groups: readonly Group[], nameOf: (group: Group) => string | null): Map<string, Waits> {
  const counts = new Map<string, Waits>();
  for (const group of groups) {
    const name = nameOf(group);
    if (name === null) continue;
    const held = counts.get(name);
    if (held) held.count += group.count;
    else counts.set(name, { count: group.count, oldestSince: group.oldestSince });
  }
  return counts;
}

export function total<Row>(rows: readonly Row[], countOf: (row: Row) => number): number {
  return rows.reduce((sum, row) => sum + countOf(row), 0);
}

export function median(values: readonly number[]): number | null {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  if (sorted.length === 0) return null;
  return sorted.length % 2 === 1 ? (sorted[middle] ?? 0) : Math.round(((sorted[middle - 1] ?? 0) + (sorted[middle] ?? 0)) / 2);
}
