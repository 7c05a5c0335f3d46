import { useEffect, useRef, useState } from 'preact/hooks';
import type { Answer, AnswerTrial, AnswerTryRequest } from '../../shared/automatic-answer.ts';
import type { ErrorReply } from '../../shared/errors.ts';
import type { Http } from '../http.ts';

/** Whoever types is not asked about after each letter. */
const SETTLED_MS = 250;
const UNREADY_MS = 1_500;

export interface Trial {
  trial: AnswerTrial | null;
  error: ErrorReply | null;
  isAsking: boolean;
  /** The answers that are spoken of, by id. */
  answers: ReadonlyMap<string, Answer>;
}

/** What would be answered to this, asked again while one types, and when `stamp` says that something was saved. */
export function useTrial(http: Http, wish: AnswerTryRequest, stamp: unknown): Trial {
  const [trial, setTrial] = useState<Omit<Trial, 'isAsking'>>({ trial: null, error: null, answers: new Map() });
  const [isAsking, setIsAsking] = useState(false);
  const key = JSON.stringify(wish);
  const seen = useRef(stamp);
  const known = useRef(new Map<string, Answer>());
  useEffect(() => {
    if (wish.text.trim() === '') {
      setIsAsking(false);
      return setTrial({ trial: null, error: null, answers: new Map() });
    }
    let isPast = false;
    let timer: ReturnType<typeof setTimeout>;
    const ask = async () => {
      setIsAsking(true);
      const reply = await http.post<AnswerTrial>('/answers/try', wish);
      const answers = reply.ok ? await readAnswers(http, reply.data, known.current) : known.current;
      if (isPast) return;
      setIsAsking(false);
      setTrial({ trial: reply.ok ? reply.data : null, error: reply.ok ? null : reply.error, answers });
      if (reply.ok && reply.data.isUnready) timer = setTimeout(() => void ask(), UNREADY_MS);
    };
    timer = setTimeout(() => void ask(), SETTLED_MS);
    if (seen.current !== stamp) known.current = new Map();
    seen.current = stamp;
    return () => {
      isPast = true;
      clearTimeout(timer);
    };
  }, [http, key, stamp]);
  return { ...trial, isAsking };
}

/** Those that are spoken of and not known yet. */
async function readAnswers(
  http: Http,
  { suggestions, nearest = [] }: AnswerTrial,
  known: Map<string, Answer>,
): Promise<Map<string, Answer>> {
  const ids = new Set([...suggestions, ...nearest].map(({ answerId }) => answerId).filter((id) => !known.has(id)));
  const replies = await Promise.all([...ids].map((id) => http.get<Answer>(`/answers/${id}`)));
  for (const reply of replies) if (reply.ok) known.set(reply.data.id, reply.data);
  return known;
}
