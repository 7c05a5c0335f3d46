/** A card that is in the hand: with the pointer, with a finger that has rested on it, or with the keyboard. */
import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Opportunity } from '../../shared/opportunity.ts';
import type { CardPlace } from './board-state.ts';

export interface Lifted {
  card: Opportunity;
  from: CardPlace;
  /** A column, or one of the two ends. */
  to: CardPlace | 'won' | 'lost';
  by: 'pointer' | 'keyboard';
}

interface Held {
  card: Opportunity;
  from: CardPlace;
  x: number;
  y: number;
  pointerId: number;
  /** Of the pointer in the card. */
  grip: { x: number; y: number; width: number };
}

/** So far a mouse moves before it pulls rather than presses. */
const PULL_PX = 5;
/** So long a finger rests before it lifts rather than scrolls, and so far it may tremble meanwhile. */
const REST_MS = 350;
const TREMBLE_PX = 10;
const EDGE_PX = 48;
const STEP_PX = 14;

interface LiftOptions {
  board: { current: HTMLElement | null };
  onDrop: (lifted: Lifted) => void;
}

export function useCardLift({ board, onDrop }: LiftOptions) {
  const [lifted, setLifted] = useState<Lifted | null>(null);
  const [ghost, setGhost] = useState<{ x: number; y: number; width: number } | null>(null);
  const held = useRef<Held | null>(null);
  const current = useRef<Lifted | null>(null);
  current.current = lifted;
  const restTimer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const drop = useRef(onDrop);
  drop.current = onDrop;
  /** The press that ends a pull opens nothing. */
  const hasPulled = useRef(false);

  const letGo = () => {
    clearTimeout(restTimer.current);
    held.current = null;
    setLifted(null);
    setGhost(null);
  };
  const lift = ({ card, from, grip, x, y }: Held) => {
    hasPulled.current = true;
    setLifted({ card, from, to: from, by: 'pointer' });
    setGhost({ x: x - grip.x, y: y - grip.y, width: grip.width });
  };

  useEffect(() => {
    const onMove = (event: PointerEvent) => {
      const mine = held.current;
      if (!mine || event.pointerId !== mine.pointerId) return;
      const far = Math.hypot(event.clientX - mine.x, event.clientY - mine.y);
      if (!current.current) {
        if (event.pointerType === 'touch') {
          if (far > TREMBLE_PX) letGo();
          return;
        }
        if (far < PULL_PX) return;
        lift(mine);
      }
      setGhost({ x: event.clientX - mine.grip.x, y: event.clientY - mine.grip.y, width: mine.grip.width });
      const to = board.current && placeUnder(board.current, mine.card.id, event.clientX, event.clientY);
      if (to) setLifted((before) => before && { ...before, to });
      if (board.current) scrollAtEdges(board.current, event.clientX, event.clientY);
    };
    const onUp = (event: PointerEvent) => {
      if (event.pointerId !== held.current?.pointerId) return;
      const done = current.current;
      letGo();
      if (done) drop.current(done);
    };
    const onCancel = (event: PointerEvent) => {
      if (event.pointerId === held.current?.pointerId) letGo();
    };
    // A page that scrolls under a lifted card would take it away.
    const onTouchMove = (event: TouchEvent) => {
      if (current.current?.by === 'pointer' && event.cancelable) event.preventDefault();
    };
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || current.current?.by !== 'pointer') return;
      event.preventDefault();
      letGo();
    };
    window.addEventListener('pointermove', onMove);
    window.addEventListener('pointerup', onUp);
    window.addEventListener('pointercancel', onCancel);
    window.addEventListener('touchmove', onTouchMove, { passive: false });
    window.addEventListener('keydown', onKeyDown);
    return () => {
      window.removeEventListener('pointermove', onMove);
      window.removeEventListener('pointerup', onUp);
      window.removeEventListener('pointercancel', onCancel);
      window.removeEventListener('touchmove', onTouchMove);
      window.removeEventListener('keydown', onKeyDown);
      clearTimeout(restTimer.current);
    };
  }, []);

  // The keyboard stays on the card that it carries, wherever it is drawn.
  useLayoutEffect(() => {
    if (lifted?.by !== 'keyboard') return;
    board.current?.querySelector<HTMLElement>(`[data-card="${lifted.card.id}"]`)?.focus();
  }, [lifted]);

  return {
    lifted,
    ghost,
    setLifted,
    /** Whether a press is the end of a pull. */
    wasPulled: () => {
      const was = hasPulled.current;
      hasPulled.current = false;
      return was;
    },
    press(event: PointerEvent, card: Opportunity, from: CardPlace) {
      hasPulled.current = false;
      if (event.button !== 0 || current.current) return;
      const box = (event.currentTarget as HTMLElement).getBoundingClientRect();
      const grip = { x: event.clientX - box.left, y: event.clientY - box.top, width: box.width };
      const mine = { card, from, x: event.clientX, y: event.clientY, pointerId: event.pointerId, grip };
      held.current = mine;
      clearTimeout(restTimer.current);
      if (event.pointerType === 'touch') restTimer.current = setTimeout(() => held.current === mine && lift(mine), REST_MS);
    },
  };
}

/** By the middles of the cards that lie there, as everybody expects. Null where nothing can be dropped. */
function placeUnder(board: HTMLElement, cardId: string, x: number, y: number): Lifted['to'] | null {
  // The two ends lie above one another.
  const column = [...board.querySelectorAll<HTMLElement>('[data-column]')].find((one) => {
    const { left, right, top, bottom } = one.getBoundingClientRect();
    return x >= left && x <= right && (!isEnd(one.dataset.column) || (y >= top && y <= bottom));
  });
  const name = column?.dataset.column;
  if (!column || name === undefined) return null;
  if (isEnd(name)) return name;
  const cards = [...column.querySelectorAll<HTMLElement>('[data-card]')].filter(({ dataset }) => dataset.card !== cardId);
  const index = cards.findIndex((card) => {
    const { top, height } = card.getBoundingClientRect();
    return y < top + height / 2;
  });
  return { stageId: name, index: index === -1 ? cards.length : index };
}

function isEnd(name: string | undefined): name is 'won' | 'lost' {
  return name === 'won' || name === 'lost';
}

function scrollAtEdges(board: HTMLElement, x: number, y: number): void {
  const { left, right } = board.getBoundingClientRect();
  if (x < left + EDGE_PX) board.scrollBy({ left: -STEP_PX });
  if (x > right - EDGE_PX) board.scrollBy({ left: STEP_PX });
  const list = document.elementFromPoint(x, y)?.closest<HTMLElement>('[data-cards]');
  if (!list) return;
  const box = list.getBoundingClientRect();
  if (y < box.top + EDGE_PX) list.scrollBy({ top: -STEP_PX });
  if (y > box.bottom - EDGE_PX) list.scrollBy({ top: STEP_PX });
}
