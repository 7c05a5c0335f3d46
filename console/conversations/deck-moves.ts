import { useLocation } from 'preact-iso';
import { t } from '../texts/texts.ts';
import { showToast } from '../ui/toast.tsx';
import { DECK_MAX } from './deck.ts';
import type { Desk } from './desk.ts';
import type { ViewName } from './list-views.ts';
import { conversationPath, viewPath } from './paths.ts';

export interface DeckMoves {
  /** Into focus; opened where it is not open yet. */
  goTo: (id: string, options?: { isWriting?: boolean }) => void;
  openBeside: (id: string) => void;
  close: (id: string) => void;
}

/** What an agent does with the deck, by pointer or key. The address names the conversation in focus. */
export function useDeckMoves({ deck }: Desk, view: ViewName): DeckMoves {
  const { route } = useLocation();
  const follow = (isStep: boolean) => {
    const id = deck.focusedId.peek();
    route(id === null ? viewPath(view) : conversationPath(id, view), !isStep);
  };
  return {
    goTo: (id, { isWriting = false } = {}) => {
      const isNew = !deck.has(id);
      deck.enter(id);
      if (isWriting) deck.write(id);
      follow(isNew);
    },
    openBeside: (id) => {
      const isNew = !deck.has(id);
      if (deck.openBeside(id)) follow(isNew);
      else showFull();
    },
    close: (id) => {
      const wasInFocus = deck.focusedId.peek() === id;
      deck.close(id);
      if (!wasInFocus) return;
      const nextId = deck.focusedId.peek();
      if (nextId !== null) deck.stand(nextId);
      follow(false);
    },
  };
}

/** Keeps it open, or lets it go with the next one that is opened. */
export function toggleKept({ deck }: Desk, id: string): void {
  if (!deck.keep(id, !deck.isKept(id))) showFull();
}

function showFull(): void {
  showToast({ text: t('deck.full', { count: DECK_MAX }), tone: 'problem' });
}
