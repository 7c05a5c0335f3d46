import { useEffect, useRef } from 'preact/hooks';
import type { AnswerNews } from '../canned/answer-news.ts';

/** Several changes in one breath are heard of once. */
const TOGETHER_MS = 200;
/** So many of them are `null`: then everything is asked for anew. */
const APART_MAX = 5;

/** Hears which answers colleagues have changed, a moment after; null: several, or nobody knows which. */
export function useAnswerNews(news: AnswerNews | undefined, onChange: (ids: readonly string[] | null) => void): void {
  const tell = useRef(onChange);
  tell.current = onChange;
  useEffect(() => {
    if (!news) return undefined;
    const heard = new Set<string | null>();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const forget = news.onChange((id) => {
      heard.add(id);
      timer ??= setTimeout(() => {
        timer = undefined;
        const ids = [...heard];
        heard.clear();
        tell.current(ids.length > APART_MAX || ids.includes(null) ? null : (ids as string[]));
      }, TOGETHER_MS);
    });
    return () => {
      clearTimeout(timer);
      forget();
    };
  }, [news]);
}
