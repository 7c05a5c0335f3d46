import { useEffect, useRef, useState } from 'preact/hooks';
import type { ErrorReply } from '../../shared/errors.ts';
import type { SearchReply } from '../../shared/search.ts';
import type { Http } from '../http.ts';

/** A question is asked when the typing pauses. */
const PAUSE_MS = 120;

export type SearchAsked = Record<string, string | number | undefined>;

export interface SearchState {
  /** What was found last; stays on screen while the next answer is on its way. */
  reply: SearchReply | null;
  error: ErrorReply | null;
  isLoading: boolean;
  loadMore: () => void;
  retry: () => void;
}

/** Null asks for nothing. An answer that a later question overtook is dropped. */
export function useSearch(http: Http, asked: SearchAsked | null): SearchState {
  const [reply, setReply] = useState<SearchReply | null>(null);
  const [error, setError] = useState<ErrorReply | null>(null);
  const [isLoading, setIsLoading] = useState(false);
  const turn = useRef(0);
  const key = asked === null ? null : JSON.stringify(asked);

  const load = async (cursor: string | null) => {
    turn.current += 1;
    const mine = turn.current;
    setIsLoading(true);
    const answer = await http.get<SearchReply>('/search', { ...asked, cursor: cursor ?? undefined });
    if (mine !== turn.current) return;
    setIsLoading(false);
    setError(answer.ok ? null : answer.error);
    if (!answer.ok) return;
    setReply((held) => (cursor === null || !held ? answer.data : { ...answer.data, items: [...held.items, ...answer.data.items] }));
  };
  const newest = useRef(load);
  newest.current = load;

  useEffect(() => {
    turn.current += 1;
    if (key === null) {
      setReply(null);
      setError(null);
      setIsLoading(false);
      return;
    }
    setIsLoading(true);
    const timer = setTimeout(() => void newest.current(null), PAUSE_MS);
    return () => clearTimeout(timer);
  }, [key]);
  useEffect(
    () => () => {
      turn.current += 1;
    },
    [],
  );

  return {
    reply,
    error,
    isLoading,
    loadMore: () => void newest.current(reply?.next ?? null),
    retry: () => void newest.current(null),
  };
}
