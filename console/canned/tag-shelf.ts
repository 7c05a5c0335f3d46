/** The known tags with their colours. What is not known yet has none: a conversation may carry a tag that was made a moment ago. */
import { signal } from '@preact/signals';
import type { Reply } from '../../shared/errors.ts';
import type { Tag, TagColour } from '../../shared/tag.ts';

interface TagPage {
  items: Tag[];
  next: string | null;
}

/** More than these nobody reads through; the rest is found by typing it. */
const PAGES_MAX = 4;

export class TagShelf {
  readonly tags = signal<readonly Tag[]>([]);
  readonly #load: (cursor: string | undefined) => Promise<Reply<TagPage>>;
  #isWanted = false;
  #readings = 0;

  constructor(load: (cursor: string | undefined) => Promise<Reply<TagPage>>) {
    this.#load = load;
  }

  want(): void {
    if (this.#isWanted) return;
    this.#isWanted = true;
    void this.#read();
  }

  /** At the start of a session, and whenever names or colours are others. */
  refresh(): void {
    if (this.#isWanted) void this.#read();
  }

  colourOf(name: string): TagColour {
    return this.tags.value.find((tag) => tag.name === name)?.colour ?? 'neutral';
  }

  async #read(): Promise<void> {
    this.#readings += 1;
    const mine = this.#readings;
    const tags: Tag[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < PAGES_MAX; page += 1) {
      const reply = await this.#load(cursor);
      if (mine !== this.#readings) return;
      if (!reply.ok) {
        this.#isWanted = this.tags.value.length > 0;
        return;
      }
      tags.push(...reply.data.items);
      if (reply.data.next === null) break;
      cursor = reply.data.next;
    }
    this.tags.value = tags;
  }
}
