/** Which numbers stand with which word, found by a word's beginning. */
export class WordTable {
  readonly #numbers = new Map<string, number[]>();
  /** All words in order; those in `#fresh` are not among them yet. */
  #sorted: string[] = [];
  #fresh: string[] = [];

  add(word: string, number: number): void {
    const numbers = this.#numbers.get(word);
    if (numbers) numbers.push(number);
    else {
      this.#numbers.set(word, [number]);
      this.#fresh.push(word);
    }
  }

  /** Puts the words in order that came since. */
  settle(): void {
    if (this.#fresh.length === 0) return;
    this.#sorted = [...this.#sorted, ...this.#fresh].sort((a, b) => (a < b ? -1 : 1));
    this.#fresh = [];
  }

  /** Sets `marks` to `value` at every number whose word begins so. */
  mark(beginning: string, marks: Uint8Array, value: number): void {
    this.settle();
    for (let at = this.#placeOf(beginning); at < this.#sorted.length; at += 1) {
      const word = this.#sorted[at] ?? '';
      if (!word.startsWith(beginning)) return;
      for (const number of this.#numbers.get(word) ?? []) marks[number] = value;
    }
  }

  #placeOf(beginning: string): number {
    let [low, high] = [0, this.#sorted.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.#sorted[middle] ?? '') < beginning) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
