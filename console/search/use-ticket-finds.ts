import { useEffect, useState } from 'preact/hooks';
import type { Ticket, TicketPage } from '../../shared/ticket.ts';
import type { Http } from '../http.ts';

/** A question is asked when the typing pauses. */
const PAUSE_MS = 150;

/** Tickets by number or words; what was found last stays until the next answer is here. */
export function useTicketFinds(http: Http, text: string): readonly Ticket[] {
  const [finds, setFinds] = useState<readonly Ticket[]>([]);
  useEffect(() => {
    if (text === '') return setFinds([]);
    let isOver = false;
    const timer = setTimeout(async () => {
      const reply = await http.get<TicketPage>('/tickets', { q: text.slice(0, 200), limit: 5 });
      if (!isOver && reply.ok) setFinds(reply.data.items);
    }, PAUSE_MS);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [http, text]);
  return finds;
}
