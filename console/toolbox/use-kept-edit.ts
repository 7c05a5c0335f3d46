import { useState } from 'preact/hooks';

/** What is being edited, kept in this tab until it is saved or given up: a look at another page loses nothing. */
export function useKeptEdit<Value>(key: string, first: Value): [value: Value, change: (value: Value) => void, forget: () => void] {
  const place = `kesher:edit:${key}`;
  const [value, setValue] = useState<Value>(() => readKept(place) ?? first);
  const change = (next: Value) => {
    setValue(next);
    try {
      sessionStorage.setItem(place, JSON.stringify(next));
    } catch {
      // Full or forbidden storage: then it stays on this page only.
    }
  };
  return [value, change, () => sessionStorage.removeItem(place)];
}

function readKept<Value>(place: string): Value | null {
  try {
    return JSON.parse(sessionStorage.getItem(place) ?? 'null');
  } catch {
    return null;
  }
}
