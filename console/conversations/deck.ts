/**
 * Which conversations lie open on the desk, in which order, and which of them is in focus. As with an editor's tabs, opening
 * another one takes the place of the one in focus, unless that is kept. State without a screen: how many stand side by side is
 * a question of room.
 */
import { signal } from '@preact/signals';
import type { KeyValueStore } from '../../shared/outbox.ts';

/** Alt and a figure reaches each of them. */
export const DECK_MAX = 9;

export interface DeckPlace {
  id: string;
  /** Nothing else takes its place. */
  isKept: boolean;
}

interface DeckOptions {
  /** Read from the first that knows, written to all: a tab's own comes before what all tabs share. */
  stores: readonly KeyValueStore[];
  agentId: string;
  /** Something has been begun there that is not sent: only the last resort takes its place. */
  isWritten: (id: string) => boolean;
}

interface Stored {
  places: DeckPlace[];
  focusedId: string | null;
}

/** Where in a conversation the focus shall go as soon as it is on screen; `turn` tells one wish from the next. */
interface FocusWish {
  id: string;
  part: 'composer' | 'heading';
  turn: number;
}

export class Deck {
  readonly places = signal<readonly DeckPlace[]>([]);
  /** Null only while nothing is open. */
  readonly focusedId = signal<string | null>(null);
  readonly focusWish = signal<FocusWish | null>(null);
  readonly #options: DeckOptions;
  readonly #key: string;
  #lastTurn = 0;

  constructor(options: DeckOptions) {
    this.#options = options;
    this.#key = `kesher:deck:${options.agentId}`;
    const { places, focusedId } = this.#load();
    this.places.value = places;
    this.focusedId.value = focusedId;
  }

  has(id: string): boolean {
    return this.places.peek().some((place) => place.id === id);
  }

  isKept(id: string): boolean {
    return this.places.value.some((place) => place.id === id && place.isKept);
  }

  /** Opened as from a list or a link: in focus, in the place of the one that was, where that is not kept. */
  enter(id: string): void {
    if (!this.has(id)) {
      const places = this.places.peek();
      const at = this.#placeToTake();
      if (at === -1) this.#insert({ id, isKept: false });
      else this.places.value = places.with(at, { id, isKept: false });
    }
    this.focus(id);
  }

  /** Beside what is open. False where nothing more can lie open. */
  openBeside(id: string, { isKept = false, isFocused = true } = {}): boolean {
    if (!this.has(id)) {
      if (this.places.peek().length === DECK_MAX) return false;
      this.#insert({ id, isKept });
    }
    if (isFocused || this.focusedId.peek() === null) this.focus(id);
    else this.#keep();
    return true;
  }

  /** `isKept`: from now on nothing else takes its place. Opened first where it is not open. False where there is no room for it. */
  keep(id: string, isKept: boolean): boolean {
    if (!this.has(id)) return !isKept || this.openBeside(id, { isKept: true, isFocused: false });
    this.places.value = this.places.peek().map((place) => (place.id === id ? { id, isKept } : place));
    this.#keep();
    return true;
  }

  focus(id: string): void {
    if (!this.has(id)) return;
    this.focusedId.value = id;
    if (this.focusWish.peek()?.id !== id) this.focusWish.value = null;
    this.#keep();
  }

  /** Its neighbour comes into focus: the one behind it, else the one before. */
  close(id: string): void {
    const places = this.places.peek();
    const at = places.findIndex((place) => place.id === id);
    if (at === -1) return;
    const left = places.toSpliced(at, 1);
    this.places.value = left;
    if (this.focusedId.peek() === id) this.focusedId.value = (left[at] ?? left[at - 1])?.id ?? null;
    this.#keep();
  }

  /** Somebody wants to write there. */
  write(id: string): void {
    this.#wish(id, 'composer');
  }

  /** The focus comes there, and nothing that is typed falls into the composer. */
  stand(id: string): void {
    this.#wish(id, 'heading');
  }

  wishGranted(): void {
    this.focusWish.value = null;
  }

  /** The one in focus, unless it is kept; then another that may go. -1: none, and there is room for one more. */
  #placeToTake(): number {
    const places = this.places.peek();
    const inFocus = places.findIndex((place) => place.id === this.focusedId.peek());
    if (inFocus !== -1 && !places[inFocus]?.isKept) return inFocus;
    const idle = places.findLastIndex((place) => !place.isKept && !this.#options.isWritten(place.id));
    if (idle !== -1 || places.length < DECK_MAX) return idle;
    const passing = places.findLastIndex((place) => !place.isKept);
    return passing === -1 ? inFocus : passing;
  }

  #wish(id: string, part: FocusWish['part']): void {
    this.#lastTurn += 1;
    this.focusWish.value = { id, part, turn: this.#lastTurn };
  }

  /** Behind the one in focus. */
  #insert(place: DeckPlace): void {
    const places = this.places.peek();
    const inFocus = places.findIndex(({ id }) => id === this.focusedId.peek());
    this.places.value = places.toSpliced(inFocus === -1 ? places.length : inFocus + 1, 0, place);
  }

  #keep(): void {
    const stored: Stored = { places: [...this.places.peek()], focusedId: this.focusedId.peek() };
    for (const store of this.#options.stores) {
      try {
        store.setItem(this.#key, JSON.stringify(stored));
      } catch {
        // Full or forbidden storage: the deck lives as long as the page.
      }
    }
  }

  #load(): Stored {
    for (const store of this.#options.stores) {
      try {
        const { places, focusedId }: Stored = JSON.parse(store.getItem(this.#key) ?? '');
        const known = places.filter(({ id }) => /^[\w-]{21}$/.test(id)).map(({ id, isKept }) => ({ id, isKept: isKept === true }));
        const open = known.filter(({ id }, at) => known.findIndex((other) => other.id === id) === at).slice(0, DECK_MAX);
        return { places: open, focusedId: open.find(({ id }) => id === focusedId)?.id ?? open[0]?.id ?? null };
      } catch {
        // Nothing there, or another version's.
      }
    }
    return { places: [], focusedId: null };
  }
}
