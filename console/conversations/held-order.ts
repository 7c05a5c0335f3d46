import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { heldOrder } from './list-views.ts';

/** A pointer that has not moved for this long is no longer about to click. */
const HELD_FOR_MS = 4_000;

interface HeldOrder {
  ids: readonly string[];
  /** How many wait to be let in. */
  newCount: number;
  letIn: () => void;
  onPointerMove: () => void;
  onPointerLeave: () => void;
}

/** Keeps a list still while the pointer is over it and moving, so that nothing slips away under a click. */
export function useHeldOrder(wanted: readonly string[]): HeldOrder {
  const [isHeld, setIsHeld] = useState(false);
  const held = useRef(wanted);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);
  const [, redraw] = useState(0);
  if (!isHeld) held.current = wanted;

  const onPointerMove = useCallback(() => {
    setIsHeld(true);
    clearTimeout(timer.current);
    timer.current = setTimeout(() => setIsHeld(false), HELD_FOR_MS);
  }, []);
  const onPointerLeave = useCallback(() => {
    clearTimeout(timer.current);
    setIsHeld(false);
  }, []);
  useEffect(() => () => clearTimeout(timer.current), []);

  const { ids, newIds } = heldOrder(held.current, wanted);
  const letIn = () => {
    held.current = wanted;
    redraw((count) => count + 1);
  };
  return { ids, newCount: newIds.length, letIn, onPointerMove, onPointerLeave };
}
