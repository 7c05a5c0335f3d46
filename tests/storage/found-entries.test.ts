import { describe, expect, it } from 'vitest';
import type { Storage } from '../../server/storage/database.ts';
import { matchEntries } from '../../server/storage/entry-words.ts';
import { addEntries, removeEntries } from '../../server/words/entries.ts';
import { readQuery } from '../../server/words/word-query.ts';
import { databaseNames, openFreshStorage } from '../helpers/storage.ts';

const ENTRIES = 6_000;
const EVERYTHING = Number.MAX_SAFE_INTEGER;

/** What shops write, from the oldest: a greeting that was given up, a sale in the middle, one word in every second text. */
function wordsAt(place: number): string[] {
  return [
    `only${place}`,
    place % 2 === 0 ? 'delivery' : 'invoice',
    ...(place < 1_300 ? ['greetings'] : []),
    ...(place > 2_000 && place < 4_500 ? ['bargain'] : []),
    ...(place % 5 === 0 ? ['refund'] : []),
    ...(place % 97 === 0 ? ['birthday'] : []),
    ...(place % 1_999 === 0 ? ['thunderstorm'] : []),
  ];
}

/** Numbers from 1,000 on, ten apart. */
const numberAt = (place: number) => 1_000 + 10 * place;

async function fill(storage: Storage, entries: readonly { place: number; words: string[] }[]): Promise<void> {
  await storage.write((trx) =>
    addEntries(
      trx,
      'messageEntry',
      entries.map(({ place, words }) => ({ id: `message-${place}`, words, createdAt: numberAt(place) })),
    ),
  );
}

describe.each(databaseNames)('Entries, on %s', (database) => {
  it('are found newest first without a gap, however often their words are written and however long ago', async () => {
    const storage = await openFreshStorage(database);
    const all = Array.from({ length: ENTRIES }, (_, place) => ({ place, words: wordsAt(place) }));
    // As an import brings them: the newest half first.
    await fill(storage, all.slice(ENTRIES / 2));
    await fill(storage, all.slice(0, ENTRIES / 2));
    const queries = [
      'delivery',
      'refund',
      'greetings',
      'bargain',
      'birthday',
      'thunderstorm',
      'only17',
      'delivery invoice',
      'delivery refund',
      'greetings refund delivery',
      'bargain birthday',
      'greetings bargain',
      'd',
    ];
    for (const query of queries) {
      const read = await readQuery(storage.db, 'messageWord', query);
      expect(read).not.toBeNull();
      if (read === null) continue;
      const fitting = all
        .filter(({ words }) => read.groups.every((group) => group.some((word) => words.includes(word))))
        .map(({ place }) => numberAt(place))
        .reverse();
      for (const limit of [1, 21, 500, 2_000]) {
        for (const [from, before] of [
          [0, EVERYTHING],
          [numberAt(1_000), numberAt(3_000)],
          [0, numberAt(1_200)],
          [numberAt(5_990), EVERYTHING],
        ] as const) {
          const found = await matchEntries(storage.db, 'messageEntry', { ...read, from, before, limit });
          expect(found, `${query}, ${limit} from ${from} before ${before}`).toEqual(
            fitting.filter((number) => number >= from && number < before).slice(0, limit),
          );
        }
      }
    }
  });

  it('are found by the most frequent of the words that begin as it was typed, among however many', async () => {
    const storage = await openFreshStorage(database);
    const crowd = Array.from({ length: 5_000 }, (_, at) => `garden${String(at).padStart(4, '0')}`);
    const often = Array.from({ length: 20 }, (_, place) => ({ place: place + 1, words: ['gzebra', 'gyoyo'] }));
    await fill(storage, [{ place: 0, words: crowd }, ...often]);
    const meantBy = async (query: string) => (await readQuery(storage.db, 'messageWord', query))?.groups[0];

    expect((await meantBy('g'))?.toSorted().slice(-2)).toEqual(['gyoyo', 'gzebra']);
    expect((await meantBy('garden0'))?.length).toBe(24);
    expect(await meantBy('garden4999')).toEqual(['garden4999']);

    const gone = often.slice(1).map(({ place, words }) => ({ number: numberAt(place), words: words.slice(0, 1) }));
    await storage.write((trx) => removeEntries(trx, 'messageEntry', gone));
    expect((await meantBy('gz'))?.toSorted()).toEqual(['gzebra']);
    expect(await meantBy('g')).not.toContain('gzebra');
    expect(await meantBy('g')).toContain('gyoyo');
  });
});
