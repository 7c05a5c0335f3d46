import type { ExtraTexts } from './extra-text-keys.ts';
import type { Texts } from './text-keys.ts';

export interface LanguageTexts {
  texts: Texts;
  /** What the parts say that are fetched when they are first shown. */
  loadExtras: () => Promise<ExtraTexts>;
}
