import fc from 'fast-check';
import { nanoid } from 'nanoid';
import { describe, test } from 'vitest';
import type { CustomField } from '../../shared/custom-fields.ts';
import type { Pipeline } from '../../shared/opportunity.ts';
import { databases } from '../helpers/databases.ts';
import { thingKinds } from './filed-things.ts';
import { PEOPLE, type Step, World } from './merging-world.ts';

const place = fc.nat(20);
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({ what: fc.constant('merge' as const), into: place, other: place, keep: fc.constantFrom('this', 'other', 'new') }),
  },
  { weight: 5, arbitrary: fc.record({ what: fc.constant('undo' as const), which: place }) },
  { weight: 9, arbitrary: fc.record({ what: fc.constant('make' as const), kind: fc.constantFrom(...thingKinds), which: place }) },
  { weight: 4, arbitrary: fc.record({ what: fc.constantFrom('edit' as const, 'part' as const), which: place }) },
  { weight: 2, arbitrary: fc.record({ what: fc.constant('give' as const), which: place, to: place }) },
  {
    weight: 8,
    arbitrary: fc.record({ what: fc.constantFrom('split', 'call', 'rename', 'tag', 'untag', 'value', 'blank'), which: place }),
  },
  { weight: 1, arbitrary: fc.record({ what: fc.constant('erase' as const), which: place }) },
  { weight: 3, arbitrary: fc.record({ what: fc.constantFrom('talk' as const, 'rate' as const), who: fc.nat(PEOPLE - 1) }) },
);

/** By hand, to look further: MERGING_RUNS and MERGING_SEED (a failure prints its own). */
const { MERGING_RUNS, MERGING_SEED } = process.env;

describe.each(databases)('on $name', ({ name, open }) => {
  test(
    'whatever is merged, written, moved, split, undone, erased and said in between, everything stands in one file, and undoing all leads back',
    async () => {
      const house = await open({ environment: { LIMITS: 'off' } });
      const wish = { id: nanoid(), entity: 'contact', name: 'Size', key: 'size2', kind: 'text' };
      const { key: fieldKey } = await house.json<CustomField>('POST', '/api/fields', wish);
      const stages = [{ id: nanoid(), name: 'New', probability: 10 }];
      const sales = { id: nanoid(), name: 'Sales', currency: 'ILS', stages };
      const { id: pipelineId } = await house.json<Pipeline>('POST', '/api/pipelines', sales);
      await fc.assert(
        fc.asyncProperty(
          fc.array(step, { minLength: 4, maxLength: 24 }),
          fc.array(place, { minLength: 1, maxLength: 8 }),
          async (steps, order) => {
            const world = new World(house, { fieldKey, pipelineId });
            await world.open();
            for (const one of steps) {
              await world.take(one);
              await world.check();
            }
            await world.undoAll(order);
            await world.check();
            await world.checkStart();
            await world.checkErased();
            for (const { socket } of world.people) socket.disconnect();
          },
        ),
        { seed: Number(MERGING_SEED ?? 20_261_122), numRuns: Number(MERGING_RUNS ?? (name === 'SQLite' ? 30 : 8)) },
      );
    },
    MERGING_RUNS ? 3_600_000 : 120_000,
  );
});
