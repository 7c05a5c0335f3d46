import { useEffect, useRef, useState } from 'preact/hooks';
import type { Answer, AnswerTrial, AnswerTryRequest } from '../../shared/automatic-answer.ts';
import type { ErrorReply } from '../../shared/errors.ts';
import type { Http } from '../http.ts';

/** Whoever types is not asked about after each letter. */
const SETTLED_MS = 250;
/** What was saved is learned by then. */
const LEARNED_MS = 1_200;
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
      const answers = reply.ok ? await readAnswers(http, reply.data) : new Map<string, Answer>();
      if (isPast) return;
      setIsAsking(false);
      setTrial({ trial: reply.ok ? reply.data : null, error: reply.ok ? null : reply.error, answers });
      if (reply.ok && reply.data.isUnready) timer = setTimeout(() => void ask(), UNREADY_MS);
    };
    timer = setTimeout(() => void ask(), seen.current === stamp ? SETTLED_MS : LEARNED_MS);
    seen.current = stamp;
    return () => {
      isPast = true;
      clearTimeout(timer);
    };
  }, [http, key, stamp]);
  return { ...trial, isAsking };
}

async function readAnswers(http: Http, { suggestions, nearest = [] }: AnswerTrial): Promise<Map<string, Answer>> {
  const ids = [...new Set([...suggestions, ...nearest].map(({ answerId }) => answerId))];
  const replies = await Promise.all(ids.map((id) => http.get<Answer>(`/answers/${id}`)));
  return new Map(replies.flatMap((reply) => (reply.ok ? [[reply.data.id, reply.data] as const] : [])));
}
