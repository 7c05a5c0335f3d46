import { render } from '@testing-library/preact';
import type { ComponentChild } from 'preact';
import type { Language } from '../../shared/language.ts';
import { SpeechContext } from '../../widget/components/speech.ts';
import { directionOf } from '../../widget/texts/language.ts';
import { type Speech, speechIn as speakIn } from '../../widget/texts/speech-in.ts';

/** Both directions of writing. */
export const languages: Language[] = ['en', 'he'];

/** A fixed present: Monday 3 March 2025, noon, wherever the tests run. */
export const now = new Date(2025, 2, 3, 12, 0).getTime();

export function speechIn(language: Language): Promise<Speech> {
  return speakIn(language, { hasExtras: true, now: () => now });
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
