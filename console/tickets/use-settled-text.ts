import { useEffect, useRef } from 'preact/hooks';

const SETTLED_MS = 300;

/** Calls back when nobody has typed for a moment. */
export function useSettledText(text: string, onSettled: (text: string) => void): void {
  const newest = useRef(onSettled);
  newest.current = onSettled;
  useEffect(() => {
    const timer = setTimeout(() => newest.current(text), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [text]);
}
