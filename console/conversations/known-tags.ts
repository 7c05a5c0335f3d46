import type { Desk } from './desk.ts';

/** Every tag of a conversation that the desk knows, in the order of the alphabet. */
export function knownTags(desk: Desk): string[] {
  const tags = new Set([...desk.list.summaries.value.values()].flatMap((summary) => summary.tags));
  return [...tags].sort((a, b) => a.localeCompare(b));
}
