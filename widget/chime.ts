/** Two soft notes, made on the spot: no file, and nothing where the browser wants silence. */
import type { KeyValueStore } from '../shared/outbox.ts';
import { storageKey } from './storage-keys.ts';

const KEY = 'kesher:chimed';
const QUIET_MS = 1_500;
const NOTES = [
  { hertz: 660, at: 0 },
  { hertz: 880, at: 0.12 },
];

let context: AudioContext | null = null;

/** The tabs of a site share the storage: one of them rings, unless the visitor muted it; several messages at once ring once. */
export async function chime(storage: KeyValueStore, inbox: string): Promise<void> {
  if (storage.getItem(storageKey(inbox, 'muted')) !== null) return;
  const now = Date.now();
  if (now - Number(storage.getItem(KEY)) < QUIET_MS) return;
  // Before a person has touched the page, browsers forbid it and complain in the site's console.
  if (navigator.userActivation && !navigator.userActivation.hasBeenActive) return;
  storage.setItem(KEY, String(now));
  try {
    context ??= new AudioContext();
    if (context.state === 'suspended') await context.resume();
    for (const { hertz, at } of NOTES) play(context, hertz, context.currentTime + at);
  } catch {
    // No sound here: the badge says it.
  }
}

function play(audio: AudioContext, hertz: number, at: number): void {
  const tone = audio.createOscillator();
  const loudness = audio.createGain();
  tone.frequency.value = hertz;
  loudness.gain.setValueAtTime(0, at);
  loudness.gain.linearRampToValueAtTime(0.06, at + 0.02);
  loudness.gain.exponentialRampToValueAtTime(0.0001, at + 0.35);
  tone.connect(loudness).connect(audio.destination);
  tone.start(at);
  tone.stop(at + 0.4);
}
