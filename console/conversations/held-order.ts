import type { RefObject } from 'preact';
import { useCallback, useEffect, useRef, useState } from 'preact/hooks';
import { heldOrder } from './list-views.ts';

/** A finger leaves no trace of where it will be next. */
const TOUCH_HOLDS_MS = 4_000;

interface HeldOrder {
  ids: readonly string[];
  /** How many wait to be let in. */
  newCount: number;
  letIn: () => void;
}

/**
 * Keeps a list still while the pointer or the keyboard is in it, so that nothing slips away under a click. Who works elsewhere
 * meanwhile, with the pointer left lying over the list, lets it go.
 */
export function useHeldOrder(ref: RefObject<HTMLElement | null>, wanted: readonly string[]): HeldOrder {
  const isHeld = useIsAt(ref);
  const held = useRef(wanted);
  const [, redraw] = useState(0);
  if (!isHeld) held.current = wanted;
  const { ids, newIds } = heldOrder(held.current, wanted);
  // What came in behind the last row stands there from now on.
  if (isHeld) held.current = ids;
  const letIn = useCallback(() => {
    held.current = wanted;
    redraw((count) => count + 1);
  }, [wanted]);
  return { ids, newCount: newIds.length, letIn };
}

function useIsAt(ref: RefObject<HTMLElement | null>): boolean {
  const [isPointed, setIsPointed] = useState(false);
  const [isFocused, setIsFocused] = useState(false);
  const timer = useRef<ReturnType<typeof setTimeout> | undefined>(undefined);

  useEffect(() => {
    const list = ref.current;
    if (!list) return undefined;
    const leave = () => {
      clearTimeout(timer.current);
      setIsPointed(false);
    };
    const point = ({ pointerType }: PointerEvent) => {
      clearTimeout(timer.current);
      setIsPointed(true);
      if (pointerType === 'touch') timer.current = setTimeout(leave, TOUCH_HOLDS_MS);
    };
    const focus = (event: FocusEvent) => setIsFocused(isByKeyboard(event.target));
    const unfocus = ({ relatedTarget }: FocusEvent) => {
      if (!(relatedTarget instanceof Node && list.contains(relatedTarget))) setIsFocused(false);
    };
    const workElsewhere = ({ target }: KeyboardEvent) => {
      if (!(target instanceof Node && list.contains(target))) leave();
    };
    list.addEventListener('pointermove', point);
    list.addEventListener('pointerdown', point);
    list.addEventListener('pointerleave', leave);
    list.addEventListener('focusin', focus);
    list.addEventListener('focusout', unfocus);
    document.addEventListener('keydown', workElsewhere);
    window.addEventListener('blur', leave);
    return () => {
      clearTimeout(timer.current);
      list.removeEventListener('pointermove', point);
      list.removeEventListener('pointerdown', point);
      list.removeEventListener('pointerleave', leave);
      list.removeEventListener('focusin', focus);
      list.removeEventListener('focusout', unfocus);
      document.removeEventListener('keydown', workElsewhere);
      window.removeEventListener('blur', leave);
    };
  }, [ref]);

  return isPointed || isFocused;
}

function isByKeyboard(target: EventTarget | null): boolean {
  return target instanceof HTMLElement && target.matches(':focus-visible');
}
