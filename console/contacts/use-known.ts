import { signal } from '@preact/signals';
import { useEffect, useMemo } from 'preact/hooks';
import type { Http } from '../http.ts';

/** What every file needs and seldom changes (colleagues, fields, tags) is asked for once for all files that are looked at. */
const FRESH_MS = 30_000;

interface Kept {
  value: ReturnType<typeof signal<unknown>>;
  askedAt: number;
}

const shelves = new WeakMap<Http, Map<string, Kept>>();

/** Null until it is known; what was known before stays until the newer one is here. */
export function useKnown<Value>(http: Http, path: string | null): Value | null {
  const kept = useMemo(() => (path === null ? null : keep(http, path)), [http, path]);
  useEffect(() => {
    if (kept && path !== null && Date.now() - kept.askedAt > FRESH_MS) void ask(http, path, kept);
  }, [http, path, kept]);
  return (kept?.value.value ?? null) as Value | null;
}

/** After a change of one's own. */
export function askAgain(http: Http, path: string): void {
  const kept = shelves.get(http)?.get(path);
  if (kept) void ask(http, path, kept);
}

function keep(http: Http, path: string): Kept {
  const shelf = shelves.get(http) ?? new Map<string, Kept>();
  shelves.set(http, shelf);
  const kept = shelf.get(path) ?? { value: signal<unknown>(null), askedAt: 0 };
  shelf.set(path, kept);
  return kept;
}

async function ask(http: Http, path: string, kept: Kept): Promise<void> {
  kept.askedAt = Date.now();
  const reply = await http.get(path);
  if (reply.ok) kept.value.value = reply.data;
  else kept.askedAt = 0;
}
