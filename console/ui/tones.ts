/** Short soft tones, made on the spot: no file is fetched for them. Browsers let a page sound once somebody has touched it. */

/** Each note in hertz, one after the other. */
export type Melody = readonly number[];

const NOTE_S = 0.13;
const VOLUME = 0.12;

let context: AudioContext | null = null;

export function play(melody: Melody): void {
  if (typeof AudioContext === 'undefined') return;
  context ??= new AudioContext();
  const { currentTime, destination } = context;
  void context.resume();
  for (const [at, hertz] of melody.entries()) {
    const start = currentTime + at * NOTE_S;
    const tone = new OscillatorNode(context, { type: 'sine', frequency: hertz });
    const loudness = new GainNode(context, { gain: 0 });
    loudness.gain.setValueAtTime(0, start);
    loudness.gain.linearRampToValueAtTime(VOLUME, start + 0.015);
    loudness.gain.exponentialRampToValueAtTime(0.0001, start + NOTE_S * 2);
    tone.connect(loudness).connect(destination);
    tone.start(start);
    tone.stop(start + NOTE_S * 2);
  }
}
