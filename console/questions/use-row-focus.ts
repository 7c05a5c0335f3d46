import type { RefObject } from 'preact';
import { useEffect, useRef } from 'preact/hooks';

/** What was decided is seen within this time; whoever has gone elsewhere by then is left there. */
const SEEN_WITHIN_MS = 5_000;

interface RowFocus {
  list: RefObject<HTMLUListElement | null>;
  /** Something is pressed in this row, which may take the button away, or the row. */
  acted: (element: EventTarget | null) => void;
}

/** Whoever decides about one row after the other by keyboard stays in the list: where the pressed button goes, the row has the focus, or the one that took its place. */
export function useRowFocus(): RowFocus {
  const list = useRef<HTMLUListElement>(null);
  const last = useRef<{ id: string; at: number; time: number } | null>(null);
  useEffect(() => {
    const rows = [...(list.current?.children ?? [])] as HTMLElement[];
    const { id, at, time } = last.current ?? { id: '', at: 0, time: Number.NEGATIVE_INFINITY };
    if (document.activeElement !== document.body || performance.now() - time > SEEN_WITHIN_MS) return;
    const row = rows.find(({ dataset }) => dataset.group === id) ?? rows[Math.min(at, rows.length - 1)];
    row?.querySelector<HTMLElement>('button[aria-expanded]')?.focus();
  });
  return {
    list,
    acted(element) {
      const row = element instanceof Element ? element.closest<HTMLElement>('[data-group]') : null;
      if (row)
        last.current = { id: row.dataset.group ?? '', at: [...(list.current?.children ?? [])].indexOf(row), time: performance.now() };
    },
  };
}
