import type { AskedQuestion, KnownGroup } from './question-group.ts';

/** So much of the smaller of the two must be in both. */
const SAME_AT = 1 / 3;

/** For each group the id of the known one that it continues: the held one that it was fixed in, else the one that most of it was in. */
export function continueGroups(
  ordered: readonly (readonly [group: number, members: readonly number[]])[],
  holders: readonly { groupId: string | null }[],
  known: readonly KnownGroup[],
  questions: readonly AskedQuestion[],
): (string | null)[] {
  const ids = ordered.map(([group]) => holders[group]?.groupId ?? null);
  const numberOf = new Map(questions.map(({ id }, at) => [id, at]));
  const placeOf = new Map<number, number>();
  for (const [place, [, members]] of ordered.entries()) for (const member of members) placeOf.set(member, place);
  const claims: { place: number; id: string; shared: number }[] = [];
  for (const group of known) {
    if (group.isHeld) continue;
    const shared = new Map<number, number>();
    let present = 0;
    for (const member of group.members) {
      const number = numberOf.get(member);
      if (number === undefined) continue;
      present += 1;
      const place = placeOf.get(number);
      if (place !== undefined) shared.set(place, (shared.get(place) ?? 0) + 1);
    }
    for (const [place, count] of shared) {
      const size = ordered[place]?.[1].length ?? 0;
      if (count >= SAME_AT * Math.min(size, present)) claims.push({ place, id: group.id, shared: count });
    }
  }
  claims.sort((one, other) => other.shared - one.shared || one.place - other.place);
  const given = new Set<string>();
  for (const { place, id } of claims) {
    if (ids[place] !== null || given.has(id)) continue;
    ids[place] = id;
    given.add(id);
  }
  return ids;
}
