import { takingTurns } from '../answers/turns.ts';

/** Work of many small steps run to its end, with a turn for everybody else after every few milliseconds. */
export async function inTurns<Result>(steps: Generator<void, Result>): Promise<Result> {
  const turn = takingTurns();
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
    await turn();
  }
}
