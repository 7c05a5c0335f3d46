import type { ComponentChildren } from 'preact';
import { useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Notice } from '../../shared/message.ts';
import type { ReadingPlace } from '../panel-state.ts';
import type { Speech } from '../texts/speech-in.ts';
import type { TranscriptItem } from '../transcript-items.ts';
import { BubbleGroup } from './bubble-group.tsx';
import { useSpeech } from './speech.ts';
import type { TalkNotes } from './talk-notes.tsx';

interface TranscriptViewProps {
  items: readonly TranscriptItem[];
  business: string;
  avatarOf: (authorName: string | undefined) => string | null;
  hasEarlier: boolean;
  isLoadingEarlier: boolean;
  unread: number;
  typingName: string | null;
  /** Null until they are here. */
  notes: TalkNotes | null;
  /** Where the reader was on the page before. */
  initialPlace: ReadingPlace;
  /** Stands above the first message. */
  children?: ComponentChildren;
  /** Stands below the last message. */
  after?: ComponentChildren;
  onRetry: (id: string) => void;
  onDiscard: (id: string) => void;
  onReachTop: () => void;
  /** Called whenever the reader has moved; null: at the newest message. */
  onPlace: (place: ReadingPlace) => void;
}

/** From here on one is reading history rather than looking at the newest message. */
const AT_BOTTOM_PX = 24;
const NEAR_TOP_PX = 240;

/**
 * The scroller is laid out from its lower end (`column-reverse`), so it rests at the newest message by itself, whatever
 * grows or shrinks around it. Away from there the message at the upper edge is what must not move.
 */
export function TranscriptView(props: TranscriptViewProps) {
  const speech = useSpeech();
  const { t, times } = speech;
  const { notes } = props;
  const scroller = useRef<HTMLDivElement>(null);
  const place = useRef<ReadingPlace>(props.initialPlace);
  const [isAway, setAway] = useState(props.initialPlace !== null);
  const newestOwnId = newestOwn(props.items);
  const lastOwnId = useRef(newestOwnId);

  const scrollToNewest = () => {
    if (scroller.current) scroller.current.scrollTop = 0;
    notePlace();
  };

  /** `scrollTop` is 0 at the newest message and negative above it. */
  function notePlace() {
    const box = scroller.current;
    if (!box) return;
    const isAtBottom = box.scrollTop > -AT_BOTTOM_PX;
    place.current = isAtBottom ? null : findPlace(box);
    setAway(!isAtBottom);
    props.onPlace(place.current);
    if (props.hasEarlier && box.scrollHeight - box.clientHeight + box.scrollTop < NEAR_TOP_PX) props.onReachTop();
  }

  useLayoutEffect(() => {
    const box = scroller.current;
    if (!box) return;
    if (newestOwnId !== lastOwnId.current) {
      lastOwnId.current = newestOwnId;
      box.scrollTop = 0;
    } else if (place.current) {
      const rested = box.querySelector(`[data-message="${place.current.messageId}"]`);
      if (rested) box.scrollTop += topWithin(rested, box) - place.current.top;
    }
    // Where nothing is, nothing has to be laid out to know the place.
    if (props.items[0]) notePlace();
  }, [props.items, props.typingName, notes]);

  return (
    <div class="transcript">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <div ref={scroller} class="scroller" role="log" aria-live="off" aria-label={t('messages')} tabIndex={0} onScroll={notePlace}>
        <div class="content">
          {props.children}
          {props.isLoadingEarlier && <p class="loading-earlier">{t('loadingEarlier')}</p>}
          <ol class="messages">
            {props.items.map((item) =>
              item.kind === 'group' ? (
                <BubbleGroup
                  key={item.key}
                  group={item}
                  business={props.business}
                  avatarUrl={props.avatarOf(item.author.name)}
                  notes={notes}
                  onRetry={props.onRetry}
                  onDiscard={props.onDiscard}
                />
              ) : item.kind === 'day' ? (
                <li key={item.key} class="day">
                  {times.day(item.at)}
                </li>
              ) : (
                <li key={item.key} class="notice" dir={item.notice ? undefined : 'auto'}>
                  {noticeIn(speech, item.notice) || item.text}
                </li>
              ),
            )}
          </ol>
          {props.after}
          {notes && props.typingName !== null && <notes.TypingNote name={props.typingName || props.business} />}
        </div>
      </div>
      {notes && isAway && <notes.ToNewest unread={props.unread} onClick={scrollToNewest} />}
    </div>
  );
}

/** Empty for a kind that is not known here. What agents do among themselves is told to agents alone. */
function noticeIn({ t, times }: Speech, notice: Notice | undefined): string {
  if (!notice) return '';
  const { kind, name = '', at } = notice as Notice & { kind: Exclude<Notice['kind'], 'handed' | 'prioritized' | 'routed' | 'called'> };
  return t(kind === 'callback' && at ? 'callbackAtNotice' : `${kind}Notice`, { name, when: at ? times.ahead(at) : '' });
}

function newestOwn(items: readonly TranscriptItem[]): string | undefined {
  const group = items.findLast((item) => item.kind === 'group' && item.author.kind === 'visitor');
  return group?.kind === 'group' ? group.bubbles.at(-1)?.id : undefined;
}

function topWithin(element: Element, box: Element): number {
  return element.getBoundingClientRect().top - box.getBoundingClientRect().top;
}

/** The first message that is not wholly above the upper edge. */
function findPlace(box: Element): ReadingPlace {
  for (const element of box.querySelectorAll<HTMLElement>('[data-message]')) {
    const top = topWithin(element, box);
    if (top + element.offsetHeight > 0) return { messageId: element.dataset.message ?? '', top };
  }
  return null;
}
