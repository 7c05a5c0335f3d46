import { FileFinder } from '../contacts/file-finder.ts';

/** What the orders before say: by it the same person, and the same order, is known again. */
export class JudgingMemory {
  readonly finder: FileFinder;
  readonly #seen = new Set<string>();
  readonly #opened = new Set<string>();
  readonly #below: JudgingMemory | null;

  /** On top of what is remembered: a transaction that may be broken off and begun again leaves nothing in `below` before `settle`. */
  constructor(below: JudgingMemory | null = null) {
    this.#below = below;
    this.finder = new FileFinder(below?.finder);
  }

  /** Orders, by an id of their own or one that was derived. */
  hasSeen(id: string): boolean {
    return this.#seen.has(id) || (this.#below?.hasSeen(id) ?? false);
  }

  see(id: string): void {
    this.#seen.add(id);
  }

  /** Files that are to be opened, and are not there yet. */
  isToOpen(contactId: string): boolean {
    return this.#opened.has(contactId) || (this.#below?.isToOpen(contactId) ?? false);
  }

  open(contactId: string): void {
    this.#opened.add(contactId);
  }

  settle(): void {
    this.finder.settle();
    for (const id of this.#seen) this.#below?.see(id);
    for (const id of this.#opened) this.#below?.open(id);
  }
}
