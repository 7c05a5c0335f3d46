/** Work that is done bit by bit, so that chats go on in between. */

/** Longer than this nobody waits for the rest of it. */
const TURN_MS = 8;

/** Runs it to its end, with the event loop free after every few milliseconds. */
export async function inTurns<Result>(steps: Generator<void, Result>): Promise<Result> {
  for (;;) {
    const startedAt = performance.now();
    while (performance.now() - startedAt < TURN_MS) {
      const step = steps.next();
      if (step.done) return step.value;
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}
