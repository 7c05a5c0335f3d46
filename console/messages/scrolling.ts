import type { RefObject } from 'preact';
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Reading } from './transcript-state.ts';

interface ScrollingOptions {
  /** The oldest message held; history was added above when it becomes smaller. */
  firstSeq: number;
  /** Where it was read when it was on screen last, and is now. */
  reading: Reading;
  /** The person is about to see the oldest message held. */
  onNearStart: () => void;
}

interface Scrolling {
  scrollerRef: RefObject<HTMLElement | null>;
  contentRef: RefObject<HTMLDivElement | null>;
  isAtEnd: boolean;
  toEnd: () => void;
  /** The reader is taken elsewhere: nothing pulls the page back to the end. */
  leaveEnd: () => void;
}

/** Closer to the end than this counts as reading the newest. */
const AT_END_WITHIN_PX = 60;
const NEAR_START_WITHIN_PX = 800;

/**
 * Scrolls as a reader expects: whoever reads the newest stays with the newest, whoever reads history keeps the line under
 * their eyes, whatever is added above or below.
 */
export function useScrolling({ firstSeq, reading, onNearStart }: ScrollingOptions): Scrolling {
  const scrollerRef = useRef<HTMLElement>(null);
  const contentRef = useRef<HTMLDivElement>(null);
  const [isAtEnd, setIsAtEnd] = useState(reading.place === null);
  const isPinned = useRef(reading.place === null);
  const shownFirstSeq = useRef(firstSeq);
  const nearStart = useRef(onNearStart);
  nearStart.current = onNearStart;

  const toEnd = useCallback(() => {
    const scroller = scrollerRef.current;
    if (!scroller) return;
    isPinned.current = true;
    reading.place = null;
    scroller.scrollTop = scroller.scrollHeight;
    setIsAtEnd(true);
  }, [reading]);

  const leaveEnd = useCallback(() => {
    isPinned.current = false;
    reading.place = null;
    setIsAtEnd(false);
  }, [reading]);

  useEffect(() => {
    const scroller = scrollerRef.current;
    if (!scroller) return;
    const look = () => {
      isPinned.current = scroller.scrollHeight - scroller.scrollTop - scroller.clientHeight < AT_END_WITHIN_PX;
      setIsAtEnd(isPinned.current);
      reading.place = isPinned.current ? null : placeOf(scroller);
      if (scroller.scrollTop < NEAR_START_WITHIN_PX) nearStart.current();
    };
    scroller.addEventListener('scroll', look, { passive: true });
    return () => scroller.removeEventListener('scroll', look);
  }, [reading]);

  // Heights change for many reasons (a preview, a growing composer, a turned phone): one place keeps the end in sight.
  useEffect(() => {
    if (typeof ResizeObserver === 'undefined') return;
    const observer = new ResizeObserver(() => {
      if (isPinned.current) return toEnd();
      // Whatever became higher or lower above the line under the eyes: a picture, a block that is drawn again, a narrower column.
      holdPlace(scrollerRef.current, reading.place);
      if ((scrollerRef.current?.scrollTop ?? 0) < NEAR_START_WITHIN_PX) nearStart.current();
    });
    if (scrollerRef.current) observer.observe(scrollerRef.current);
    if (contentRef.current) observer.observe(contentRef.current);
    return () => observer.disconnect();
  }, [toEnd, reading]);

  // Back on screen: the place that was left.
  useLayoutEffect(() => holdPlace(scrollerRef.current, reading.place), [reading]);

  // While drawing, the page still shows what it showed before: the last moment to see which line is under the eyes.
  const isHistoryAdded = firstSeq !== shownFirstSeq.current && !isPinned.current;
  const anchor = isHistoryAdded && scrollerRef.current ? findAnchor(scrollerRef.current) : null;
  useLayoutEffect(() => {
    shownFirstSeq.current = firstSeq;
    if (!anchor?.element.isConnected || !scrollerRef.current) return;
    scrollerRef.current.scrollTop += anchor.element.getBoundingClientRect().top - anchor.top;
  });

  useLayoutEffect(() => {
    if (isPinned.current && scrollerRef.current) scrollerRef.current.scrollTop = scrollerRef.current.scrollHeight;
  });

  return { scrollerRef, contentRef, isAtEnd, toEnd, leaveEnd };
}

/** The first message in sight. */
function findAnchor(scroller: HTMLElement): { element: Element; top: number } | null {
  const edge = scroller.getBoundingClientRect().top;
  for (const element of scroller.querySelectorAll('[data-seq]')) {
    const { top, bottom } = element.getBoundingClientRect();
    if (bottom > edge) return { element, top };
  }
  return null;
}

function placeOf(scroller: HTMLElement): Reading['place'] {
  const anchor = findAnchor(scroller);
  if (!(anchor?.element instanceof HTMLElement)) return null;
  return { seq: Number(anchor.element.dataset.seq), fromEdge: anchor.top - scroller.getBoundingClientRect().top };
}

function holdPlace(scroller: HTMLElement | null, place: Reading['place']): void {
  const row = place && scroller?.querySelector(`[data-seq="${place.seq}"]`);
  if (!row || !scroller) return;
  const moved = row.getBoundingClientRect().top - scroller.getBoundingClientRect().top - place.fromEdge;
  if (Math.abs(moved) >= 1) scroller.scrollTop += moved;
}
