import { useEffect, useRef } from 'preact/hooks';
import type { Connection } from '../connection.ts';

/** However much happens at once, a list is read anew no more often. */
const READ_EVERY_MS = 1_000;

interface SoldNews {
  connection: Connection;
  /** Whether this customer is on the screen. */
  shows: (contactId: string) => boolean;
  read: () => void;
}

/** Reads a list anew when something was sold, changed or deleted, when a customer in it is another, and when the line is back. */
export function useSoldNews({ connection, ...news }: SoldNews): void {
  const newest = useRef(news);
  newest.current = news;
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let readAt = 0;
    const read = () => {
      timer ??= setTimeout(
        () => {
          timer = undefined;
          readAt = Date.now();
          newest.current.read();
        },
        Math.max(0, readAt + READ_EVERY_MS - Date.now()),
      );
    };
    const about = (contactId: string) => newest.current.shows(contactId) && read();
    const stops = [
      connection.on('purchases:changed', read),
      connection.on('contact:changed', ({ id }) => about(id)),
      connection.on('contact:erased', ({ contact }) => about(contact.id)),
      connection.on('session:started', read),
    ];
    return () => {
      clearTimeout(timer);
      for (const stop of stops) stop();
    };
  }, [connection]);
}
