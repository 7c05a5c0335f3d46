/** That automatic answers have changed, for whoever shows some of them; nothing of them is held here. */
import type { Connection } from '../connection.ts';

/** Null: several, or nobody knows which. */
type Listener = (id: string | null) => void;

export class AnswerNews {
  readonly #listeners = new Set<Listener>();

  listen(connection: Connection): void {
    connection.on('answers:changed', ({ id }) => this.#tell(id));
  }

  /** The session is live, or live again: nobody has heard what came meanwhile. */
  started(): void {
    this.#tell(null);
  }

  onChange(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #tell(id: string | null): void {
    for (const listener of this.#listeners) listener(id);
  }
}
