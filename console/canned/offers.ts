/** What the agent may put into a reply, found by a few letters: by shortcut, by title, by any of its words. */
import type { CannedResponse } from '../../shared/canned-response.ts';
import { wordsOf } from '../../shared/fold.ts';
import type { Macro } from '../../shared/macro.ts';
import { bareForms, meantBeginnings } from '../../shared/word-forms.ts';
import { WordTable } from './word-table.ts';

export type Offer = { kind: 'canned'; id: string; response: CannedResponse } | { kind: 'macro'; id: string; macro: Macro };

interface Entry {
  number: number;
  shortcut: string;
  ownRank: number;
}

const ranks = { personal: 0, team: 1, shared: 2 } as const;
/** Versions that nobody has any more are swept out when they are many. */
const STALE_MAX = 1_000;

/** Every word is looked up once for each version of an offer, so that among ten thousand a key press takes a few milliseconds. */
export class OfferIndex {
  #entries = new WeakMap<CannedResponse | Macro, Entry>();
  #names = new WordTable();
  #words = new WordTable();
  #count = 0;

  /** Whatever is used of late comes first among equals, then what is one's own. */
  find(
    query: string,
    {
      canned,
      macros,
      recentIds,
      limit,
    }: { canned: Iterable<CannedResponse>; macros: Iterable<Macro>; recentIds: readonly string[]; limit: number },
  ): Offer[] {
    const sources = [...canned, ...macros];
    if (this.#count > 2 * sources.length + STALE_MAX) this.#sweep();
    const entries = sources.map((source) => this.#entryOf(source));
    const typed = query.normalize('NFKC').trim().toLowerCase();
    const fits = this.#fitsOf(query);
    const recent = new Map(recentIds.map((id, at) => [id, at]));
    const found: { source: CannedResponse | Macro; place: number }[] = [];
    for (const [at, source] of sources.entries()) {
      const { number, shortcut, ownRank } = entries[at] as Entry;
      const fit = typed === '' ? 3 : shortcut === typed ? 0 : shortcut !== '' && shortcut.startsWith(typed) ? 1 : fits(number);
      if (fit !== null) found.push({ source, place: (fit * 1_001 + (recent.get(source.id) ?? 1_000)) * 3 + ownRank });
    }
    return found
      .sort((a, b) => a.place - b.place)
      .slice(0, limit)
      .map(({ source }) => toOffer(source));
  }

  /** Made ready before somebody types, a few at a time. */
  prepare(source: CannedResponse | Macro): void {
    this.#entryOf(source);
  }

  settle(): void {
    this.#names.settle();
    this.#words.settle();
  }

  /** 2: every word that was typed begins one of the name; 3: one of the text; null: there is one that begins nothing. */
  #fitsOf(query: string): (number: number) => 2 | 3 | null {
    const asked = wordsOf(query).map(({ word }) => meantBeginnings(word));
    const marks = asked.map((beginnings) => {
      const marked = new Uint8Array(this.#count);
      for (const beginning of beginnings) this.#words.mark(beginning, marked, 1);
      for (const beginning of beginnings) this.#names.mark(beginning, marked, 2);
      return marked;
    });
    return (number) => {
      if (marks.length === 0 || marks.some((marked) => marked[number] === 0)) return null;
      return marks.every((marked) => marked[number] === 2) ? 2 : 3;
    };
  }

  #entryOf(source: CannedResponse | Macro): Entry {
    const known = this.#entries.get(source);
    if (known) return known;
    const isCanned = 'shortcut' in source;
    const entry: Entry = { number: this.#count, shortcut: isCanned ? source.shortcut.toLowerCase() : '', ownRank: ranks[source.reach] };
    this.#count += 1;
    addWords(this.#names, isCanned ? [source.shortcut, source.title] : [source.name], entry.number);
    addWords(this.#words, isCanned ? Object.values(source.texts) : textsOf(source), entry.number);
    this.#entries.set(source, entry);
    return entry;
  }

  #sweep(): void {
    this.#entries = new WeakMap();
    this.#names = new WordTable();
    this.#words = new WordTable();
    this.#count = 0;
  }
}

function addWords(table: WordTable, texts: readonly (string | undefined)[], number: number): void {
  const words = new Set<string>();
  for (const text of texts) {
    for (const { word } of wordsOf(text ?? '')) {
      words.add(word);
      for (const form of bareForms(word)) words.add(form);
    }
  }
  for (const word of words) table.add(word, number);
}

function textsOf({ steps: { reply, addTags } }: Macro): string[] {
  return [...(reply && 'texts' in reply ? Object.values(reply.texts) : []), ...addTags];
}

function toOffer(source: CannedResponse | Macro): Offer {
  return 'shortcut' in source ? { kind: 'canned', id: source.id, response: source } : { kind: 'macro', id: source.id, macro: source };
}
