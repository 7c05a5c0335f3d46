import type { DeliveryState, TranscriptItem } from '../transcript-items.ts';
import { Face } from './face.tsx';
import { ClockGlyph, ReadGlyph, SentGlyph } from './glyphs.tsx';
import { MessageText } from './message-text.tsx';
import { SentFiles } from './sent-files.tsx';
import { useSpeech } from './speech.ts';
import type { TalkNotes } from './talk-notes.tsx';

interface BubbleGroupProps {
  group: Extract<TranscriptItem, { kind: 'group' }>;
  /** Who speaks for messages without a name of their own. */
  business: string;
  avatarUrl?: string | null | undefined;
  notes: TalkNotes | null;
  onRetry: (id: string) => void;
  onDiscard: (id: string) => void;
}

/** What is not sent says so itself. */
const marks = { sending: ClockGlyph, sent: SentGlyph, read: ReadGlyph } as const;

/** What one person said within a minute, with one time and, for one's own words, one mark. */
export function BubbleGroup({ group, business, avatarUrl, notes, onRetry, onDiscard }: BubbleGroupProps) {
  const { t, times } = useSpeech();
  const isOwn = group.author.kind === 'visitor';
  const name = group.author.name ?? business;
  const last = group.bubbles.at(-1);
  return (
    <li class={`group ${group.author.kind} ${group.isFirst ? 'first' : ''}`}>
      {!isOwn && <Face name={name} url={avatarUrl} size="small" />}
      <div class="bubbles">
        {!isOwn && group.isFirst ? (
          <span class="author" dir="auto">
            {name}
          </span>
        ) : (
          <span class="unseen">{t('saidBy', { name: isOwn ? t('you') : name })}</span>
        )}
        {group.bubbles.map((bubble) => (
          <div key={bubble.id} class="said" data-message={bubble.id}>
            {bubble.files?.[0] && <SentFiles files={bubble.files} />}
            {(bubble.text || !bubble.files?.[0]) && (
              <p class="bubble" dir="auto" data-state={bubble.state}>
                <MessageText text={bubble.text} />
              </p>
            )}
            {notes && bubble.state === 'failed' && (
              <notes.Failure onRetry={() => onRetry(bubble.id)} onDiscard={() => onDiscard(bubble.id)} />
            )}
          </div>
        ))}
        {last?.state !== 'failed' && (
          <p class="when">
            <time dateTime={new Date(group.at).toISOString()} title={times.full(group.at)}>
              {times.time(group.at)}
            </time>
            {last?.state && <DeliveryMark state={last.state} />}
          </p>
        )}
      </div>
    </li>
  );
}

function DeliveryMark({ state }: { state: Exclude<DeliveryState, 'failed'> }) {
  const { t } = useSpeech();
  const Mark = marks[state];
  return (
    <span class="mark" data-state={state} title={t(state)}>
      <Mark />
      <span class="unseen">{t(state)}</span>
    </span>
  );
}
