/** What somebody has chosen from the library and filled in, before answers are made of it. It outlives the page. */
import { computed, signal } from '@preact/signals';
import { nanoid } from 'nanoid';
import type { Language } from '../../shared/language.ts';
import type { FromLibraryRequest, ReadyAnswer } from '../../shared/ready-answer.ts';
import { blanksIn, piecesBetween } from './blanks.ts';
import { factKey, factOf } from './business-facts.ts';

export type LibraryDraft = ReturnType<typeof createLibraryDraft>;

export function createLibraryDraft() {
  /** The id of the answer that each becomes: a retry makes no second one. */
  const chosen = signal<ReadonlyMap<string, string>>(new Map());
  const languages = signal<readonly Language[]>([]);
  const facts = signal<Readonly<Record<string, string>>>({});
  const values = signal<Readonly<Record<string, string>>>({});

  const keyOf = (intentId: string, language: Language, place: number) => `${intentId} ${language} ${place}`;

  /** What stands in one blank: what was typed there, else what is true of the whole business. */
  function valueAt(intentId: string, language: Language, { place, name }: { place: number; name: string }): string {
    const own = values.value[keyOf(intentId, language, place)];
    if (own !== undefined) return own;
    const fact = factOf(language, name);
    return fact === undefined ? '' : (facts.value[factKey(fact, language)] ?? '');
  }

  /** The answer with what is known; the rest stays a blank. */
  function filled({ id, answer }: ReadyAnswer, language: Language): string {
    const text = answer[language] ?? '';
    const blanks = blanksIn(text);
    const said = blanks.map(({ name }, place) => valueAt(id, language, { place, name }).trim() || `[${name}]`);
    return piecesBetween(text, blanks)
      .map((piece, place) => piece + (said[place] ?? ''))
      .join('');
  }

  return {
    chosen,
    languages,
    facts,
    values,
    count: computed(() => chosen.value.size),
    valueAt,
    filled,

    choose(ids: readonly string[], isChosen: boolean): void {
      const next = new Map(chosen.value);
      for (const id of ids) {
        if (!isChosen) next.delete(id);
        else if (!next.has(id)) next.set(id, nanoid());
      }
      chosen.value = next;
    },

    setFact(key: string, value: string): void {
      facts.value = { ...facts.value, [key]: value };
    },

    setValue(intentId: string, language: Language, { place, value }: { place: number; value: string }): void {
      values.value = { ...values.value, [keyOf(intentId, language, place)]: value };
    },

    requestFor(ready: readonly ReadyAnswer[]): FromLibraryRequest {
      return {
        intents: ready.map((one) => ({
          id: one.id,
          answerId: chosen.value.get(one.id),
          texts: Object.fromEntries(languages.value.map((language) => [language, filled(one, language)])),
        })),
      };
    },

    /** Answers were made of these. The facts stay for the next time. */
    forget(): void {
      chosen.value = new Map();
      values.value = {};
    },
  };
}
