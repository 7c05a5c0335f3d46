import type { Plural } from '../../shared/texts/plural.ts';
import type { TextKey } from '../../shared/texts/text-keys.ts';

/** Gives a text of the language with its `{places}` filled. */
export type Translate = (key: TextKey, places?: Record<string, string | number>) => string;

/** `texts` may grow: a part that is fetched later brings its own. `locale` is a BCP 47 tag; its region decides on 1,234 or 1.234. */
export function createTranslate(texts: Partial<Record<TextKey, string | Plural>>, locale: string): Translate {
  let plurals: Intl.PluralRules | undefined;
  return (key, places = {}) => {
    let text = texts[key] ?? '';
    if (typeof text !== 'string') {
      plurals ??= new Intl.PluralRules(locale);
      text = text[plurals.select(Number(places.count))] ?? text.other;
    }
    return text.replace(/\{(\w+)\}/g, (_, place: string) => {
      const value = places[place];
      // A name of the other direction must not reorder the sentence around it: first strong isolate … pop.
      return typeof value === 'number' ? value.toLocaleString(locale) : `\u2068${typeof value === 'string' ? value : ''}\u2069`;
    });
  };
}
