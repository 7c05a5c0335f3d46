/** What a merge is told as in the timeline of the file that stays: field by field whose word counts, and what was set aside for it. */
import type { App, FileChange } from '../app.ts';
import { derivedId } from '../conversations/derived-id.ts';
import type { Transaction } from '../storage/database.ts';
import type { ContactMergeRow, IdentityRow } from '../storage/tables.ts';
import type { Caller } from '../transport/wire.ts';
import { listNamedFields } from './field-store.ts';
import { type Facts, keysOf, tagsOf, type Union } from './file-facts.ts';

type Change = FileChange['changes'][number];

/** Beyond these nobody reads on; the file itself shows all of them. */
const IDENTITIES_TOLD = 20;
/** Where somebody was seen, and when, is nobody's word. */
const untold = new Set(['page', 'lastSeenAt']);
const plainly = new Set(['name', 'ownerId', 'locale']);

export async function noteMerged(
  app: App,
  trx: Transaction,
  { row, caller, union, moved }: { row: ContactMergeRow; caller: Caller; union: Union; moved: readonly IdentityRow[] },
): Promise<void> {
  const fieldKeys = await keysOfFields(trx, keysOf(union.into, union.from));
  const facts = keysOf(union.into, union.from).flatMap((key) => changeOf(key, union, fieldKeys));
  const [before, after] = [tagsOf(union.into), tagsOf(union.after)];
  const tags: Change[] = before.length === after.length ? [] : [{ key: 'tags', before, after, side: 'other' }];
  const reach = moved
    .slice(0, IDENTITIES_TOLD)
    .map(({ kind, value }): Change => ({ key: kind, before: null, after: value, side: 'other' }));
  const changes: Change[] = [{ key: 'merged', before: null, after: union.from.name ?? true }, ...facts, ...tags, ...reach];
  await tell(app, trx, { id: idOf(row.id), contactId: row.intoId, agent: agentOf(caller), changes, at: row.at });
}

/** Whoever the other one was is not told in this file any more. */
export async function forgetMerged(app: App, trx: Transaction, row: Pick<ContactMergeRow, 'id' | 'intoId' | 'at'>): Promise<void> {
  const changes = [{ key: 'merged', before: null, after: true }];
  await tell(app, trx, { id: idOf(row.id), contactId: row.intoId, agent: null, changes, at: row.at });
}

/** Each is told of the other, by its id: what that one is called is looked up by whoever reads it. */
export async function noteSplit(
  app: App,
  trx: Transaction,
  { contactId, otherId, caller, at }: { contactId: string; otherId: string; caller: Caller; at: number },
): Promise<void> {
  const told = (id: string, of: string): FileChange => {
    return { contactId: id, agent: agentOf(caller), changes: [{ key: 'split', before: null, after: of }], at };
  };
  await app.followers.filesChanged(trx, [told(contactId, otherId), told(otherId, contactId)]);
}

/** Each of the two is told that it stands for itself; whose words it never were are not its to name. */
export async function noteParted(
  app: App,
  trx: Transaction,
  { contactIds, caller, at }: { contactIds: readonly string[]; caller: Caller; at: number },
): Promise<void> {
  const changes = [{ key: 'parted', before: null, after: true }];
  await app.followers.filesChanged(
    trx,
    contactIds.map((contactId) => ({ contactId, agent: agentOf(caller), changes, at })),
  );
}

async function tell(app: App, trx: Transaction, change: FileChange): Promise<void> {
  await app.followers.filesChanged(trx, [change]);
}

function changeOf(key: string, { into, from, after }: Union, fieldKeys: ReadonlyMap<string, string>): Change[] {
  const told = key.startsWith('field:') ? fieldKeys.get(key.slice('field:'.length)) : toldKeyOf(key);
  if (told === undefined || from[key] === undefined) return [];
  const [one, other, now] = [saidIn(key, into), saidIn(key, from), saidIn(key, after)];
  if (one === other) return [];
  if (now === one) return [{ key: told, before: other, after: one, side: 'this' }];
  return [{ key: told, before: one, after: now, ...(now === other && { side: 'other' }) }];
}

function toldKeyOf(key: string): string | undefined {
  if (untold.has(key) || key.startsWith('tag:')) return undefined;
  if (key === 'consent') return 'consent.data';
  return key.startsWith('told:') ? `told.${key.slice('told:'.length)}` : key;
}

/** As a change of this field by hand would say it. */
function saidIn(key: string, facts: Facts): unknown {
  const fact = facts[key];
  if (fact === undefined) return null;
  if (plainly.has(key) || key.startsWith('told:')) return fact;
  if (key === 'consent' || key === 'block') return true;
  const held = JSON.parse(fact);
  return key.startsWith('field:') ? JSON.parse(held.value) : held[0];
}

async function keysOfFields(trx: Transaction, keys: readonly string[]): Promise<Map<string, string>> {
  const ids = keys.flatMap((key) => (key.startsWith('field:') ? [key.slice('field:'.length)] : []));
  return new Map((await listNamedFields(trx, ids)).map(({ id, key }) => [id, `values.${key}`]));
}

function idOf(mergeId: string): string {
  return derivedId(`merged ${mergeId}`);
}

function agentOf({ agentId, name }: Caller): FileChange['agent'] {
  return { id: agentId, name };
}
