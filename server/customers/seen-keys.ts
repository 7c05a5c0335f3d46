/**
 * What the rows above say, for the check that is on its way: by it whom, or what, a file names twice is seen without asking the database.
 * One check at a time is remembered, and only until anything else is done.
 */
export class SeenKeys<Keys = Map<string, number>> {
  readonly #begin: () => Keys;
  #held: { jobId: string; upTo: string | null; keys: Keys } | null = null;

  constructor(begin: () => Keys) {
    this.#begin = begin;
  }

  /** Undefined where the rows above were read by another server, or for another check. */
  recall({ id, cursor }: { id: string; cursor: string | null }): Keys | undefined {
    if (cursor === null) return this.#begin();
    return this.#held?.jobId === id && this.#held.upTo === cursor ? this.#held.keys : undefined;
  }

  keep({ id, cursor }: { id: string; cursor: string | null }, keys: Keys): void {
    this.#held = { jobId: id, upTo: cursor, keys };
  }

  forget(): void {
    this.#held = null;
  }
}
