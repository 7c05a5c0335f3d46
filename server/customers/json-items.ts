/** The entries of a list in JSON as it arrives, each as its text: of `[…]`, or of `items` in an object. */
import { TextDecoder } from 'node:util';
import { IMPORT_BYTES_MAX } from '../../shared/customer-import.ts';
import { AppError } from '../../shared/errors.ts';

const ITEM_MAX = 200_000;

export async function* readJsonItems(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string[], void> {
  const decoder = new TextDecoder();
  const scanner = new ItemScanner();
  let size = 0;
  for await (const chunk of bytes) {
    size += chunk.length;
    if (size > IMPORT_BYTES_MAX) throw new AppError('too-large', 'The file is too large.', { field: 'file' });
    yield scanner.take(decoder.decode(chunk, { stream: true }));
    await new Promise((resolve) => setImmediate(resolve));
  }
  yield scanner.take(decoder.decode());
  if (!scanner.hasEnded) throw noList();
}

function noList(): AppError {
  return new AppError('invalid', 'This is no list of purchases in JSON.', { field: 'file' });
}

/** Knows strings and brackets, and nothing more: whether an entry is right is seen where it is parsed. */
class ItemScanner {
  /** How deep the list lies, once it has begun. */
  #listDepth: number | null = null;
  #depth = 0;
  #isInString = false;
  #isEscaped = false;
  #item = '';
  /** The last string in an object around the list: it may be the name of the list. */
  #name = '';
  #isNamed = false;
  hasEnded = false;

  take(text: string): string[] {
    const items: string[] = [];
    let from = 0;
    const end = (at: number) => {
      const item = (this.#item + text.slice(from, at)).trim();
      this.#item = '';
      if (item !== '') items.push(item);
    };
    for (let at = 0; at < text.length; at += 1) {
      const letter = text[at] as string;
      if (this.#isInString) {
        this.#goOnInString(letter);
        continue;
      }
      const isInList = this.#listDepth !== null && !this.hasEnded && this.#depth === this.#listDepth;
      if (letter === '"') {
        this.#isInString = true;
        if (this.#listDepth === null) this.#name = '';
      } else if (letter === '[' || letter === '{') {
        this.#depth += 1;
        if (this.#listDepth === null && letter === '[' && this.#isListHere()) {
          this.#listDepth = this.#depth;
          from = at + 1;
        }
        this.#isNamed = false;
      } else if (letter === ']' || letter === '}') {
        if (isInList) {
          end(at);
          this.hasEnded = true;
        }
        this.#depth -= 1;
      } else if (letter === ',') {
        if (isInList) {
          end(at);
          from = at + 1;
        }
        this.#isNamed = false;
      } else if (letter === ':') this.#isNamed = this.#depth === 1 && this.#name === 'items';
      else if (this.#depth === 0 && !/[\s\uFEFF]/.test(letter)) throw noList();
    }
    if (this.#listDepth !== null && !this.hasEnded) this.#item += text.slice(from);
    if (this.#item.length > ITEM_MAX) throw new AppError('too-large', 'An entry of the list is too large.', { field: 'file' });
    return items;
  }

  #isListHere(): boolean {
    return this.#depth === 1 || (this.#depth === 2 && this.#isNamed);
  }

  #goOnInString(letter: string): void {
    if (this.#isEscaped) this.#isEscaped = false;
    else if (letter === '\\') this.#isEscaped = true;
    else if (letter === '"') this.#isInString = false;
    else if (this.#listDepth === null && this.#name.length < 10) this.#name += letter;
  }
}
