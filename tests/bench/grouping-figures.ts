/** How well groups are what people meant: each question has its true intent, and the group it was put in or none. */
import { JUNK } from './question-town.ts';

export interface GroupingFigures {
  /** Of the twenty truly most frequent intents: how many are the majority of one of the twenty largest groups that holds at least half of them. */
  found: number;
  /** The same without the half: that are the majority of one of the twenty largest groups. */
  seen: number;
  /** Among the twenty largest: whose majority an earlier group has already, whose majority is junk, and that have no majority. */
  duplicates: number;
  junk: number;
  mixed: number;
  /** Of found intents: how far the count of the group is from the true count, as a share of it. */
  countError: number;
  /** Over questions that have an intent; one that is in no group is a group of its own. */
  nmi: number;
  ari: number;
  groups: number;
  /** Of all junk, what is in a group; of everything else, what is in none. */
  junkGrouped: number;
  loose: number;
}

const TOP = 20;

export function judgeGroups(labels: readonly string[], groups: Int32Array): GroupingFigures {
  const table = new Map<number, Map<string, number>>();
  const truth = new Map<string, number>();
  let junkGrouped = 0;
  let junkAll = 0;
  let loose = 0;
  for (const [at, label] of labels.entries()) {
    if (label !== JUNK) truth.set(label, (truth.get(label) ?? 0) + 1);
    else junkAll += 1;
    const group = groups[at] as number;
    if (group < 0) {
      if (label !== JUNK) loose += 1;
      continue;
    }
    if (label === JUNK) junkGrouped += 1;
    const row = table.get(group) ?? new Map<string, number>();
    table.set(group, row.set(label, (row.get(label) ?? 0) + 1));
  }
  const sized = [...table.values()].map((row) => ({ row, size: [...row.values()].reduce((sum, count) => sum + count, 0) }));
  const largest = sized.toSorted((one, other) => other.size - one.size).slice(0, TOP);
  const asked = [...truth].toSorted((one, other) => other[1] - one[1]).slice(0, TOP);
  const frequent = new Map(asked);
  const seen = new Set<string>();
  const found = new Map<string, number>();
  let duplicates = 0;
  let junk = 0;
  let mixed = 0;
  for (const { row, size } of largest) {
    const [label, count] = [...row].reduce((best, one) => (one[1] > best[1] ? one : best));
    if (count * 2 <= size) mixed += 1;
    else if (label === JUNK) junk += 1;
    else if (seen.has(label)) duplicates += 1;
    else seen.add(label);
    if (count * 2 > size && !found.has(label) && count * 2 >= (frequent.get(label) ?? Number.POSITIVE_INFINITY)) found.set(label, size);
  }
  const errors = [...found].map(([label, size]) => Math.abs(size - (frequent.get(label) as number)) / (frequent.get(label) as number));
  const { nmi, ari } = likeness(labels, groups);
  return {
    found: found.size / asked.length,
    seen: asked.filter(([label]) => seen.has(label)).length / asked.length,
    duplicates,
    junk,
    mixed,
    countError: errors.reduce((sum, error) => sum + error, 0) / Math.max(1, errors.length),
    nmi,
    ari,
    groups: table.size,
    junkGrouped: junkGrouped / Math.max(1, junkAll),
    loose: loose / Math.max(1, labels.length - junkAll),
  };
}

function likeness(labels: readonly string[], groups: Int32Array): { nmi: number; ari: number } {
  const joint = new Map<string, number>();
  const byLabel = new Map<string, number>();
  const byGroup = new Map<string, number>();
  let total = 0;
  for (const [at, label] of labels.entries()) {
    if (label === JUNK) continue;
    const group = (groups[at] as number) < 0 ? `alone ${at}` : String(groups[at]);
    const both = `${group} ${label}`;
    joint.set(both, (joint.get(both) ?? 0) + 1);
    byLabel.set(label, (byLabel.get(label) ?? 0) + 1);
    byGroup.set(group, (byGroup.get(group) ?? 0) + 1);
    total += 1;
  }
  const entropy = (counts: Map<string, number>) => {
    let sum = 0;
    for (const count of counts.values()) sum -= (count / total) * Math.log(count / total);
    return sum;
  };
  const pairs = (counts: Map<string, number>) => {
    let sum = 0;
    for (const count of counts.values()) sum += (count * (count - 1)) / 2;
    return sum;
  };
  const [hl, hg, hj] = [entropy(byLabel), entropy(byGroup), entropy(joint)];
  const [pl, pg, pj] = [pairs(byLabel), pairs(byGroup), pairs(joint)];
  const expected = (pl * pg) / Math.max(1, (total * (total - 1)) / 2);
  return { nmi: (hl + hg - hj) / Math.max(1e-9, (hl + hg) / 2), ari: (pj - expected) / Math.max(1e-9, (pl + pg) / 2 - expected) };
}
