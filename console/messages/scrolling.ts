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
  /** Messages were drawn where there was empty space: perhaps those that the reader has jumped to. */
  noticeDrawn: () => void;
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

  const noticeDrawn = useCallback(() => {
    const scroller = scrollerRef.current;
    if (isPinned.current || !scroller) return;
    followPlace(scroller, reading.place);
    reading.place = placeOf(scroller);
  }, [reading]);

  useEffect(() => {
    const scroller = scrollerRef.current;
    if (!scroller) return;
    const look = () => {
      // What has moved the line since and was not put right yet is not taken for scrolling.
      followPlace(scroller, reading.place);
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
      reading.place = followPlace(scrollerRef.current, reading.place);
      if ((scrollerRef.current?.scrollTop ?? 0) < NEAR_START_WITHIN_PX) nearStart.current();
    });
    if (scrollerRef.current) observer.observe(scrollerRef.current);
    if (contentRef.current) observer.observe(contentRef.current);
    return () => observer.disconnect();
  }, [toEnd, reading]);

  useLayoutEffect(() => returnTo(scrollerRef.current, reading.place), [reading]);

  // While drawing, the page still shows what it showed before: the last moment to see which line is under the eyes.
  const isHistoryAdded = firstSeq !== shownFirstSeq.current && !isPinned.current;
  if (isHistoryAdded) reading.place = followPlace(scrollerRef.current, reading.place);
  const anchor = isHistoryAdded && scrollerRef.current ? findAnchor(scrollerRef.current) : null;
  // Its lower edge: what stood above it in the row, the author or the day, may stand further up now.
  const anchorBottom = anchor?.getBoundingClientRect().bottom ?? 0;
  useLayoutEffect(() => {
    shownFirstSeq.current = firstSeq;
    if (!anchor?.isConnected || !scrollerRef.current) return;
    scrollerRef.current.scrollTop += anchor.getBoundingClientRect().bottom - anchorBottom;
    reading.place = placeOf(scrollerRef.current);
  });

  useLayoutEffect(() => {
    if (isPinned.current && scrollerRef.current) scrollerRef.current.scrollTop = scrollerRef.current.scrollHeight;
  });

  return { scrollerRef, contentRef, isAtEnd, toEnd, leaveEnd, noticeDrawn };
}

/** The first message in sight. */
function findAnchor(scroller: HTMLElement): HTMLElement | null {
  const edge = scroller.getBoundingClientRect().top;
  for (const row of scroller.querySelectorAll<HTMLElement>('[data-seq]')) {
    if (row.getBoundingClientRect().bottom > edge) return row;
  }
  return null;
}

function placeOf(scroller: HTMLElement): Reading['place'] {
  const anchor = findAnchor(scroller);
  if (!anchor) return null;
  const fromEdge = anchor.getBoundingClientRect().top - scroller.getBoundingClientRect().top;
  return { seq: Number(anchor.dataset.seq), fromEdge, scrollTop: scroller.scrollTop };
}

/** The place after something above it has become higher or lower, wherever it was scrolled to meanwhile. */
function followPlace(scroller: HTMLElement | null, place: Reading['place']): Reading['place'] {
  const row = place && scroller?.querySelector(`[data-seq="${place.seq}"]`);
  if (!row || !scroller) return place;
  const expected = place.fromEdge - (scroller.scrollTop - place.scrollTop);
  const moved = row.getBoundingClientRect().top - scroller.getBoundingClientRect().top - expected;
  if (Math.abs(moved) < 1) return place;
  scroller.scrollTop += moved;
  return placeOf(scroller);
}

/** Back on screen: to the place that was left. */
function returnTo(scroller: HTMLElement | null, place: Reading['place']): void {
  const row = place && scroller?.querySelector(`[data-seq="${place.seq}"]`);
  if (row && scroller) scroller.scrollTop += row.getBoundingClientRect().top - scroller.getBoundingClientRect().top - place.fromEdge;
}
