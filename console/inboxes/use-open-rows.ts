import { useRef, useState } from 'preact/hooks';

/** Which rows of a list without ids are unfolded; the rows keep themselves while they are moved. */
export function useOpenRows(count: number) {
  const lastKey = useRef(0);
  const keys = useRef<number[]>([]);
  const [opened, setOpened] = useState<ReadonlySet<number>>(new Set());
  // Discarding, or another administrator's change, makes a list longer or shorter by itself.
  while (keys.current.length < count) keys.current.push(++lastKey.current);
  keys.current.length = Math.max(count, 0);
  const keyAt = (place: number) => keys.current[place] ?? 0;
  return {
    keyOf: (place: number) => String(keyAt(place)),
    isOpen: (place: number) => opened.has(keyAt(place)),
    toggle(place: number): void {
      const next = new Set(opened);
      if (!next.delete(keyAt(place))) next.add(keyAt(place));
      setOpened(next);
    },
    /** Also a row that is about to be added at the end. */
    open(place: number): void {
      while (keys.current.length <= place) keys.current.push(++lastKey.current);
      setOpened(new Set([...opened, keyAt(place)]));
    },
    move(from: number, to: number): void {
      const [key] = keys.current.splice(from, 1);
      if (key !== undefined) keys.current.splice(to, 0, key);
    },
    remove(place: number): void {
      keys.current.splice(place, 1);
    },
  };
}
