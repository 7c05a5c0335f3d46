import { useEffect, useRef } from 'preact/hooks';
import type { ErrorReply, Reply } from '../../shared/errors.ts';
import type { Ticket, TicketFile, TicketPatch } from '../../shared/ticket.ts';
import type { Http } from '../http.ts';
import { useRemote } from '../ui/use-remote.ts';
import { useTicketNews } from './use-ticket-news.ts';

const ATTEMPTS = 3;

export interface TicketAtHand {
  file: TicketFile | null;
  error: ErrorReply | null;
  isGone: boolean;
  reload: () => void;
  /** Where a colleague has changed something else meanwhile it is sent again; where the same, the reply is `stale` and the newest is shown. */
  change: (patch: Omit<TicketPatch, 'version'>) => Promise<Reply<Ticket>>;
}

/** One ticket with its links, kept as it is now. */
export function useTicket(http: Http, id: string): TicketAtHand {
  const read = () => http.get<TicketFile>(`/tickets/${id}`);
  const { value, error, reload, put } = useRemote(read, [http, id]);
  const newest = useRef(value);
  newest.current = value;
  const isAsking = useRef(false);
  useEffect(() => {
    isAsking.current = false;
  }, [value]);

  useTicketNews(http, ({ ticket, goneId }) => {
    // Neither: all of them may be others.
    const changedId = ticket?.id ?? goneId ?? id;
    if (changedId === id || isNamed(newest.current, changedId)) reload();
  });

  const change: TicketAtHand['change'] = async (patch) => {
    let base = newest.current;
    for (let attempt = 0; base && attempt < ATTEMPTS; attempt += 1) {
      const reply: Reply<Ticket> = await http.patch<Ticket>(`/tickets/${id}`, { ...patch, version: base.version });
      if (reply.ok) {
        put({ ...(newest.current ?? base), ...reply.data });
        reload();
        return reply;
      }
      if (reply.error.code !== 'stale') return reply;
      const fresh = await read();
      if (!fresh.ok) return fresh;
      put(fresh.data);
      if (isTouched(base, fresh.data, patch)) return reply;
      base = fresh.data;
    }
    return { ok: false, error: { code: 'stale', message: 'Somebody is changing this ticket just now.' } };
  };
  return { file: value, error, isGone: error?.code === 'not-found', reload, change };
}

function isNamed(file: TicketFile | null, id: string): boolean {
  return file !== null && [file.parent, ...file.children, ...file.related].some((link) => link?.id === id);
}

/** A colleague has changed the very thing. */
function isTouched(before: TicketFile, after: TicketFile, patch: Omit<TicketPatch, 'version'>): boolean {
  const flat = (file: TicketFile): Record<string, unknown> => ({
    ...file,
    ...file.values,
    contactId: file.contact?.id ?? null,
    companyId: file.company?.id ?? null,
  });
  const { values = {}, ...plain } = patch;
  const [was, is] = [flat(before), flat(after)];
  return [...Object.keys(plain), ...Object.keys(values)].some((name) => JSON.stringify(was[name]) !== JSON.stringify(is[name]));
}
