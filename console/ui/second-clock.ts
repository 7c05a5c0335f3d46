import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';

/** The time to the second, for the few screens on which somebody's waiting is counted. Stands still where nobody uses it. */
export const secondClock = signal(Date.now());

let users = 0;
let timer: ReturnType<typeof setInterval> | undefined;

export function useSecondClock(): void {
  useEffect(() => {
    users += 1;
    secondClock.value = Date.now();
    timer ??= setInterval(() => {
      secondClock.value = Date.now();
    }, 1_000);
    return () => {
      users -= 1;
      if (users > 0) return;
      clearInterval(timer);
      timer = undefined;
    };
  }, []);
}
