import type { KesherQueue } from './handover.ts';

/** As the site told it with `setFields`: to the application, or, before that is here, to the queue. */
export function cartValueOf(queue: KesherQueue): number | null {
  let value: unknown = queue.fields?.cartValue;
  for (const [name, fields] of queue) if (name === 'setFields') value = (fields as { cartValue?: unknown } | null)?.cartValue ?? value;
  const number = Number(value ?? Number.NaN);
  return Number.isNaN(number) ? null : number;
}
