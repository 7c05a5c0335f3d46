import { setImmediate as pause } from 'node:timers/promises';

/** Long work of many small pieces: awaited between them, it lets everybody else have a turn every few milliseconds. */
export function takingTurns(sliceMs = 8): () => Promise<void> {
  let until = performance.now() + sliceMs;
  return async () => {
    if (performance.now() < until) return;
    await pause();
    until = performance.now() + sliceMs;
  };
}
