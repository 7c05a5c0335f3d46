/**
 * `npm run bench:contacts`: a business of ten thousand, a hundred thousand and a million customers (BENCH_CONTACTS, with commas) with ten
 * items of the timeline each (BENCH_ITEMS) on SQLite, kept in `.cache/contacts-bench` for the next run. Prints what it takes to open a
 * file, to find who may be the same person, to show a page of a filtered list, to count, and to put a changed customer into its segments; ends with an error over the aim.
 */
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { cpus } from 'node:os';
import path from 'node:path';
import type { App } from '../../server/app.ts';
import { contactIndex } from '../../server/contacts/contact-entries.ts';
import { getContact } from '../../server/contacts/contacts.ts';
import { shownTo } from '../../server/contacts/masking.ts';
import { countCustomers, listCustomers } from '../../server/customers/customers.ts';
import { keepSegments } from '../../server/customers/segment-keeping.ts';
import { listSegments } from '../../server/customers/segments.ts';
import type { DocumentRoom } from '../../server/documents/documents.ts';
import { findLikenesses } from '../../server/merging/likeness-finding.ts';
import { timelineSources } from '../../server/server.ts';
import { openStorage, type Storage } from '../../server/storage/database.ts';
import { readTimeline } from '../../server/timeline/merged-timeline.ts';
import { WORDS_VERSION } from '../../server/words/entries.ts';
import { startIndex } from '../../server/words/kept-word-store.ts';
import { indexChanged } from '../../server/words/kept-words.ts';
import { permissions } from '../../shared/agent.ts';
import { customerQuerySchema } from '../../shared/customer.ts';
import type { CustomerCondition } from '../../shared/customer-filter.ts';
import { timelineQuerySchema } from '../../shared/timeline.ts';
import { fillSegments, fillTown, townCategory, townChoice, townFields, townInbox, townOwner, townStages } from './customer-town.ts';
import { quantile, table } from './figures.ts';

const AIM_MS = 100;
const ROUNDS = Number(process.env.BENCH_ROUNDS ?? 40);
const sizes = (process.env.BENCH_CONTACTS ?? '10000,100000,1000000').split(',').map(Number);
const itemsEach = Number(process.env.BENCH_ITEMS ?? 10);
const caller = {
  agentId: townOwner,
  name: 'Dana',
  role: 'administrator',
  permissions,
  credentialId: '',
  teamIds: [],
  mateIds: new Set<string>(),
  mustEnrol: false,
} as const;

const lists: [what: string, conditions: CustomerCondition[], query?: Record<string, string>][] = [
  ['everybody, last seen first', []],
  ['everybody by name', [], { sort: 'name' }],
  ['everybody by value', [], { sort: 'value' }],
  ['a tag of every fifth', [{ on: 'tag', op: 'any', values: ['vip'] }]],
  ['a tag of one in 2,000', [{ on: 'tag', op: 'any', values: ['rare'] }]],
  ['mine, by last purchase', [{ on: 'owner', op: 'any', values: ['me'] }], { sort: 'purchased' }],
  ['of a colleague with few', [{ on: 'owner', op: 'any', values: ['agent-seldom000000000'] }], { sort: 'name' }],
  ['of one company', [{ on: 'company', op: 'any', values: ['company-0000000000021'] }]],
  [
    'lapsed, not seen for 90 days',
    [
      { on: 'lifecycle', op: 'any', values: ['lapsed'] },
      { on: 'seen', when: { op: 'older', days: 90 } },
    ],
  ],
  ['a choice of one in 150', [{ on: 'field', fieldId: townFields.source, choice: { op: 'any', values: [townChoice] } }]],
  ['a number between', [{ on: 'field', fieldId: townFields.plants, range: { from: 90, to: 95 } }]],
  ['a renewal within 14 days', [{ on: 'field', fieldId: townFields.renewal, when: { op: 'ahead', days: 14 } }]],
  ['worth more than 9,900', [{ on: 'value', from: 990_000 }]],
  [
    'no phone, wrote in an inbox',
    [
      { on: 'phone', presence: 'empty' },
      { on: 'inbox', op: 'any', values: [townInbox] },
    ],
  ],
  ['an open task', [{ on: 'open', what: 'task', is: true }]],
  [
    'an open opportunity in one stage, over 9,900',
    [{ on: 'opportunity', is: true, statuses: ['open'], stageIds: [townStages[0]], amount: { currency: 'ILS', from: 990_000 } }],
  ],
  ['open, expected to close within 14 days', [{ on: 'opportunity', is: true, statuses: ['open'], closes: { op: 'ahead', days: 14 } }]],
  ['won within a day', [{ on: 'opportunity', is: true, statuses: ['won'], closed: { op: 'within', days: 1 } }]],
  ['opportunities of a colleague with few', [{ on: 'opportunity', is: true, owners: ['agent-seldom000000000'] }]],
  ['no opportunity at all', [{ on: 'opportunity', is: false }]],
  [
    'an urgent ticket of one category that is open',
    [{ on: 'ticket', is: true, statuses: ['open'], categoryIds: [townCategory], priorities: ['urgent'] }],
  ],
  ['a call that is overdue', [{ on: 'task', is: true, kinds: ['callback'], isOverdue: true }]],
  ['worth more than 9,900 in dollars', [{ on: 'value', currency: 'USD', from: 990_000 }]],
  ['an e-mail that contains something', [{ on: 'email', op: 'contains', value: '777' }]],
  [
    'nobody: two that exclude each other',
    [
      { on: 'tag', op: 'any', values: ['vip'] },
      { on: 'field', fieldId: townFields.plants, range: { from: 96.5 } },
    ],
  ],
  ['in a segment of a fifth', [{ on: 'segment', op: 'any', values: ['segment-00-0000000000'] }]],
];

const wishes: [name: string, condition: CustomerCondition, where: string][] = [
  ['VIP', { on: 'tag', op: 'any', values: ['vip'] }, `id in (select contactId from contactTag where tag = 'vip')`],
  ['Lapsed', { on: 'lifecycle', op: 'any', values: ['lapsed'] }, `lifecycle = 'lapsed'`],
  ['Mine', { on: 'owner', op: 'any', values: ['me'] }, `ownerId = '${townOwner}'`],
  ['Rare', { on: 'tag', op: 'any', values: ['rare'] }, `id in (select contactId from contactTag where tag = 'rare')`],
];
const segments = Array.from({ length: 20 }, (_, at) => {
  const [name, condition, where] = wishes[at % wishes.length] as (typeof wishes)[number];
  const filter = JSON.stringify({ match: 'all', groups: [{ match: 'all', conditions: [condition] }] });
  return { id: `segment-${String(at).padStart(2, '0')}-0000000000`, name: `${name} ${at}`, filter, where };
});

console.log(`Node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model}); ${itemsEach} items of the timeline for each customer.`);
const results: Map<string, Taken>[] = [];
for (const size of sizes) results.push(await measure(size));
const names = [...(results[0]?.keys() ?? [])];
const head = [
  'ms',
  ...sizes.flatMap((size) => [`${size.toLocaleString('en')} p50`, 'p95', 'CPU p50', 'CPU p95']),
  'largest ÷ smallest (CPU p50)',
];
const p = (times: readonly number[] | undefined, share: number) =>
  quantile(
    (times ?? []).toSorted((a, b) => a - b),
    share,
  );
const rows = names.map((name) => {
  const first = p(results[0]?.get(name)?.cpu, 0.5);
  const last = p(results.at(-1)?.get(name)?.cpu, 0.5);
  const shown = results.flatMap((one) =>
    [one.get(name)?.wall, one.get(name)?.cpu].flatMap((times) => [p(times, 0.5).toFixed(1), p(times, 0.95).toFixed(1)]),
  );
  return [name, ...shown, (last / first).toFixed(1)];
});
console.log(`\n${table(head, rows)}\n`);
const slow = names.filter((name) => results.some((one) => p(one.get(name)?.wall, 0.95) > AIM_MS));
console.log(slow.length === 0 ? `Every p95 is within ${AIM_MS} ms.` : `Over ${AIM_MS} ms: ${slow.join('; ')}.`);
process.exit(slow.length === 0 ? 0 : 1);

/** By the clock, and of the processor: on a busy machine only the second says what a question costs. */
interface Taken {
  wall: number[];
  cpu: number[];
}

async function measure(size: number): Promise<Map<string, Taken>> {
  const storage = await openTown(size);
  const app = appOf(storage);
  const times = new Map<string, Taken>();
  const ids = (await storage.db.selectFrom('contact').select('id').orderBy('id').limit(100_000).execute()).map(({ id }) => id);
  const time = async (name: string, ask: () => Promise<unknown>) => {
    const taken: Taken = { wall: [], cpu: [] };
    for (let round = 0; round < ROUNDS; round += 1) {
      const before = process.cpuUsage();
      const startedAt = performance.now();
      await ask();
      taken.wall.push(performance.now() - startedAt);
      const { user, system } = process.cpuUsage(before);
      taken.cpu.push((user + system) / 1_000);
      await new Promise((resolve) => setImmediate(resolve));
    }
    times.set(name, taken);
  };
  const someone = () => ids[Math.floor(Math.random() * ids.length)] as string;
  await time('open a file', async () => shownTo(caller, await getContact(storage.db, someone())));
  const timeline = { app, sources: timelineSources({ app } as DocumentRoom) };
  await time('open a file with its timeline', async () => {
    const contactId = someone();
    await Promise.all([getContact(storage.db, contactId), readTimeline(timeline, { caller, contactId }, timelineQuerySchema.parse({}))]);
  });
  await time('who may be the same as somebody', () => findLikenesses(app, someone()));
  for (const [what, conditions, query = {}] of lists) {
    const filter = conditions.length === 0 ? {} : { filter: JSON.stringify({ groups: [{ conditions }] }) };
    await time(`list: ${what}`, () => listCustomers(app, caller, customerQuerySchema.parse({ ...filter, ...query })));
  }
  await time('the counts of all segments', () => listSegments(app, caller));
  await time('a segment’s count, asked for', () => countCustomers(app, caller, { segmentId: 'segment-00-0000000000' }));
  await time('one look of a count by a filter', () =>
    countCustomers(app, caller, {
      filter: { match: 'all', groups: [{ match: 'all', conditions: [{ on: 'tag', op: 'any', values: ['vip'] }] }] },
    }),
  );
  await time('a changed customer in 20 segments', async () => {
    const id = someone();
    await storage.write((trx) => trx.updateTable('contact').set({ lifecycle: 'lapsed' }).where('id', '=', id).execute());
    while ((await keepSegments(app)) !== 'nothing');
  });
  await storage.close();
  return times;
}

async function openTown(size: number): Promise<Storage> {
  const dataDir = path.resolve('.cache/contacts-bench', `${size}-${itemsEach}`);
  const file = path.join(dataDir, 'kesher.db');
  const whole = path.join(dataDir, 'whole');
  const open = () =>
    openStorage({
      dataDir,
      databaseUrl: undefined,
      now: Date.now,
      onFatal: (error) => {
        throw error;
      },
    });
  if (!existsSync(whole)) {
    const startedAt = performance.now();
    rmSync(dataDir, { recursive: true, force: true });
    mkdirSync(dataDir, { recursive: true });
    await (await open()).close();
    fillTown(file, { contacts: size, itemsEach }, Date.now());
    fillSegments(file, segments, Date.now());
    mkdirSync(whole);
    console.log(`${size.toLocaleString('en')} customers written in ${((performance.now() - startedAt) / 1_000).toFixed(0)} s.`);
  }
  const storage = await open();
  const indexed = path.join(dataDir, 'indexed');
  if (!existsSync(indexed)) {
    const startedAt = performance.now();
    await storage.write((trx) => startIndex(trx, contactIndex, WORDS_VERSION));
    while (await indexChanged(appOf(storage), contactIndex));
    mkdirSync(indexed);
    console.log(`${size.toLocaleString('en')} customers indexed in ${((performance.now() - startedAt) / 1_000).toFixed(0)} s.`);
  }
  return storage;
}

/** As much of the product as is asked here. */
function appOf(storage: Storage): App {
  return {
    storage,
    now: Date.now,
    broadcast: { toRooms: () => undefined },
    followers: { contactsIndexed: () => Promise.resolve() },
  } as unknown as App;
}
