import { signal } from '@preact/signals';

/** The time by which everything on screen is "ago". It moves in steps, so that a screen of rows redraws rarely. */
export const screenClock = signal(Date.now());

const STEP_MS = 10_000;

export function startScreenClock(): void {
  const step = () => {
    screenClock.value = Date.now();
  };
  setInterval(step, STEP_MS);
  document.addEventListener('visibilitychange', step);
}
