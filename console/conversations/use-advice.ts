import { useEffect, useState } from 'preact/hooks';
import type { Advice } from '../../shared/advice.ts';
import type { Desk } from './desk.ts';

/** Visitors write in several short messages: the last of them is asked about. */
const SETTLES_MS = 250;
/** Something may have been refused for the moment. */
const AGAIN_MS = 3_000;

/** Asks once for each question that stands open while somebody looks; what is not wanted any more is not waited for. Null: nothing is known yet. */
export function useAdvice(desk: Desk, conversationId: string, questionId: string): Advice | null {
  const [advice, setAdvice] = useState<Advice | null>(null);
  const isSeen = useIsSeen();
  const isLive = desk.connection.state.value === 'live';
  const isKnown = advice?.messageId === questionId;
  useEffect(() => {
    if (isKnown || !isSeen || !isLive) return undefined;
    const ending = new AbortController();
    let timer: ReturnType<typeof setTimeout>;
    const ask = async () => {
      const reply = await desk.advice.ask(conversationId, ending.signal);
      if (ending.signal.aborted) return;
      if (reply.ok && reply.data.isUnready) timer = setTimeout(() => void ask(), AGAIN_MS);
      // What has been answered in this moment has no advice.
      else if (reply.ok) setAdvice({ ...reply.data, messageId: questionId });
      else if (reply.error.code !== 'not-found' && reply.error.code !== 'forbidden') {
        timer = setTimeout(() => void ask(), reply.error.retryAfterMs ?? AGAIN_MS);
      }
    };
    timer = setTimeout(() => void ask(), SETTLES_MS);
    return () => {
      ending.abort();
      clearTimeout(timer);
    };
  }, [desk, conversationId, questionId, isKnown, isSeen, isLive]);
  return isKnown ? advice : null;
}

/** Whether the page is in sight at all. */
function useIsSeen(): boolean {
  const [isSeen, setIsSeen] = useState(document.visibilityState === 'visible');
  useEffect(() => {
    const look = () => setIsSeen(document.visibilityState === 'visible');
    document.addEventListener('visibilitychange', look);
    return () => document.removeEventListener('visibilitychange', look);
  }, []);
  return isSeen;
}
