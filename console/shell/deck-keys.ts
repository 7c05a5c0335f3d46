/** The keys between conversations: which one comes into focus, which stays open, which goes. */
import { type DeckMoves, toggleKept } from '../conversations/deck-moves.ts';
import type { Desk } from '../conversations/desk.ts';
import { type ViewName, waitsSince } from '../conversations/list-views.ts';
import { t } from '../texts/texts.ts';
import { showToast } from '../ui/toast.tsx';
import { walkRegions } from './regions.ts';
import type { Command } from './shortcuts.ts';

interface DeckAtHand {
  desk: Desk;
  moves: DeckMoves;
  view: ViewName;
  /** The conversation in focus. */
  openId: string | null;
}

/** Whether the command was carried out; null if it is not about the deck. */
export function followDeckCommand(command: Command, at: DeckAtHand): boolean | null {
  if (command === 'nextWaiting' || command === 'previousWaiting') return walkWaiting(command === 'nextWaiting' ? 1 : -1, at);
  if (command === 'nextRegion' || command === 'previousRegion') return walkRegions(command === 'nextRegion' ? 1 : -1, at.openId);
  if (command === 'keep') return keep(at);
  if (command === 'close') return close(at);
  return command.startsWith('open') ? goToPlace(Number(command.slice('open'.length)) - 1, at) : null;
}

/** False where so many are not open: the key is free for others then. */
function goToPlace(at: number, { desk, moves }: DeckAtHand): boolean {
  const place = desk.deck.places.value[at];
  if (place) moves.goTo(place.id, { isWriting: true });
  return place !== undefined;
}

/** The row under the focus, else the conversation in focus. */
function keep({ desk, openId }: DeckAtHand): boolean {
  const row = document.activeElement instanceof HTMLElement ? document.activeElement.dataset.conversation : undefined;
  const id = row ?? openId;
  if (id) toggleKept(desk, id);
  return Boolean(id);
}

function close({ moves, openId }: DeckAtHand): boolean {
  if (openId === null) return false;
  moves.close(openId);
  return true;
}

/** Round and round among those of the view who wait, from the one in focus. Who comes from a composer comes to a composer. */
function walkWaiting(step: 1 | -1, { desk, moves, view, openId }: DeckAtHand): boolean {
  const asked = desk.views.asked(view);
  const ids = desk.list.onScreen.length > 0 ? desk.list.onScreen : asked ? desk.list.view(asked).value : [];
  const waiting = ids.filter((id) => {
    const summary = desk.list.summaries.value.get(id);
    return summary && waitsSince(summary) !== null;
  });
  const at = openId === null ? -1 : waiting.indexOf(openId);
  const next = at === -1 ? (step === 1 ? 0 : waiting.length - 1) : (at + step + waiting.length) % waiting.length;
  const nextId = waiting[next];
  if (nextId === undefined) {
    showToast({ text: t('deck.nobodyWaits') });
    return true;
  }
  const isWriting = document.activeElement?.closest('[data-composer]') != null;
  moves.goTo(nextId, { isWriting });
  if (!isWriting) document.querySelector<HTMLElement>(`[data-conversation="${nextId}"]`)?.focus();
  return true;
}
