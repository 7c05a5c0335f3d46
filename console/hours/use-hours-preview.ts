import { useEffect, useRef, useState } from 'preact/hooks';
import type { HoursPreview, HoursRules } from '../../shared/business-hours.ts';
import type { ErrorReply } from '../../shared/errors.ts';
import type { Http } from '../http.ts';

/** Who types asks once, after the last key. */
const PAUSE_MS = 300;
const PREVIEW_DAYS = 60;

interface ShownPreview {
  /** The last one that could be reckoned. */
  value: HoursPreview | null;
  error: ErrorReply | null;
  /** What is shown is of an earlier draft. */
  isOld: boolean;
  retry: () => void;
}

/** What hours that need not be saved mean for the next days. */
export function useHoursPreview(http: Http, hours: HoursRules): ShownPreview {
  const [value, setValue] = useState<HoursPreview | null>(null);
  const [error, setError] = useState<ErrorReply | null>(null);
  const [shownKey, setShownKey] = useState('');
  const [turn, setTurn] = useState(0);
  const key = JSON.stringify(hours);
  const isFirst = useRef(true);
  useEffect(() => {
    let isOvertaken = false;
    const ask = async () => {
      const reply = await http.post<HoursPreview>('/business-hours/preview', { hours, days: PREVIEW_DAYS });
      if (isOvertaken) return;
      setError(reply.ok ? null : reply.error);
      if (reply.ok) setValue(reply.data);
      setShownKey(key);
    };
    const timer = setTimeout(() => void ask(), isFirst.current ? 0 : PAUSE_MS);
    isFirst.current = false;
    return () => {
      isOvertaken = true;
      clearTimeout(timer);
    };
  }, [key, turn]);
  return { value, error, isOld: shownKey !== key, retry: () => setTurn(turn + 1) };
}
