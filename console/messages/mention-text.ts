/** Names after an @ in a text: what is being typed, who fits it, and where the chosen ones stand. */
import { MENTIONS_MAX } from '../../shared/limits.ts';
import type { Mention } from '../../shared/mention.ts';

/** A colleague or a team that can be named. */
export interface Mentionable {
  kind: 'agent' | 'team';
  id: string;
  name: string;
}

/** An @ at the start or after a space, a bracket or a quotation mark, and what follows it up to the caret. */
export interface MentionQuery {
  /** Where the @ stands. */
  at: number;
  words: string;
}

const QUERY_MAX = 40;

export function findQuery(text: string, caret: number): MentionQuery | null {
  const before = text.slice(Math.max(0, caret - QUERY_MAX), caret);
  const found = /(?:^|[\s([{"'\u05be-])@([^@\n]*)$/u.exec(before);
  if (!found) return null;
  const words = found[1] ?? '';
  // Two spaces, or more words than names have: a sentence goes on behind an @ that named nobody.
  if (/\s{2}|^\s/.test(words) || words.split(/\s+/).length > 4) return null;
  return { at: caret - words.length - 1, words };
}

/** Those of whose name any word begins like what was typed; whose whole name does comes first. */
export function fitting<One extends Mentionable>(people: readonly One[], words: string): One[] {
  const wanted = fold(words);
  if (wanted === '') return [...people];
  const rank = ({ name }: One) => {
    const folded = fold(name);
    return folded.startsWith(wanted) ? 0 : folded.split(/[\s\-־]+/).some((word) => word.startsWith(wanted)) ? 1 : 2;
  };
  return people
    .map((one) => ({ one, rank: rank(one) }))
    .filter((ranked) => ranked.rank < 2)
    .sort((a, b) => a.rank - b.rank)
    .map(({ one }) => one);
}

/** The name in place of what was typed, with a space behind it, and where the caret goes. */
export function withName(text: string, { at, words }: MentionQuery, name: string): { text: string; caret: number } {
  const after = text.slice(at + 1 + words.length);
  const gap = /^\s/.test(after) ? '' : ' ';
  return { text: `${text.slice(0, at)}@${name}${gap}${after}`, caret: at + name.length + 2 };
}

/** Where the chosen names stand in the text now. A longer name goes before a shorter one that it begins with. */
export function mentionsIn(text: string, named: readonly Mentionable[]): Mention[] {
  const found: Mention[] = [];
  for (const { kind, id, name } of named.toSorted((a, b) => b.name.length - a.name.length)) {
    const label = `@${name}`;
    for (let at = text.indexOf(label); at !== -1; at = text.indexOf(label, at + 1)) {
      const isTaken = found.some((other) => at < other.at + other.length && other.at < at + label.length);
      const isLonger = /[\p{L}\p{N}]/u.test(text.charAt(at + label.length));
      if (isTaken || isLonger) continue;
      found.push({ ...(kind === 'agent' ? { agentId: id } : { teamId: id }), at, length: label.length });
    }
  }
  return found.sort((a, b) => a.at - b.at).slice(0, MENTIONS_MAX);
}

/** Without the marks that letters carry, in one case: "René" is found by "rene", "דָּנָה" by "דנה". */
function fold(text: string): string {
  return text.normalize('NFD').replace(/\p{M}/gu, '').toLocaleLowerCase().trim();
}
