import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { ConversationSearchReply } from '../../shared/search.ts';
import type { Http } from '../http.ts';
import { t } from '../texts/texts.ts';
import { IconButton } from '../ui/button.tsx';
import { formatNumber } from '../ui/format.ts';
import styles from './find-bar.module.css';

const PAUSE_MS = 150;

interface FindBarProps {
  http: Http;
  conversationId: string;
  /** The message that shall be in sight, with the words to mark; null: none. */
  onTarget: (target: { seq: number; words: readonly string[] } | null) => void;
  onClose: () => void;
}

/** Looks for words in one conversation, from the newest place back. */
export function FindBar({ http, conversationId, onTarget, onClose }: FindBarProps) {
  const [text, setText] = useState('');
  const [reply, setReply] = useState<ConversationSearchReply | null>(null);
  const [isFailed, setIsFailed] = useState(false);
  const [place, setPlace] = useState(0);
  const inputRef = useRef<HTMLInputElement>(null);
  const asked = useRef(0);
  const query = text.trim();

  // Before the page is painted: what is typed right after the click is not lost.
  useLayoutEffect(() => inputRef.current?.focus(), []);
  useEffect(() => {
    asked.current += 1;
    const mine = asked.current;
    if (query === '') {
      setReply(null);
      onTarget(null);
      return;
    }
    const timer = setTimeout(async () => {
      const answer = await http.get<ConversationSearchReply>(`/conversations/${conversationId}/finds`, { q: query });
      if (mine !== asked.current) return;
      setIsFailed(!answer.ok);
      setReply(answer.ok ? answer.data : null);
      if (answer.ok) show(answer.data, 0);
    }, PAUSE_MS);
    return () => clearTimeout(timer);
  }, [query, conversationId]);
  useEffect(
    () => () => {
      asked.current += 1;
    },
    [],
  );

  function show(found: ConversationSearchReply, at: number): void {
    const seq = found.seqs[at];
    setPlace(at);
    onTarget(seq === undefined ? null : { seq, words: found.words });
  }

  const count = reply?.seqs.length ?? 0;
  const step = (by: 1 | -1) => {
    if (reply && count > 0) show(reply, (place + by + count) % count);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Escape') {
      event.stopPropagation();
      onClose();
    } else if (event.key === 'Enter' || event.key === 'ArrowUp' || event.key === 'ArrowDown') {
      event.preventDefault();
      step(event.key === 'ArrowDown' || event.shiftKey ? -1 : 1);
    }
  };
  const state = isFailed
    ? t('find.failed')
    : reply === null
      ? ''
      : count === 0
        ? t('search.nothing')
        : placeText(place, count, reply.isCut);
  return (
    <search class={styles.bar} aria-label={t('find.label')}>
      <input
        ref={inputRef}
        class={styles.input}
        type="text"
        aria-label={t('find.label')}
        placeholder={t('find.placeholder')}
        dir="auto"
        maxLength={400}
        autoComplete="off"
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
        onKeyDown={onKeyDown}
      />
      <span class={styles.state} role="status">
        {state}
      </span>
      <span class={styles.up}>
        <IconButton icon="arrow-down" label={t('find.older')} aria-disabled={count === 0} onClick={() => step(1)} />
      </span>
      <IconButton icon="arrow-down" label={t('find.newer')} aria-disabled={count === 0} onClick={() => step(-1)} />
      <IconButton icon="x" label={t('find.close')} onClick={onClose} />
    </search>
  );
}

function placeText(place: number, count: number, isCut: boolean): string {
  return t('find.place', { place: place + 1, total: isCut ? `${formatNumber(count)}+` : formatNumber(count) });
}
