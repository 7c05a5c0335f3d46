import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { TimeFormats } from '../texts/time-formats.ts';
import type { Translate } from '../texts/translate.ts';

/** The language that everything in the widget is shown in. */
export interface Speech {
  t: Translate;
  times: TimeFormats;
}

export const SpeechContext = createContext<Speech | null>(null);

export function useSpeech(): Speech {
  const speech = useContext(SpeechContext);
  if (!speech) throw new Error('A component of the widget stands outside SpeechContext.');
  return speech;
}
