import { useEffect, useState } from 'preact/hooks';

const SETTLED_MS = 250;

/** What is typed, as soon as the hand rests. */
export function useSettled(typed: string): string {
  const [settled, setSettled] = useState(typed);
  useEffect(() => {
    const timer = setTimeout(() => setSettled(typed), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [typed]);
  return settled;
}
