import { nanoid } from 'nanoid';
import { useEffect, useRef, useState } from 'preact/hooks';
import type { CustomerImport, ImportPlan } from '../../shared/customer-import.ts';
import type { ErrorReply, Reply } from '../../shared/errors.ts';
import type { CustomerHouse } from './customer-room.ts';

const KEY = 'kesher:import';

export interface ImportCourse {
  taken: CustomerImport | null;
  /** Something is asked, or a file is on its way. */
  isBusy: boolean;
  error: ErrorReply | null;
  upload: (file: File | undefined) => Promise<void>;
  check: (plan: ImportPlan) => Promise<void>;
  run: () => Promise<void>;
  /** Gives what was refused. */
  turn: (how: 'cancel' | 'undo') => Promise<ErrorReply | null>;
  leave: () => Promise<void>;
}

/** A file of customers on its way in. A reload goes on where it was. */
export function useImportCourse({ http, listen, isLive }: CustomerHouse): ImportCourse {
  const [taken, setTaken] = useState<CustomerImport | null>(null);
  const [error, setError] = useState<ErrorReply | null>(null);
  const [isBusy, setIsBusy] = useState(false);
  const readings = useRef(0);
  const id = taken?.job.id;
  const show = (reply: Reply<CustomerImport>) => {
    if (!reply.ok) return;
    setTaken(reply.data);
    sessionStorage.setItem(KEY, reply.data.job.id);
  };
  /** Only what was read last counts. */
  const read = async (of: string) => {
    readings.current += 1;
    const mine = readings.current;
    const reply = await http.get<CustomerImport>(`/customer-imports/${of}`);
    if (mine === readings.current) show(reply);
    return reply;
  };
  useEffect(() => {
    const held = sessionStorage.getItem(KEY);
    if (held) void read(held).then((reply) => !reply.ok && sessionStorage.removeItem(KEY));
  }, [http]);
  useEffect(() => {
    if (id === undefined) return undefined;
    const stopLive = isLive.subscribe((isOn) => isOn && void read(id));
    const stop = listen('customers:job', (job) => {
      if (job.id !== id) return;
      setTaken((held) => held && { ...held, job });
      // Counts and reasons come with the end of a stage.
      if (job.status !== 'running' && job.status !== 'undoing') void read(id);
    });
    return () => {
      stop();
      stopLive();
    };
  }, [id, http, listen, isLive]);
  /** The work may be done before the reply that it has begun is here: how it stands is read behind it. */
  const ask = async (question: () => Promise<Reply<unknown>>): Promise<ErrorReply | null> => {
    setIsBusy(true);
    const reply = await question();
    if (id !== undefined) await read(id);
    setIsBusy(false);
    return reply.ok ? null : reply.error;
  };
  return {
    taken,
    isBusy,
    error,
    upload: async (file) => {
      if (!file) return;
      setIsBusy(true);
      const query = new URLSearchParams({ id: nanoid(), name: file.name.slice(0, 200) });
      const reply = await http.post<CustomerImport>(`/customer-imports?${query}`, file);
      setIsBusy(false);
      setError(reply.ok ? null : reply.error);
      show(reply);
    },
    check: async (plan) => setError(await ask(() => http.post(`/customer-imports/${id}/check`, plan))),
    run: async () => setError(await ask(() => http.post(`/customer-imports/${id}/run`, undefined))),
    turn: async (how) => {
      const refused = await ask(() => http.post(`/customer-jobs/${id}/${how}`, undefined));
      setError(null);
      return refused;
    },
    leave: async () => {
      readings.current += 1;
      if (taken?.job.status === 'draft') await http.delete(`/customer-imports/${id}`);
      sessionStorage.removeItem(KEY);
      setTaken(null);
      setError(null);
    },
  };
}
