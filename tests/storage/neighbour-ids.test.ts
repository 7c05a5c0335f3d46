import { expect, test } from 'vitest';
import { idBeside, idInSeries } from '../../server/storage/neighbour-ids.ts';
import { idSchema } from '../../shared/id.ts';

test('ids of one import are ids like any other, stand in the order of its lines, and are never the same twice', () => {
  const series = 'V1StGXR8_Z5jdHi6B-myT';
  const lines = [0, 1, 63, 64, 4_095, 4_096, 99_999, 500_001, 2 ** 30 - 1];
  const ids = lines.map((line) => idInSeries(series, line));
  expect(ids.every((id) => idSchema.safeParse(id).success)).toBe(true);
  expect(ids.toSorted()).toEqual(ids);
  expect(new Set(Array.from({ length: 500 }, () => idInSeries(series, 7))).size).toBe(500);
  for (const [at, id] of ids.entries()) {
    const beside = idBeside(id);
    expect(idSchema.safeParse(beside).success).toBe(true);
    expect([...ids.slice(0, at), beside, ...ids.slice(at + 1)].toSorted()[at]).toBe(beside);
  }
});
