import { createContext } from 'preact';
import { useContext } from 'preact/hooks';
import type { Speech } from '../texts/speech-in.ts';

export const SpeechContext = createContext<Speech | null>(null);

export function useSpeech(): Speech {
  const speech = useContext(SpeechContext);
  if (!speech) throw new Error('A component of the widget stands outside SpeechContext.');
  return speech;
}
