import { expect, test } from 'vitest';
import { excerptsFor } from '../../server/words/found-excerpts.ts';

const long = 'a sentence of a note that somebody wrote at length '.repeat(78);

test('a page of long notes is looked through by turns, between which others are served', async () => {
  const sought = Array.from({ length: 400 }, (_, number) => ({ id: `${number}`, shown: 'Roof', texts: [`garden ${long}`] }));
  let [turns, isOver] = [0, false];
  const serve = () => {
    turns += 1;
    if (!isOver) setImmediate(serve);
  };
  setImmediate(serve);
  const excerpts = await excerptsFor(sought, [['garden']]);
  isOver = true;
  expect(excerpts.size).toBe(400);
  expect(turns).toBeGreaterThan(15);
});

test('of many long notes the beginning of each is looked through, of one all of it', async () => {
  const deep = { shown: 'Roof', texts: [`${long} garden`] };
  const one = await excerptsFor([{ id: 'a', ...deep }], [['garden']]);
  expect(one.get('a')?.text).toMatch(/garden$/);
  const many = await excerptsFor(
    Array.from({ length: 400 }, (_, number) => ({ id: `${number}`, ...deep })),
    [['garden']],
  );
  expect(many.size).toBe(0);
});
