import { useRef } from 'preact/hooks';
import { AlertGlyph, glyph } from './glyphs.tsx';
import { ReachRequest } from './reach-request.tsx';
import { useSpeech } from './speech.ts';
import css from './talk-notes.css?inline';
import { useStyle } from './use-style.ts';

const NewestGlyph = glyph(<path d="M12 5v14m7-7-7 7-7-7" />);

/** What stands in a conversation beside its messages; fetched with the first of them. */
export const talkNotes = { Failure, ReachRequest, ToNewest, TypingNote };

export type TalkNotes = typeof talkNotes;

function Failure({ onRetry, onDiscard }: { onRetry: () => void; onDiscard: () => void }) {
  const { t } = useSpeech();
  const place = useRef<HTMLParagraphElement>(null);
  useStyle(place, css);
  return (
    <p ref={place} class="failure">
      <AlertGlyph />
      {t('notSent')}
      <button type="button" onClick={onRetry}>
        {t('tryAgain')}
      </button>
      <button type="button" onClick={onDiscard}>
        {t('discard')}
      </button>
    </p>
  );
}

function TypingNote({ name }: { name: string }) {
  const { t } = useSpeech();
  const place = useRef<HTMLParagraphElement>(null);
  useStyle(place, css);
  return (
    <p ref={place} class="typing">
      <span class="dots" aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      <span>{t('typing', { name })}</span>
    </p>
  );
}

/** Brings whoever reads history back to the newest message. */
function ToNewest({ unread, onClick }: { unread: number; onClick: () => void }) {
  const { t } = useSpeech();
  const place = useRef<HTMLButtonElement>(null);
  useStyle(place, css);
  return (
    <button ref={place} type="button" class="pill" onClick={onClick} aria-label={unread > 0 ? undefined : t('toNewest')}>
      <NewestGlyph />
      {unread > 0 && <span>{t('newMessages', { count: unread })}</span>}
    </button>
  );
}
