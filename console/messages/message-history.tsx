import { useEffect, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { PendingMessage } from '../../shared/outbox.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { Icon } from '../ui/icon.tsx';
import { screenClock } from '../ui/screen-clock.ts';
import type { AgentUploads } from './agent-uploads.ts';
import { MessageAnnouncer } from './message-announcer.tsx';
import { blockAt, toBlocks } from './message-blocks.ts';
import styles from './message-history.module.css';
import { type MessageTarget, useMessageTarget } from './message-target.ts';
import { type PendingActions, PendingRow } from './pending-row.tsx';
import { ReadMark } from './read-mark.tsx';
import { useScrolling } from './scrolling.ts';
import type { TranscriptState } from './transcript-state.ts';
import { WindowedBlock } from './windowed-block.tsx';
import { WrittenText } from './written-text.tsx';

interface MessageHistoryProps extends PendingActions {
  state: TranscriptState;
  pending: readonly PendingMessage[];
  agentId: string;
  contactName: string;
  contactId: string;
  isNameless: boolean;
  visitorReadSeq: number;
  /** What the visitor is writing right now. */
  preview: string | null;
  uploads: AgentUploads;
  /** The agent is at this conversation, not at another one beside it. */
  isInFocus?: boolean;
  /** Everything up to this `seq` was in sight of somebody who looks. */
  onSeen: (seq: number) => void;
  /** The message that shall be in sight. */
  target?: MessageTarget | null;
}

export function MessageHistory({
  state,
  pending,
  agentId,
  contactName,
  contactId,
  isNameless,
  visitorReadSeq,
  preview,
  uploads,
  isInFocus = true,
  onSeen,
  target = null,
  ...actions
}: MessageHistoryProps) {
  const { messages, hasEarlier } = state.transcript.value;
  const lastSeq = messages.at(-1)?.seq ?? 0;
  const blocks = useMemo(() => toBlocks(messages), [messages]);
  const { place } = state.reading;
  const waiting = useMemo(() => withoutStored(pending, messages), [pending, messages]);
  const today = new Date(screenClock.value).setHours(0, 0, 0, 0);
  const { scrollerRef, contentRef, isAtEnd, toEnd, leaveEnd, noticeDrawn } = useScrolling({
    firstSeq: messages[0]?.seq ?? 0,
    reading: state.reading,
    onNearStart: () => {
      if (hasEarlier && state.earlierPhase.value === 'idle') void state.loadEarlier();
    },
  });

  useMessageTarget({ state, target, scroller: scrollerRef, onLeaveEnd: leaveEnd });
  useOwnSendsInSight(waiting, toEnd);
  useSeen(lastSeq, isAtEnd && isInFocus, onSeen);
  const newCount = useNewCount(lastSeq, isAtEnd);
  const label = t('transcript.label', { name: contactName });

  return (
    <div class={styles.frame}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling area must be reachable by keyboard */}
      <section ref={scrollerRef} class={styles.scroller} aria-label={label} tabIndex={0} onKeyDown={walkMessages}>
        <div ref={contentRef} class={styles.content}>
          <Earlier state={state} hasEarlier={hasEarlier} />
          <ul>
            {blocks.map((block, at) => (
              <WindowedBlock
                key={block.key}
                block={block}
                scroller={scrollerRef}
                heights={state.reading.heights}
                onDrawn={noticeDrawn}
                isFirstInSight={place === null ? at >= blocks.length - 2 : Math.abs(block.key - blockAt(place.seq)) <= 1}
                agentId={agentId}
                contactName={contactName}
                contactId={contactId}
                isNameless={isNameless}
                today={today}
              />
            ))}
            {waiting.map((message) => (
              <PendingRow key={message.id} message={message} uploads={uploads} {...actions} />
            ))}
          </ul>
          {waiting.length === 0 && <ReadMark messages={messages} visitorReadSeq={visitorReadSeq} />}
          {preview !== null && <VisitorPreview name={contactName} text={preview} />}
        </div>
      </section>
      {newCount > 0 && (
        <Button class={styles.pill} icon="arrow-down" onClick={toEnd}>
          {t('transcript.new', { count: newCount })}
        </Button>
      )}
      <MessageAnnouncer messages={messages} agentId={agentId} contactName={contactName} />
    </div>
  );
}

/** Enter goes from the history to its last message, arrows from one to the next. */
function walkMessages(event: KeyboardEvent & { currentTarget: HTMLElement }): void {
  const { currentTarget: history, key, target } = event;
  const rows = [...history.querySelectorAll<HTMLElement>('[data-message]')];
  const at = rows.indexOf(target as HTMLElement);
  const next =
    target === history ? key === 'Enter' && rows.at(-1) : at >= 0 && rows[at + Number(key === 'ArrowDown') - Number(key === 'ArrowUp')];
  if (!next || next === target) return;
  event.preventDefault();
  next.focus();
}

function Earlier({ state, hasEarlier }: { state: TranscriptState; hasEarlier: boolean }) {
  if (!hasEarlier) return null;
  const phase = state.earlierPhase.value;
  return (
    <div class={styles.earlier}>
      {phase === 'failed' && <p>{t('transcript.earlierFailed')}</p>}
      <Button size="small" look="quiet" isBusy={phase === 'loading'} onClick={() => void state.loadEarlier()}>
        {phase === 'failed' ? t('action.retry') : t('transcript.earlier')}
      </Button>
    </div>
  );
}

function VisitorPreview({ name, text }: { name: string; text: string }) {
  return (
    <div class={styles.preview}>
      <p class={styles.previewHead}>
        <Icon name="pencil" size="small" />
        {t('transcript.typing', { name })}
      </p>
      <div class={styles.previewText}>
        <WrittenText text={text} />
      </div>
    </div>
  );
}

/** A broadcast may show a message stored before its acknowledgement takes it out of the outbox. */
function withoutStored(pending: readonly PendingMessage[], messages: readonly { id: string }[]): readonly PendingMessage[] {
  if (pending.length === 0) return pending;
  const stored = new Set(messages.map((message) => message.id));
  return pending.filter((message) => !stored.has(message.id));
}

/** Who sends wants to see it, wherever in the history they were. */
function useOwnSendsInSight(waiting: readonly PendingMessage[], toEnd: () => void): void {
  const lastId = waiting.at(-1)?.id;
  const shownId = useRef(lastId);
  useLayoutEffect(() => {
    if (lastId !== undefined && lastId !== shownId.current) toEnd();
    shownId.current = lastId;
  }, [lastId, toEnd]);
}

function useSeen(lastSeq: number, isInSight: boolean, onSeen: (seq: number) => void): void {
  useEffect(() => {
    const look = () => {
      if (isInSight && lastSeq > 0 && document.visibilityState === 'visible' && document.hasFocus()) onSeen(lastSeq);
    };
    look();
    window.addEventListener('focus', look);
    document.addEventListener('visibilitychange', look);
    return () => {
      window.removeEventListener('focus', look);
      document.removeEventListener('visibilitychange', look);
    };
  }, [lastSeq, isInSight, onSeen]);
}

/** How many messages came below the visible part since the end was left. */
function useNewCount(lastSeq: number, isAtEnd: boolean): number {
  const [leftAt, setLeftAt] = useState(lastSeq);
  useEffect(() => {
    if (isAtEnd) setLeftAt(lastSeq);
  }, [isAtEnd, lastSeq]);
  return isAtEnd ? 0 : lastSeq - leftAt;
}
