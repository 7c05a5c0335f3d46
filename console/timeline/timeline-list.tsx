import { useEffect, useRef, useState } from 'preact/hooks';
import type { TimelineItem } from '../../shared/timeline.ts';
import { formatDay } from '../ui/format.ts';
import { memo } from '../ui/memo.ts';
import type { EntryActions } from './entry-actions.ts';
import { useTimelineBlocks } from './timeline-blocks.ts';
import { TimelineEntry } from './timeline-entry.tsx';
import styles from './timeline-list.module.css';
import { keyOf } from './timeline-state.ts';

/** How far from the visible part entries are kept in the page. */
const DRAWN_WITHIN = '1600px 0px';

interface TimelineListProps {
  label: string;
  items: readonly TimelineItem[];
  actions: EntryActions;
  markedKey: string | null;
}

/** By day. Fifty thousand entries cost what a few screens of them cost: those far away are an empty space of their height. */
export function TimelineList({ label, items, actions, markedKey }: TimelineListProps) {
  const ref = useRef<HTMLDivElement>(null);
  const blocks = useTimelineBlocks(items);
  useRovingFocus(ref, items.length > 0);
  useEffect(() => {
    if (!markedKey) return;
    const entry = ref.current?.querySelector<HTMLElement>(`[data-timeline-item="${markedKey}"]`);
    entry?.scrollIntoView({ block: 'center' });
    entry?.focus({ preventScroll: true });
  }, [markedKey, items.length > 0]);
  return (
    <section ref={ref} aria-label={label} class={styles.list} onKeyDown={(event) => onKey(event, ref.current)}>
      {blocks.map((block, at) => (
        <Block
          key={block.key}
          items={block.items}
          previous={blocks[at - 1]?.items.at(-1) ?? null}
          actions={actions}
          markedKey={markedKey}
        />
      ))}
    </section>
  );
}

interface BlockProps {
  items: readonly TimelineItem[];
  previous: TimelineItem | null;
  actions: EntryActions;
  markedKey: string | null;
}

const Block = memo(
  ({ items, previous, actions, markedKey }: BlockProps) => {
    const ref = useRef<HTMLDivElement>(null);
    const [emptyHeight, setEmptyHeight] = useState<number | null>(null);
    useEffect(() => {
      const element = ref.current;
      if (!element || typeof IntersectionObserver === 'undefined') return undefined;
      let height = 0;
      const observer = new IntersectionObserver(
        (entries) => {
          const isNear = entries.at(-1)?.isIntersecting ?? true;
          // Somebody is at work in it: it stays, however far it is.
          if (!isNear && element.contains(document.activeElement)) return;
          if (!isNear) height = element.getBoundingClientRect().height;
          setEmptyHeight(isNear ? null : height);
        },
        { root: scrollerOf(element), rootMargin: DRAWN_WITHIN },
      );
      observer.observe(element);
      return () => observer.disconnect();
    }, []);
    useEffect(() => keepOneInTabOrder(ref.current?.closest('section')), [emptyHeight]);
    return (
      <div ref={ref} style={{ blockSize: emptyHeight === null ? '' : `${emptyHeight}px` }}>
        {emptyHeight === null &&
          items.map((item, at) => (
            <div key={keyOf(item)}>
              <DayLine item={item} previous={items[at - 1] ?? previous} />
              <TimelineEntry item={item} actions={actions} isMarked={keyOf(item) === markedKey} />
            </div>
          ))}
      </div>
    );
  },
  (before, after) =>
    before.actions === after.actions &&
    before.markedKey === after.markedKey &&
    before.previous === after.previous &&
    before.items.length === after.items.length &&
    before.items.every((item, at) => item === after.items[at]),
);

/** Around another one than this no margin counts. */
function scrollerOf(element: Element): Element | null {
  for (let at = element.parentElement; at; at = at.parentElement) if (/auto|scroll/.test(getComputedStyle(at).overflowY)) return at;
  return null;
}

function DayLine({ item, previous }: { item: TimelineItem; previous: TimelineItem | null }) {
  const dayOf = (at: number) => new Date(at).toDateString();
  if (previous && dayOf(previous.at) === dayOf(item.at)) return null;
  return <h3 class={styles.day}>{formatDay(item.at, Date.now())}</h3>;
}

/** One entry is in the tab order: the one that had the focus last, else the first. */
function useRovingFocus(ref: { current: HTMLElement | null }, hasItems: boolean): void {
  useEffect(() => {
    const list = ref.current;
    if (!list) return undefined;
    keepOneInTabOrder(list);
    const follow = (event: FocusEvent) => {
      const entry = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-timeline-item]') : null;
      if (!entry) return;
      for (const other of list.querySelectorAll<HTMLElement>('[data-timeline-item][tabindex="0"]')) other.tabIndex = -1;
      entry.tabIndex = 0;
    };
    list.addEventListener('focusin', follow);
    return () => list.removeEventListener('focusin', follow);
  }, [hasItems]);
}

/** What is drawn again is drawn as out of it. */
function keepOneInTabOrder(list: HTMLElement | null | undefined): void {
  const first = list?.querySelector<HTMLElement>('[data-timeline-item]');
  if (first && !list?.querySelector('[data-timeline-item][tabindex="0"]')) first.tabIndex = 0;
}

function onKey(event: KeyboardEvent, list: HTMLElement | null): void {
  const entry = event.target instanceof HTMLElement && event.target.matches('[data-timeline-item]') ? event.target : null;
  if (!list || !entry || event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.key === 'Enter') {
    event.preventDefault();
    entry.querySelector<HTMLElement>('[data-open]')?.click();
    return;
  }
  const entries = [...list.querySelectorAll<HTMLElement>('[data-timeline-item]')];
  const at = entries.indexOf(entry);
  const isDown = event.key === 'ArrowDown' || event.code === 'KeyJ';
  const isUp = event.key === 'ArrowUp' || event.code === 'KeyK';
  const next = isDown ? entries[at + 1] : isUp ? entries[at - 1] : event.key === 'Home' ? entries[0] : undefined;
  if (!isDown && !isUp && event.key !== 'Home') return;
  event.preventDefault();
  event.stopPropagation();
  next?.focus();
}
