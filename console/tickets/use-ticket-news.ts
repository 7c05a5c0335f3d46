import { useEffect, useRef } from 'preact/hooks';
import type { Http } from '../http.ts';
import { type TicketNews, ticketNews } from './ticket-news.ts';

/** Calls back for every piece of news from now on. */
export function useTicketNews(http: Http, onNews: (news: TicketNews) => void): void {
  const newest = useRef(onNews);
  newest.current = onNews;
  useEffect(() => {
    let isFirst = true;
    return ticketNews(http).subscribe((news) => {
      if (!isFirst) newest.current(news);
      isFirst = false;
    });
  }, [http]);
}
