import { useRef } from 'preact/hooks';
import type { TimelineItem } from '../../shared/timeline.ts';
import { keyOf } from './timeline-state.ts';

/** As many are drawn, or not, together. */
const BLOCK = 40;

interface TimelineBlock {
  key: string;
  items: readonly TimelineItem[];
}

/** Where full blocks began they go on beginning: what comes at the top, or at the end, moves no other block. */
export function useTimelineBlocks(items: readonly TimelineItem[]): readonly TimelineBlock[] {
  const held = useRef<{ items: readonly TimelineItem[]; blocks: TimelineBlock[] }>({ items: [], blocks: [] });
  if (held.current.items !== items) held.current = { items, blocks: cut(items, held.current.blocks) };
  return held.current.blocks;
}

function cut(items: readonly TimelineItem[], before: readonly TimelineBlock[]): TimelineBlock[] {
  const starts = new Set(before.filter(isFull).map((block) => keyOf(block.items[0] as TimelineItem)));
  const made: TimelineItem[][] = [];
  for (const item of items) {
    const block = made.at(-1);
    if (!block || block.length >= BLOCK || starts.has(keyOf(item))) made.push([item]);
    else block.push(item);
  }
  return made.map((block, at) => {
    // The topmost grows upwards, every other one downwards.
    const stays = at === 0 && made.length > 1 && block.length < BLOCK ? block.at(-1) : block[0];
    return { key: keyOf(stays as TimelineItem), items: block };
  });
}

function isFull({ items }: TimelineBlock): boolean {
  return items.length >= BLOCK;
}
