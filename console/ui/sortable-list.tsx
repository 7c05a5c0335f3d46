import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import { IconButton } from './button.tsx';
import styles from './sortable-list.module.css';

interface SortableListProps<Item> {
  items: readonly Item[];
  /** Stays the same while the item is changed and moved. */
  keyOf: (item: Item, place: number) => string;
  /** The heading of a row, and what stands in it. */
  title: (item: Item, place: number) => ComponentChildren;
  children: (item: Item, place: number) => ComponentChildren;
  /** Buttons of one's own, before the ones for moving. */
  actions?: (item: Item, place: number) => ComponentChildren;
  words: SortingWords;
  onMove: (from: number, to: number) => void;
}

interface SortingWords {
  handle: string;
  up: string;
  down: string;
  /** Told to who cannot see it, after a move. */
  moved: (place: number, count: number) => string;
}

/** Rows that a person puts in order: with the buttons, with the arrow keys on the handle, or by pulling the handle. */
export function SortableList<Item>({ items, keyOf, title, children, actions, words, onMove }: SortableListProps<Item>) {
  const list = useRef<HTMLOListElement>(null);
  const [pulled, setPulled] = useState<number | null>(null);
  const [news, setNews] = useState('');

  // A row that moves in the document loses the focus that was in it.
  const held = useRef<{ place: number; control: string } | null>(null);
  useLayoutEffect(() => {
    if (!held.current) return;
    const { place, control } = held.current;
    held.current = null;
    const controls = [...(list.current?.children[place]?.querySelectorAll<HTMLButtonElement>('[data-sort]') ?? [])];
    const usable = controls.filter(({ disabled }) => !disabled);
    (usable.find(({ dataset }) => dataset.sort === control) ?? usable[0])?.focus();
  }, [items]);

  const move = (from: number, to: number, control = 'handle') => {
    if (to < 0 || to >= items.length || to === from) return;
    held.current = { place: to, control };
    onMove(from, to);
    setNews(words.moved(to + 1, items.length));
  };
  const moveByKey = (event: KeyboardEvent, place: number) => {
    const step = event.key === 'ArrowUp' ? -1 : event.key === 'ArrowDown' ? 1 : 0;
    if (step === 0) return;
    event.preventDefault();
    move(place, place + step);
  };
  /** The row moves past its neighbour as soon as the pointer is beyond that one's middle. */
  const pull = ({ clientY }: PointerEvent) => {
    if (pulled === null) return;
    const boxes = [...(list.current?.children ?? [])].map((row) => row.getBoundingClientRect());
    const before = boxes[pulled - 1];
    const after = boxes[pulled + 1];
    const to =
      before && clientY < before.top + before.height / 2
        ? pulled - 1
        : after && clientY > after.top + after.height / 2
          ? pulled + 1
          : pulled;
    if (to === pulled) return;
    move(pulled, to);
    setPulled(to);
  };

  // On the window, because a row that moves lets go of the pointer, too. In layout, so that no movement meets the list of before.
  useLayoutEffect(() => {
    if (pulled === null) return undefined;
    const release = () => setPulled(null);
    window.addEventListener('pointermove', pull);
    window.addEventListener('pointerup', release);
    window.addEventListener('pointercancel', release);
    return () => {
      window.removeEventListener('pointermove', pull);
      window.removeEventListener('pointerup', release);
      window.removeEventListener('pointercancel', release);
    };
  });

  return (
    <>
      <ol class={styles.list} ref={list}>
        {items.map((item, place) => (
          <li key={keyOf(item, place)} class={styles.row} data-pulled={place === pulled || undefined}>
            <div class={styles.head}>
              <IconButton
                icon="grip-vertical"
                label={words.handle}
                data-sort="handle"
                class={styles.handle}
                onKeyDown={(event) => moveByKey(event, place)}
                onPointerDown={() => setPulled(place)}
              />
              <div class={styles.title}>{title(item, place)}</div>
              <div class={styles.actions}>
                {actions?.(item, place)}
                <IconButton
                  icon="chevron-up"
                  label={words.up}
                  data-sort="up"
                  disabled={place === 0}
                  onClick={() => move(place, place - 1, 'up')}
                />
                <IconButton
                  icon="chevron-down"
                  label={words.down}
                  data-sort="down"
                  disabled={place === items.length - 1}
                  onClick={() => move(place, place + 1, 'down')}
                />
              </div>
            </div>
            {children(item, place)}
          </li>
        ))}
      </ol>
      <p class="visually-hidden" role="status">
        {news}
      </p>
    </>
  );
}

/** The list with one entry taken out and put in elsewhere. */
export function moved<Item>(items: readonly Item[], from: number, to: number): Item[] {
  const rest = items.filter((_, place) => place !== from);
  return [...rest.slice(0, to), ...items.slice(from, from + 1), ...rest.slice(to)];
}
