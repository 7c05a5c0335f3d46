import type { ComponentChildren, RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { MESSAGE_TEXT_MAX } from '../../shared/limits.ts';
import { SendGlyph } from './glyphs.tsx';
import { useSpeech } from './speech.ts';

interface DraftComposerProps {
  text: string;
  /** Files are chosen, so nothing has to be written. */
  hasFiles?: boolean;
  /** What stands beside the text. */
  tools?: (box: RefObject<HTMLTextAreaElement | null>) => ComponentChildren;
  /** The browser could not keep the last message, so it is still here. */
  isNotKept: boolean;
  /** Nobody would get what is written: it can be read and kept, no more. */
  isOff: boolean;
  onInput: (text: string) => void;
  onSend: () => void;
  onTyping: (isTyping: boolean) => void;
}

/** Below this many characters it is told how many are left. */
const COUNTER_FROM = 500;

export function DraftComposer({ text, hasFiles, tools, isNotKept, isOff, onInput, onSend, onTyping }: DraftComposerProps) {
  const { t } = useSpeech();
  const box = useRef<HTMLTextAreaElement>(null);
  const left = MESSAGE_TEXT_MAX - text.length;
  const canSend = !isOff && (hasFiles || text.trim() !== '') && left >= 0;

  useLayoutEffect(() => {
    if (!box.current) return;
    box.current.style.height = 'auto';
    // Empty, it is as high as its one row: to know that, the panel that just appears need not be laid out.
    if (text) box.current.style.height = `${box.current.scrollHeight}px`;
  }, [text]);

  // A field that disappears with the focus in it says nothing of it.
  useEffect(() => () => onTyping(false), []);

  const send = () => {
    if (canSend) onSend();
    box.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    // While a word is being composed (Chinese, Japanese, swipe keyboards) Enter belongs to the keyboard.
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing || event.keyCode === 229) return;
    event.preventDefault();
    send();
  };

  return (
    <div class="composer">
      {isNotKept && (
        <p class="hint" data-bad role="alert">
          {t('notKept')}
        </p>
      )}
      {left < COUNTER_FROM && (
        <p class="hint" data-bad={left < 0 || undefined} role="status">
          {left < 0 ? t('charactersOver', { count: -left }) : t('charactersLeft', { count: left })}
        </p>
      )}
      <div class="field">
        {tools?.(box)}
        <textarea
          ref={box}
          rows={1}
          // An empty field follows the interface, so that its placeholder stands on the right side.
          dir={text === '' ? undefined : 'auto'}
          value={text}
          disabled={isOff}
          placeholder={t('compose')}
          aria-label={t('compose')}
          enterkeyhint="send"
          onInput={(event) => onInput(event.currentTarget.value)}
          onKeyDown={onKeyDown}
          onFocus={() => onTyping(true)}
          onBlur={() => onTyping(false)}
        />
        <button type="button" class="send" aria-label={t('send')} title={t('send')} aria-disabled={!canSend} onClick={send}>
          <SendGlyph />
        </button>
      </div>
    </div>
  );
}
