import { wordsOf } from '../../shared/fold.ts';
import type { TimelineItem } from '../../shared/timeline.ts';
import type { Cursor } from '../transport/cursor.ts';
import type { TimelineAsk } from './timeline-source.ts';

/** So many are looked at for one page at the most. */
const PORTION = 200;

/** As many items as are asked for in whose title or text all words stand, read in portions. `read` gives fewer than its limit only at the end. */
export async function walkTimeline(
  { before, limit, words }: Pick<TimelineAsk, 'before' | 'limit' | 'words'>,
  read: (before: Cursor | null, limit: number) => Promise<TimelineItem[]>,
): Promise<TimelineItem[]> {
  if (words.length === 0) return read(before, limit);
  const found: TimelineItem[] = [];
  for (let from = before; ; ) {
    const portion = await read(from, PORTION);
    found.push(...portion.filter((item) => holdsAll(item, words)));
    const last = portion.at(-1);
    if (found.length >= limit || portion.length < PORTION || !last) return found.slice(0, limit);
    from = { at: last.at, id: last.id };
  }
}

function holdsAll({ title, text }: TimelineItem, words: readonly string[]): boolean {
  const held = wordsOf(`${title ?? ''} ${text ?? ''}`).map(({ word }) => word);
  return words.every((word) => held.some((one) => one.startsWith(word)));
}
