import type { RefObject } from 'preact';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import type { MessageTarget } from '../messages/message-target.ts';

type Wanted = Pick<MessageTarget, 'seq' | 'words'>;

/** The message to be shown: first the one in the address, then whatever is looked for. Each wish is a new turn. */
export function useTarget(messageSeq: number | null): [MessageTarget | null, (wanted: Wanted | null) => void] {
  const turn = useRef(0);
  const next = useCallback((wanted: Wanted | null) => {
    turn.current += 1;
    setTarget(wanted && { ...wanted, turn: turn.current });
  }, []);
  const [target, setTarget] = useState<MessageTarget | null>(messageSeq === null ? null : { seq: messageSeq, words: [], turn: 0 });
  const shown = useRef(messageSeq);
  useEffect(() => {
    if (shown.current === messageSeq) return;
    shown.current = messageSeq;
    next(messageSeq === null ? null : { seq: messageSeq, words: [] });
  }, [messageSeq]);
  return [target, next];
}

/** Ctrl+F while the focus is in the conversation, or nowhere and this is the one in focus; a second one there is the browser's own. */
export function useFindKey(pane: RefObject<HTMLElement | null>, isInFocus: boolean, onFind: () => void): void {
  const find = useRef(onFind);
  find.current = onFind;
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.code !== 'KeyF' || !(event.ctrlKey || event.metaKey) || event.shiftKey || event.altKey) return;
      const { target } = event;
      const isInPane = target instanceof Element && (pane.current?.contains(target) || (isInFocus && target === document.body));
      if (!isInPane || target.closest('search, dialog')) return;
      event.preventDefault();
      find.current();
    };
    document.addEventListener('keydown', onKeyDown);
    return () => document.removeEventListener('keydown', onKeyDown);
  }, [isInFocus]);
}
