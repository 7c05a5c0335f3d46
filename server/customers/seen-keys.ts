/**
 * What the rows above say, for the checks that are on their way: by it whom, or what, a file names twice is seen without asking the database.
 * Two are remembered, since a short one goes between the pieces of a long one.
 */
export class SeenKeys<Keys = Map<string, number>> {
  readonly #begin: () => Keys;
  /** The one that went on last stands last. */
  readonly #held = new Map<string, { upTo: string | null; keys: Keys }>();

  constructor(begin: () => Keys) {
    this.#begin = begin;
  }

  /** Undefined where the rows above were read by another server, or are forgotten. */
  recall({ id, cursor }: { id: string; cursor: string | null }): Keys | undefined {
    if (cursor === null) return this.#begin();
    const held = this.#held.get(id);
    return held?.upTo === cursor ? held.keys : undefined;
  }

  keep({ id, cursor }: { id: string; cursor: string | null }, keys: Keys): void {
    this.#held.delete(id);
    this.#held.set(id, { upTo: cursor, keys });
    const [oldest] = this.#held.keys();
    if (this.#held.size > 2 && oldest !== undefined) this.#held.delete(oldest);
  }

  /** Null: all of them. */
  forget(jobId: string | null): void {
    if (jobId === null) this.#held.clear();
    else this.#held.delete(jobId);
  }
}
