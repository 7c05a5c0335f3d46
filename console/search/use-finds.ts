import { useEffect, useState } from 'preact/hooks';
import type { Http } from '../http.ts';

/** A question is asked when the typing pauses. */
const PAUSE_MS = 150;
const QUERY_MAX = 100;

/** What a list finds by words (`?q=`); what was found last stays until the next answer is here. Nothing is asked without a text. */
export function useFinds<Item>(http: Http, list: `/${string}`, text: string): readonly Item[] {
  const [finds, setFinds] = useState<readonly Item[]>([]);
  useEffect(() => {
    if (text === '') return setFinds([]);
    let isOver = false;
    const timer = setTimeout(async () => {
      const reply = await http.get<{ items: Item[] }>(list, { q: text.slice(0, QUERY_MAX), limit: 5 });
      if (!isOver && reply.ok) setFinds(reply.data.items);
    }, PAUSE_MS);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [http, list, text]);
  return finds;
}
