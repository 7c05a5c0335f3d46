import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { ErrorReply, Reply } from '../../shared/errors.ts';

interface Remote<Value> {
  value: Value | null;
  error: ErrorReply | null;
  isLoading: boolean;
  reload: () => void;
  /** After a change whose reply already held the new value. */
  put: (value: Value) => void;
}

/** A value read once, and again when `keys` change. An answer that a later question overtook is dropped. */
export function useRemote<Value>(load: () => Promise<Reply<Value>>, keys: readonly unknown[]): Remote<Value> {
  const [value, setValue] = useState<Value | null>(null);
  const [error, setError] = useState<ErrorReply | null>(null);
  const [isLoading, setIsLoading] = useState(true);
  const asked = useRef(0);

  const reload = useCallback(async () => {
    asked.current += 1;
    const mine = asked.current;
    setIsLoading(true);
    const reply = await load();
    if (mine !== asked.current) return;
    setIsLoading(false);
    setError(reply.ok ? null : reply.error);
    if (reply.ok) setValue(reply.data);
  }, keys);

  useEffect(() => {
    setValue(null);
    void reload();
    return () => {
      asked.current += 1;
    };
  }, [reload]);

  return { value, error, isLoading, reload: () => void reload(), put: setValue };
}

interface Page<Item> {
  items: Item[];
  next: string | null;
}

export interface RemotePages<Item> {
  items: readonly Item[];
  phase: 'loading' | 'idle';
  error: ErrorReply | null;
  hasMore: boolean;
  /** The next page, or the one that failed. */
  loadMore: () => void;
  /** From the beginning, as far as it was loaded. */
  reload: () => void;
  /** After a change that was told, so that nobody need ask again. `isWhole`: nothing is left to load. */
  patch: (change: (items: readonly Item[], isWhole: boolean) => readonly Item[]) => void;
}

/** A list read page by page, from the beginning when `keys` change. What is on screen stays until the new beginning is here. */
export function useRemotePages<Item>(
  load: (cursor: string | null) => Promise<Reply<Page<Item>>>,
  keys: readonly unknown[],
): RemotePages<Item> {
  const [items, setItems] = useState<readonly Item[]>([]);
  const [next, setNext] = useState<string | null>(null);
  const [error, setError] = useState<ErrorReply | null>(null);
  const [phase, setPhase] = useState<'loading' | 'idle'>('loading');
  const asked = useRef(0);
  /** What was told while an answer was on its way, which may not know of it. */
  const told = useRef<((items: readonly Item[], isWhole: boolean) => readonly Item[])[]>([]);

  const read = useCallback(async (cursor: string | null) => {
    asked.current += 1;
    const mine = asked.current;
    told.current = [];
    setPhase('loading');
    const reply = await load(cursor);
    if (mine !== asked.current) return;
    setPhase('idle');
    setError(reply.ok ? null : reply.error);
    if (!reply.ok) return;
    const changes = told.current;
    setItems((held) => {
      const items: readonly Item[] = cursor === null ? reply.data.items : [...held, ...reply.data.items];
      return changes.reduce((changed, change) => change(changed, reply.data.next === null), items);
    });
    setNext(reply.data.next);
  }, keys);

  useEffect(() => {
    setNext(null);
    void read(null);
    return () => {
      asked.current += 1;
    };
  }, [read]);

  const shown = useRef(0);
  shown.current = items.length;
  /** In the background: where it fails, what is on screen stays. */
  const reload = useCallback(async () => {
    asked.current += 1;
    const mine = asked.current;
    told.current = [];
    const fresh: Item[] = [];
    let cursor: string | null = null;
    do {
      const reply: Reply<Page<Item>> = await load(cursor);
      if (mine !== asked.current) return;
      setPhase('idle');
      if (!reply.ok) return;
      fresh.push(...reply.data.items);
      cursor = reply.data.next;
    } while (cursor !== null && fresh.length < shown.current);
    const isWhole = cursor === null;
    setError(null);
    setItems(told.current.reduce<readonly Item[]>((changed, change) => change(changed, isWhole), fresh));
    setNext(cursor);
  }, keys);

  const patch: RemotePages<Item>['patch'] = (change) => {
    told.current.push(change);
    setItems((held) => change(held, next === null));
  };
  return { items, phase, error, hasMore: next !== null, loadMore: () => void read(next), reload: () => void reload(), patch };
}
