import { expect, test } from 'vitest';
import { openHouse } from '../helpers/house.ts';
import { bring } from './purchase-scene.ts';

test.each(['application/json', 'text/csv', 'application/octet-stream'])(
  'a file that calls itself %s is taken in as it is',
  async (type) => {
    const house = await openHouse();
    const isList = type === 'application/json';
    const note = 'x'.repeat(400);
    const orders = Array.from({ length: 1_000 }, (_, at) => ({
      externalId: `T-${at}`,
      at: 1_000,
      total: 5,
      person: { email: 'r@b.example' },
      note,
    }));
    const small = isList ? JSON.stringify(orders.slice(0, 1)) : 'id,date,email,total\nA,2026-01-02,r@b.example,5';
    const large = isList
      ? JSON.stringify({ items: orders })
      : `${small}\n${orders.map((_, at) => `T-${at},2026-01-02,r@b.example,5`).join('\n')}`;
    const taken = await Promise.all([small, large].map((file) => bring(house, file, isList ? 'json' : 'csv', { type })));
    expect(taken.map(({ rows }) => rows)).toEqual(isList ? [1, 1_000] : [1, 1_001]);
  },
);
