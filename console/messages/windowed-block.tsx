import type { RefObject } from 'preact';
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { memo } from '../ui/memo.ts';
import { isSameBlock, type MessageBlock } from './message-blocks.ts';
import styles from './message-history.module.css';
import { MessageRow } from './message-row.tsx';

interface WindowedBlockProps {
  block: MessageBlock;
  scroller: RefObject<HTMLElement | null>;
  /** Of blocks that were drawn before. */
  heights: Map<number, number>;
  /** In sight when the conversation comes on screen: drawn at once. */
  isFirstInSight: boolean;
  onDrawn: () => void;
  agentId: string;
  contactName: string;
  contactId: string;
  isNameless: boolean;
  /** Start of today: day lines change with it and with nothing else. */
  today: number;
}

/** How far from the visible part messages are kept in the page. */
const DRAWN_WITHIN = '1600px 0px';

/**
 * Messages that are in the page only while they are near what is seen; otherwise an empty space of their height. Ten
 * thousand messages cost what a few screens of them cost.
 */
export const WindowedBlock = memo(
  ({ block, scroller, heights, isFirstInSight, onDrawn, agentId, contactName, contactId, isNameless, today }: WindowedBlockProps) => {
    const ref = useRef<HTMLLIElement>(null);
    const [emptyHeight, setEmptyHeight] = useState<number | null>(isFirstInSight ? null : (heights.get(block.key) ?? null));

    useEffect(() => {
      const element = ref.current;
      if (!element || typeof IntersectionObserver === 'undefined') return;
      const observer = new IntersectionObserver(
        (entries) => {
          const isNear = entries.at(-1)?.isIntersecting ?? true;
          if (!isNear) heights.set(block.key, element.getBoundingClientRect().height);
          setEmptyHeight(isNear ? null : (heights.get(block.key) ?? null));
        },
        { root: scroller.current, rootMargin: DRAWN_WITHIN },
      );
      observer.observe(element);
      return () => observer.disconnect();
    }, [scroller]);

    useLayoutEffect(() => {
      if (emptyHeight === null) onDrawn();
    }, [emptyHeight, onDrawn]);

    return (
      <li
        ref={ref}
        class={styles.block}
        data-from-seq={block.messages[0]?.seq}
        style={{ blockSize: emptyHeight === null ? '' : `${emptyHeight}px` }}
      >
        {emptyHeight === null && (
          <ul>
            {block.messages.map((message, index) => (
              <MessageRow
                key={message.seq}
                message={message}
                previous={block.messages[index - 1] ?? block.previous}
                agentId={agentId}
                contactName={contactName}
                contactId={contactId}
                isNameless={isNameless}
                now={today}
              />
            ))}
          </ul>
        )}
      </li>
    );
  },
  (before, after) =>
    isSameBlock(before.block, after.block) &&
    before.agentId === after.agentId &&
    before.contactName === after.contactName &&
    before.contactId === after.contactId &&
    before.isNameless === after.isNameless &&
    before.today === after.today,
);
