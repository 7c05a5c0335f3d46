/** Brings one message into sight, however far back, and marks the words that were looked for. */
import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { marksIn } from '../../shared/marks.ts';
import type { TranscriptState } from './transcript-state.ts';

export interface MessageTarget {
  seq: number;
  /** Folded words, as the server gave them. */
  words: readonly string[];
  /** Another turn goes there once more. */
  turn: number;
}

const MARKED_MS = 2_400;
const HIGHLIGHT = 'found';

interface TargetOptions {
  state: TranscriptState;
  target: MessageTarget | null;
  scroller: RefObject<HTMLElement | null>;
  /** The end must not pull the page back. */
  onLeaveEnd: () => void;
}

export function useMessageTarget({ state, target, scroller, onLeaveEnd }: TargetOptions): void {
  const reached = useRef(-1);
  const messages = state.transcript.value.messages;
  const firstSeq = messages[0]?.seq;
  const turn = target?.turn ?? -1;

  useEffect(() => {
    if (target && target.seq > 0) void state.loadBackTo(target.seq);
  }, [turn, state]);

  useLayoutEffect(() => {
    if (!target || reached.current === turn || firstSeq === undefined || firstSeq > target.seq || !scroller.current) return;
    reached.current = turn;
    onLeaveEnd();
    const cancel = bringIntoSight(scroller.current, target.seq);
    return cancel;
  }, [turn, firstSeq]);

  const words = target?.words.join(' ') ?? '';
  useEffect(() => paintWords(scroller.current, new Set(words.split(' ').filter(Boolean))), [words, messages]);
}

/** A block far away is empty space until it comes near: then its row is looked for again. */
function bringIntoSight(scroller: HTMLElement, seq: number): () => void {
  let tries = 0;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const look = () => {
    const row = scroller.querySelector<HTMLElement>(`[data-seq="${seq}"]`);
    if (row) {
      row.scrollIntoView?.({ block: 'center' });
      row.setAttribute('data-marked', '');
      timer = setTimeout(() => row.removeAttribute('data-marked'), MARKED_MS);
      return;
    }
    blockAt(scroller, seq)?.scrollIntoView?.({ block: 'center' });
    tries += 1;
    if (tries < 20) timer = setTimeout(look, 30);
  };
  look();
  return () => clearTimeout(timer);
}

function blockAt(scroller: HTMLElement, seq: number): HTMLElement | undefined {
  return [...scroller.querySelectorAll<HTMLElement>('[data-from-seq]')].findLast((block) => Number(block.dataset.fromSeq) <= seq);
}

/** What is marked in each conversation on screen: the browser has one name for all of it. */
const painted = new Map<HTMLElement, readonly Range[]>();

function showPainted(): void {
  CSS.highlights.set(HIGHLIGHT, new Highlight(...[...painted.values()].flat()));
}

/** Paints over the letters without touching the page; a browser that cannot shows the marked row alone. */
function paintWords(scroller: HTMLElement | null, words: ReadonlySet<string>): (() => void) | undefined {
  if (!scroller || words.size === 0 || typeof Highlight === 'undefined' || !CSS.highlights) return undefined;
  const paint = () => {
    const walker = document.createTreeWalker(scroller, NodeFilter.SHOW_TEXT);
    const ranges: Range[] = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (!node.parentElement?.closest('[dir="auto"]')) continue;
      for (const { from, to } of marksIn(node.nodeValue ?? '', words)) {
        const range = new Range();
        range.setStart(node, from);
        range.setEnd(node, to);
        ranges.push(range);
      }
    }
    painted.set(scroller, ranges);
    showPainted();
  };
  paint();
  const observer = new MutationObserver(paint);
  observer.observe(scroller, { childList: true, subtree: true });
  return () => {
    observer.disconnect();
    painted.delete(scroller);
    showPainted();
  };
}
