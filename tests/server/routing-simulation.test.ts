import { expect, test } from 'vitest';
import { simulateShop } from './routing-world.ts';

const seeds = [1, 20_261_122];

test.each(seeds)(
  'thousands come and go, agents vanish and forget, and everybody is served as was promised (seed %i)',
  (seed) => {
    const shop = simulateShop(seed, { visitors: 3_000, agents: 36, hours: 8 });
    expect(shop.faults).toEqual([]);
    expect(shop.chats).toBe(3_000);
    // A simulation in which nothing happens proves nothing.
    expect(shop.assigned).toBeGreaterThan(2_500);
    expect(shop.rerouted).toBeGreaterThan(50);
    expect(shop.returned).toBeGreaterThan(10);
    expect(shop.sticky).toBeGreaterThan(100);
    expect(shop.overflowed).toBeGreaterThan(10);

    const waits = shop.waits.toSorted((one, other) => one - other);
    const second = (share: number) => Math.round((waits[Math.floor(waits.length * share)] ?? 0) / 1_000);
    const sales = shop.agents.filter(({ teamIds, onlineHours }) => teamIds.length === 1 && teamIds[0] === 'sales' && onlineHours > 1);
    const rates = sales.map(({ given, onlineHours }) => given / onlineHours);
    const mean = rates.reduce((sum, rate) => sum + rate, 0) / rates.length;
    const spread = Math.sqrt(rates.reduce((sum, rate) => sum + (rate - mean) ** 2, 0) / rates.length) / mean;
    console.log(
      `seed ${seed}: ${shop.assigned} given (${shop.rerouted} after no answer, ${shop.returned} taken from agents who had gone, ${shop.sticky} to whom they knew, ` +
        `${shop.overflowed} helped by another team); waited p50 ${second(0.5)} s, p95 ${second(0.95)} s; ` +
        `chats an hour and agent in turn: ${mean.toFixed(1)} ± ${(spread * 100).toFixed(0)} %`,
    );
  },
  120_000,
);
