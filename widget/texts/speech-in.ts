import type { Language } from '../../shared/language.ts';
import { loadTexts } from '../../shared/texts/load-texts.ts';
import type { TextOverrides } from '../../shared/texts/text-keys.ts';
import { createTimeFormats, type TimeFormats } from './time-formats.ts';
import { createTranslate, type Translate } from './translate.ts';

/** The language that everything in the widget is shown in. */
export interface Speech {
  language: Language;
  t: Translate;
  times: TimeFormats;
  /** Resolves when the words of parts that are fetched later are here. */
  loadExtras: () => Promise<void>;
}

interface SpeechWish {
  /** A BCP 47 tag with its region, by which times and numbers are written. */
  locale?: string;
  /** What administrators say instead. */
  overrides?: TextOverrides | undefined;
  hasExtras?: boolean;
  now?: () => number;
}

export async function speechIn(language: Language, wish: SpeechWish = {}): Promise<Speech> {
  const core = await loadTexts(language);
  const texts = { ...core.texts, ...wish.overrides };
  let extras: Promise<void> | undefined;
  const loadExtras = async () => {
    Object.assign(texts, await core.loadExtras(), wish.overrides);
  };
  // Arabic too in the digits of phones, orders and prices: what people type and what we write stand side by side.
  // Written by hand, because the browser's first look at a locale takes milliseconds, and here the visitor waits.
  const locale = `${(wish.locale ?? language).split('-u-')[0]}-u-nu-latn`;
  const speech = {
    language,
    t: createTranslate(texts, locale),
    times: createTimeFormats(locale, wish.now),
    loadExtras: () => {
      extras ??= loadExtras().catch((error: unknown) => {
        extras = undefined;
        throw error;
      });
      return extras;
    },
  };
  if (wish.hasExtras) await speech.loadExtras();
  return speech;
}
