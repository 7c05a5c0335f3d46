import { useEffect, useRef } from 'preact/hooks';
import type { Opportunity } from '../../shared/opportunity.ts';
import type { Connection } from '../connection.ts';

interface SalesNews {
  changed: (opportunity: Opportunity) => void;
  /** One is gone, or the connection is back and anything may have happened. */
  stirred: () => void;
  pipelinesChanged: () => void;
}

const hearersOf = new WeakMap<Connection, Set<{ current: SalesNews }>>();

/** What the live connection says of opportunities, while a screen looks at them. */
export function useSalesNews(connection: Connection, news: SalesNews): void {
  const newest = useRef(news);
  newest.current = news;
  useEffect(() => {
    const hearers = hearersOf.get(connection) ?? listen(connection);
    hearers.add(newest);
    return () => {
      hearers.delete(newest);
    };
  }, [connection]);
}

/** Once a connection: it has no way to stop listening. */
function listen(connection: Connection): Set<{ current: SalesNews }> {
  const hearers = new Set<{ current: SalesNews }>();
  hearersOf.set(connection, hearers);
  const tell = (what: (news: SalesNews) => void) => {
    for (const { current } of hearers) what(current);
  };
  connection.on('opportunity:changed', (opportunity) => tell(({ changed }) => changed(opportunity)));
  connection.on('opportunity:removed', () => tell(({ stirred }) => stirred()));
  connection.on('pipelines:changed', () => tell(({ pipelinesChanged }) => pipelinesChanged()));
  // Whatever was on a screen of somebody who is erased goes at once.
  connection.on('contact:erased', () => tell(({ stirred }) => stirred()));
  connection.on('contact:changed', ({ erasedAt }) => erasedAt !== undefined && tell(({ stirred }) => stirred()));
  connection.on('session:started', () => tell(({ stirred }) => stirred()));
  return hearers;
}
