/**
 * By what the rows above are recognised (`kind:value`, and its line), for the check that is on its way: whom a file names twice is seen
 * without asking the database. One check at a time is remembered, and only until anything else is done.
 */
export class SeenKeys {
  #held: { jobId: string; upTo: string | null; keys: Map<string, number> } | null = null;

  /** Undefined where the rows above were read by another server, or for another check. */
  recall({ id, cursor }: { id: string; cursor: string | null }): Map<string, number> | undefined {
    if (cursor === null) return new Map();
    return this.#held?.jobId === id && this.#held.upTo === cursor ? this.#held.keys : undefined;
  }

  keep({ id, cursor }: { id: string; cursor: string | null }, keys: Map<string, number>): void {
    this.#held = { jobId: id, upTo: cursor, keys };
  }

  forget(): void {
    this.#held = null;
  }
}
