import { useState } from 'preact/hooks';
import type { PanelState } from '../panel-state.ts';
import { storageKey } from '../storage-keys.ts';

/** A word of the visitor's that this browser remembers; null: none. */
export function useKept({ storage, inbox }: PanelState, name: 'muted' | 'unrated'): [string | null, (next: string | null) => void] {
  const key = storageKey(inbox, name);
  const [kept, setKept] = useState(() => storage.getItem(key));
  return [
    kept,
    (next) => {
      if (next === null) storage.removeItem(key);
      else storage.setItem(key, next);
      setKept(next);
    },
  ];
}
