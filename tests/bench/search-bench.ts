/**
 * `npm run bench:search`: a million messages (BENCH_MESSAGES) in a tenth as many conversations on SQLite and PostgreSQL, found by
 * common and rare words, beginnings, slips, phones and filters; `-- sqlite` or `-- postgres` takes one of them. Prints what a search takes, what the index weighs, and
 * what indexing adds to storing a message. Ends with an error where the p95 of a search is over the aim.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import path from 'node:path';
import { sql } from 'kysely';
import { nanoid } from 'nanoid';
import type { App } from '../../server/app.ts';
import { contactIndex } from '../../server/contacts/contact-entries.ts';
import { MessageIndex } from '../../server/search/message-entries.ts';
import { search } from '../../server/search/search-everything.ts';
import { openStorage, type Storage } from '../../server/storage/database.ts';
import { indexChanged } from '../../server/words/kept-words.ts';
import { permissions } from '../../shared/agent.ts';
import { searchQuerySchema } from '../../shared/search.ts';
import { startPostgres } from '../helpers/postgres.ts';
import { quantile, table } from './figures.ts';
import { fillTown, sentence } from './search-town.ts';

const AIM_MS = 100;
const ROUNDS = 20;
const FILL_BATCH = 4_000;
const messages = Number(process.env.BENCH_MESSAGES ?? 1_000_000);
const town = { messages, conversations: Math.ceil(messages / 10), contacts: Math.ceil(messages / 20) };
const caller = {
  agentId: nanoid(),
  name: 'Dana',
  role: 'administrator',
  permissions,
  credentialId: '',
  teamIds: [],
  mateIds: new Set<string>(),
  mustEnrol: false,
} as const;

const asked: [what: string, query: Record<string, string>][] = [
  ['the most common word', { q: 'שלום', kind: 'message' }],
  ['its second page', { q: 'תודה', kind: 'message', limit: '100' }],
  ['a word with a prefix', { q: 'במשלוח', kind: 'message' }],
  ['two common words', { q: 'חשבונית תשלום', kind: 'message' }],
  ['two words seldom together', { q: 'birthday חשבונית', kind: 'message' }],
  ['three words', { q: 'delivery order please', kind: 'message' }],
  ['a common word and a letter', { q: 'refund ג', kind: 'message' }],
  ['what was common long ago', { q: 'greetings', kind: 'message' }],
  ['a rare word', { q: 'בגדהא', kind: 'message' }],
  ['one letter', { q: 'ש', kind: 'message' }],
  ['two letters', { q: 'de', kind: 'message' }],
  ['three letters', { q: 'מחי', kind: 'message' }],
  ['an order number', { q: '123456', kind: 'message' }],
  ['a slip in a short word', { q: 'refnud', kind: 'message' }],
  ['two slips in a long word', { q: 'confirmatoon', kind: 'message' }],
  ['no such word', { q: 'qzxwvkj', kind: 'message' }],
  ['a common word, open conversations only', { q: 'תודה', kind: 'message', status: 'open' }],
  ['a common word, snoozed only (there is none)', { q: 'תודה', kind: 'message', status: 'snoozed' }],
  ['a common word with a tag', { q: 'order', kind: 'message', tag: 'vip' }],
  ['a common word in one month a year ago', { q: 'order', kind: 'message', from: '-400', to: '-370' }],
  ['everything: one letter', { q: 'ה' }],
  ['everything: two letters', { q: 'כה' }],
  ['everything: one digit', { q: '0' }],
  ['everything: a word', { q: 'חשבונית' }],
  ['everything: a common name', { q: 'כהן' }],
  ['everything: first and last name', { q: 'לוי רות' }],
  ['everything: a phone', { q: '051-000 7007' }],
  ['everything: the end of a phone', { q: '0007' }],
  ['everything: an e-mail', { q: 'example' }],
  ['conversations with a tag', { kind: 'conversation', tag: 'vip' }],
];

console.log(`Node ${process.version}, ${cpus().length} cores (${cpus()[0]?.model}).`);
const wished = process.argv.slice(2);
const all = { sqlite: onSqlite, postgres: onPostgres };
const results: Result[] = [];
for (const [name, run] of Object.entries(all)) if (wished.length === 0 || wished.includes(name)) results.push(await run());
const rows = asked.map(([what], at) => [what, ...results.flatMap(({ times }) => [shown(times[at], 0.5), shown(times[at], 0.95)])]);
console.log(`\n${table(['ms', ...results.flatMap(({ name }) => [`${name} p50`, 'p95'])], rows)}\n`);
for (const { name, notes } of results) console.log(`${name}: ${notes.join('; ')}.`);
const slow = results.flatMap(({ name, times }) => times.flatMap((ms, at) => (p(ms, 0.95) > AIM_MS ? [`${name}, ${asked[at]?.[0]}`] : [])));
console.log(slow.length === 0 ? `Every p95 is within ${AIM_MS} ms.` : `Over ${AIM_MS} ms: ${slow.join('; ')}.`);
process.exit(slow.length === 0 ? 0 : 1);

interface Result {
  name: string;
  times: number[][];
  notes: string[];
}

async function onSqlite(): Promise<Result> {
  const dataDir = await mkdtemp(path.join(tmpdir(), 'kesher-search-'));
  try {
    return await measure('SQLite', await open(dataDir), async (storage) => {
      const weight = async (pattern: string) => {
        const { rows: found } = await sql<{
          bytes: number;
        }>`select sum("pgsize") as "bytes" from dbstat where aggregate = true and "name" like ${pattern}`.execute(storage.db);
        return megabytes(found[0]?.bytes ?? 0);
      };
      return `messages ${await weight('message')}, words of messages ${await weight('messageEntryWords%')}, entries ${await weight('messageEntry')}, vocabulary ${await weight('messageWord')}, customer files' words ${await weight('contactEntry%')}`;
    });
  } finally {
    await rm(dataDir, { recursive: true, force: true });
  }
}

async function onPostgres(): Promise<Result> {
  const server = await startPostgres();
  try {
    return await measure('PostgreSQL', await open('', server.url), async (storage) => {
      const { rows: found } = await sql<{
        name: string;
        bytes: number;
      }>`select c.relname as "name", pg_relation_size(c.oid) as "bytes" from pg_class c
        join pg_namespace n on n.oid = c.relnamespace where n.nspname = current_schema() and c.relname ~ '^(message|contact)(Entry|Word|$)' and c.relkind in ('r', 'i') order by 1`.execute(
        storage.db,
      );
      return found.map(({ name, bytes }) => `${name} ${megabytes(bytes)}`).join(', ');
    });
  } finally {
    await server.stop();
  }
}

function open(dataDir: string, databaseUrl?: string): Promise<Storage> {
  return openStorage({
    dataDir,
    databaseUrl,
    now: Date.now,
    onFatal: (error) => {
      throw error;
    },
  });
}

async function measure(name: string, storage: Storage, weigh: (storage: Storage) => Promise<string>): Promise<Result> {
  const app = { storage, now: Date.now } as unknown as App;
  const notes: string[] = [];
  let startedAt = performance.now();
  await fillTown(storage, town, Date.now());
  console.log(`${name}: ${messages} messages in ${seconds(startedAt)}`);
  startedAt = performance.now();
  while (await indexChanged(app, contactIndex));
  console.log(`${name}: ${town.contacts} customer files indexed in ${seconds(startedAt)}`);
  startedAt = performance.now();
  const index = new MessageIndex(app);
  while (await index.step(FILL_BATCH));
  notes.push(
    `indexing takes ${Math.round(((performance.now() - startedAt) * 1_000) / messages)} µs a message in batches of ${FILL_BATCH} (${seconds(startedAt)} for all)`,
  );
  console.log(`${name}: ${notes[0]}`);
  notes.push(await weigh(storage));
  if (name === 'PostgreSQL') await storage.write((trx) => sql`analyze`.execute(trx));
  const times = asked.map((): number[] => []);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [at, [, query]] of asked.entries()) {
      const parsed = searchQuerySchema.parse({ ...query, ...momentsOf(query) });
      const from = performance.now();
      await search(app, caller, parsed);
      times[at]?.push(performance.now() - from);
    }
  }
  notes.push(await weighStoring(app));
  await storage.close();
  return { name, times, notes };
}

/** Days before now become moments. */
function momentsOf(query: Record<string, string>): Record<string, number> {
  const days = Object.entries(query).filter(([key]) => key === 'from' || key === 'to');
  return Object.fromEntries(days.map(([key, value]) => [key, Date.now() + Number(value) * 86_400_000]));
}

/** Messages stored in fifties, with the index resting and with the index following. */
async function weighStoring(app: App): Promise<string> {
  const { storage } = app;
  const conversation = await storage.db.selectFrom('conversation').selectAll().limit(1).executeTakeFirstOrThrow();
  let seq = conversation.lastSeq;
  const store = async () => {
    const taken: number[] = [];
    for (let batch = 0; batch < 60; batch += 1) {
      const from = performance.now();
      await storage.write(async (trx) => {
        for (let at = 0; at < 50; at += 1) {
          seq += 1;
          await trx
            .insertInto('message')
            .values({
              id: nanoid(),
              conversationId: conversation.id,
              seq,
              authorKind: 'visitor',
              authorId: null,
              authorName: null,
              visibility: 'public',
              text: sentence(true),
              replyTo: null,
              createdAt: Date.now(),
            })
            .execute();
        }
        await trx.updateTable('conversation').set({ lastSeq: seq, updatedAt: Date.now() }).where('id', '=', conversation.id).execute();
      });
      taken.push(performance.now() - from);
    }
    return taken;
  };
  const alone = await store();
  const index = new MessageIndex(app);
  let isDone = false;
  const following = (async () => {
    while (!isDone) {
      const from = performance.now();
      await index.step();
      await new Promise((resolve) => setTimeout(resolve, 2 * (performance.now() - from)));
    }
  })();
  const followed = await store();
  isDone = true;
  await following;
  return `storing fifty messages takes ${shown(alone, 0.5)} ms (p95 ${shown(alone, 0.95)}) alone and ${shown(followed, 0.5)} ms (p95 ${shown(followed, 0.95)}) while the index follows`;
}

function shown(times: number[] | undefined, part: number): string {
  return p(times ?? [], part).toFixed(1);
}

function seconds(startedAt: number): string {
  return `${((performance.now() - startedAt) / 1_000).toFixed(0)} s`;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_048_576).toFixed(0)} MB`;
}

function p(times: readonly number[], share: number): number {
  return quantile(
    times.toSorted((one, other) => one - other),
    share,
  );
}
