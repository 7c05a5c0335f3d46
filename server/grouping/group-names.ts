import { toPlain } from '../matching/plain-words.ts';
import { withoutCourtesy } from './courtesies.ts';
import type { AskedQuestion } from './question-group.ts';

const TYPICAL_MAX = 20;
/** A question of this many letters reads well in a list. */
const SHORTEST = 12;
const LONGEST = 70;
const LOOKED_AT = 400;

/** Of equal strength the one that is asked more often, and that is neither a word nor a story; then others, each worded otherwise. */
export function chooseTypical(members: readonly number[], questions: readonly AskedQuestion[], strength: Float32Array): number[] {
  const byWords = new Map<string, { first: number; count: number }>();
  const strongest =
    members.length <= LOOKED_AT
      ? members
      : [...members].sort((one, other) => (strength[other] as number) - (strength[one] as number)).slice(0, LOOKED_AT);
  for (const member of strongest) {
    const plain = withoutCourtesy(toPlain((questions[member] as AskedQuestion).text));
    const seen = byWords.get(plain);
    if (!seen) byWords.set(plain, { first: member, count: 1 });
    else {
      seen.count += 1;
      if (lengthOf(member, questions) < lengthOf(seen.first, questions)) seen.first = member;
    }
  }
  const worth = ({ first, count }: { first: number; count: number }) => {
    const length = lengthOf(first, questions);
    const fits = length < SHORTEST ? 0.5 : length > LONGEST ? LONGEST / length : 1;
    return (strength[first] as number) * fits * (1 + 0.1 * Math.log(count));
  };
  return [...byWords.values()]
    .sort((one, other) => worth(other) - worth(one) || one.first - other.first)
    .slice(0, TYPICAL_MAX)
    .map(({ first }) => first);
}

function lengthOf(member: number, questions: readonly AskedQuestion[]): number {
  return (questions[member] as AskedQuestion).text.length;
}
