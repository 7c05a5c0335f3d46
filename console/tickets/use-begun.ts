import { useState } from 'preact/hooks';

/** What was begun to be written and is not kept yet, by what it is for: a page that is left and opened again finds it. */
const begun = new Map<string, string>();

export function useBegun(key: string, first = ''): [text: string, write: (text: string) => void, forget: () => void] {
  const [text, setText] = useState(begun.get(key) ?? first);
  const write = (next: string) => {
    setText(next);
    if (next === first) begun.delete(key);
    else begun.set(key, next);
  };
  return [text, write, () => write(first)];
}

export function isBegun(key: string): boolean {
  return begun.has(key);
}
