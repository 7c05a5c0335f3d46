import { cleanup, render } from '@testing-library/preact';
import type { ComponentChild } from 'preact';
import { afterEach } from 'vitest';
import { type Speech, SpeechContext } from '../../widget/components/speech.ts';
import { directionOf, type Language } from '../../widget/texts/language.ts';
import { loadTexts } from '../../widget/texts/load-texts.ts';
import { createTimeFormats } from '../../widget/texts/time-formats.ts';
import { createTranslate } from '../../widget/texts/translate.ts';

afterEach(cleanup);

/** Both directions of writing. */
export const languages: Language[] = ['en', 'he'];

/** A fixed present: Monday 3 March 2025, noon, wherever the tests run. */
export const now = new Date(2025, 2, 3, 12, 0).getTime();

export async function speechIn(language: Language): Promise<Speech> {
  return { t: createTranslate(await loadTexts(language), language), times: createTimeFormats(language, () => now) };
}

/** The component as it stands in the panel of that language. */
export function show(view: ComponentChild, speech: Speech, language: Language = 'en') {
  const frame = (shown: ComponentChild) => (
    <div dir={directionOf(language)} lang={language}>
      <SpeechContext.Provider value={speech}>{shown}</SpeechContext.Provider>
    </div>
  );
  const screen = render(frame(view));
  return { ...screen, change: (next: ComponentChild) => screen.rerender(frame(next)) };
}

/** Without the marks that keep names of the other direction in their place. */
export const plain = (text: string | null | undefined) => (text ?? '').replace(/[\u2068\u2069]/g, '');
