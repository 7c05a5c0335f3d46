import { nanoid } from 'nanoid';
import { useEffect, useRef, useState } from 'preact/hooks';
import { IMPORT_BYTES_MAX } from '../../shared/customer-import.ts';
import type { ErrorReply, Reply } from '../../shared/errors.ts';
import type { PurchaseFile, PurchasePlan } from '../../shared/purchase-import.ts';
import type { Http } from '../http.ts';
import { keepFile } from '../ui/keep-file.ts';

const LOOK_EVERY_MS = 500;
/** One that has ended stays in sight for so long, to be taken back. */
const SHOWN_MS = 10 * 60_000;

export function isAtWork({ job: { status } }: PurchaseFile): boolean {
  return status === 'running' || status === 'undoing';
}

export interface FileImport {
  file: PurchaseFile | null;
  /** Something is asked, or a file is on its way. */
  isBusy: boolean;
  error: ErrorReply | null;
  take: (chosen: File | undefined) => Promise<void>;
  check: (plan: PurchasePlan) => void;
  run: (skipsRefused: boolean) => void;
  turn: (how: 'cancel' | 'undo') => void;
  fetchRefused: (language: 'he' | 'en') => void;
  /** For another one; what was not run is forgotten. */
  leave: () => void;
}

/** A file of purchases on its way in. Whoever left while it was at work finds it again. */
export function useFileImport(http: Http): FileImport {
  const [file, setFile] = useState<PurchaseFile | null>(null);
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<ErrorReply | null>(null);
  const asked = useRef(0);
  const show = (reply: Reply<PurchaseFile>) => {
    setError(reply.ok ? null : reply.error);
    if (reply.ok) setFile(reply.data);
  };
  const ask = async (question: () => Promise<Reply<PurchaseFile>>): Promise<Reply<PurchaseFile> | null> => {
    asked.current += 1;
    const mine = asked.current;
    setBusy(true);
    const reply = await question();
    if (mine !== asked.current) return null;
    setBusy(false);
    show(reply);
    return reply;
  };
  useEffect(() => {
    void http.get<{ items: PurchaseFile[] }>('/purchase-imports').then((reply) => {
      const latest = reply.ok ? reply.data.items.find(isFresh) : undefined;
      if (latest && asked.current === 0) setFile(latest);
    });
  }, [http]);
  const id = file?.job.id;
  const isWorking = file !== null && isAtWork(file);
  useEffect(() => {
    if (id === undefined || !isWorking) return undefined;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isOver = false;
    const look = async () => {
      const mine = asked.current;
      const reply = await http.get<PurchaseFile>(`/purchase-imports/${id}`);
      if (isOver) return;
      // What was asked meanwhile says it better.
      if (mine === asked.current && reply.ok) setFile(reply.data);
      timer = setTimeout(() => void look(), LOOK_EVERY_MS);
    };
    timer = setTimeout(() => void look(), LOOK_EVERY_MS);
    return () => {
      isOver = true;
      clearTimeout(timer);
    };
  }, [http, id, isWorking]);

  const check = (path: string, plan: PurchasePlan) => ask(() => http.post<PurchaseFile>(`${path}/check`, plan));
  const path = `/purchase-imports/${id}`;
  return {
    file,
    isBusy,
    error,
    take: async (chosen) => {
      if (!chosen) return;
      if (chosen.size > IMPORT_BYTES_MAX) return setError({ code: 'too-large', message: '', field: 'file' });
      setFile(null);
      const format = /\.json$/i.test(chosen.name) ? 'json' : 'csv';
      const query = new URLSearchParams({ id: nanoid(), name: chosen.name.slice(0, 200), format });
      const taken = await ask(() => http.post<PurchaseFile>(`/purchase-imports?${query}`, chosen));
      if (taken?.ok) await check(`/purchase-imports/${taken.data.job.id}`, { ...taken.data.plan, opensFiles: true });
    },
    check: (plan) => void check(path, plan),
    run: (skipsRefused) => void ask(() => http.post<PurchaseFile>(`${path}/run`, { skipsRefused })),
    turn: (how) => void ask(() => http.post<PurchaseFile>(`${path}/${how}`, undefined)),
    fetchRefused: (language) =>
      void http.download(`${path}/refused?language=${language}`).then((reply) => {
        if (reply.ok) keepFile(reply.data, `${(file?.name || 'purchases').replace(/\.\w+$/, '')}-refused.csv`);
        else setError(reply.error);
      }),
    leave: () => {
      asked.current += 1;
      if (file?.job.status === 'draft') void http.delete(path);
      setFile(null);
      setError(null);
      setBusy(false);
    },
  };
}

function isFresh(file: PurchaseFile): boolean {
  const { status, endedAt, createdAt } = file.job;
  if (file.name === '') return false;
  if (status === 'draft') return createdAt > Date.now() - 6 * SHOWN_MS;
  return isAtWork(file) || (endedAt !== null && endedAt > Date.now() - SHOWN_MS);
}
