/** How much stands side by side: a question of width alone, so that it is the same on every kind of screen. */
import type { RefObject } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';

/** There list and conversation take turns, each on the whole screen. */
export const PHONE = '(max-width: 720px)';
/** A conversation with its composer can be used from this width on. */
const COLUMN_MIN_PX = 352;
const COLUMNS_MAX = 4;
/** A single conversation is given more before the customer file may stand beside it. */
const ALONE_MIN_PX = 400;

/** The customer file stands beside the conversations if two of them, or the only one, still do. */
export function hasRoomForFile(roomPx: number, filePx: number, openCount: number): boolean {
  return roomPx - filePx >= (openCount > 1 ? 2 * COLUMN_MIN_PX : ALONE_MIN_PX);
}

export function columnsIn(roomPx: number): number {
  return Math.min(COLUMNS_MAX, Math.max(1, Math.floor(roomPx / COLUMN_MIN_PX)));
}

/** The first one shown of `count`, so that the one in focus is among them and no more moves than must. */
export function firstShown({ count, columns, focusedAt, first }: Record<'count' | 'columns' | 'focusedAt' | 'first', number>): number {
  const from = Math.min(first, Math.max(0, count - columns));
  if (focusedAt === -1) return from;
  if (focusedAt < from) return focusedAt;
  return focusedAt >= from + columns ? focusedAt - columns + 1 : from;
}

/** The width of an element, followed; null where there is no layout to ask. */
export function useWidth(ref: RefObject<HTMLElement | null>): number | null {
  const [width, setWidth] = useState<number | null>(null);
  const shown = useRef(width);
  useLayoutEffect(() => {
    const element = ref.current;
    if (!element || typeof ResizeObserver === 'undefined') return;
    const measure = () => {
      const { clientWidth } = element;
      if (clientWidth === 0 || clientWidth === shown.current) return;
      shown.current = clientWidth;
      setWidth(clientWidth);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref]);
  return width;
}
