/**
 * What a customer file says, as flat facts, so that a merge and its undoing are one reckoning for all of them. A fact that is not
 * there says nothing. Identities are no facts: they are things that stand in a file, and move.
 */
import type { MergeChoice } from '../../shared/merging.ts';
import type { ContactRow } from '../storage/tables.ts';
import type { HeldValue } from './merge-store.ts';

export type Facts = Record<string, string>;
export type Keep = Record<string, MergeChoice>;

/** How a merge came about, and what it made of the file that was kept. */
export interface Union {
  into: Facts;
  from: Facts;
  after: Facts;
  keep: Keep;
}

const lifecycles = ['lead', 'lapsed', 'customer'];

export function factsOf(row: ContactRow, values: readonly HeldValue[]): Facts {
  const { name, company, companyId, lifecycle, isLifecycleByHand, ownerId, locale } = row;
  const all: Record<string, string | null> = {
    name,
    company: company === null && companyId === null ? null : JSON.stringify([company, companyId]),
    lifecycle: JSON.stringify([lifecycle, isLifecycleByHand]),
    ownerId,
    locale,
    consent: row.consentAt === null ? null : JSON.stringify([row.consentAt, row.consentText]),
    page: row.pageUrl === null ? null : JSON.stringify([row.pageUrl, row.pageTitle]),
    block: row.blockedAt === null ? null : JSON.stringify([row.blockedAt, row.blockedUntil, row.blockedBy]),
    lastSeenAt: String(row.lastSeenAt),
  };
  for (const tag of JSON.parse(row.tags) as string[]) all[`tag:${tag}`] = tag;
  for (const [key, told] of Object.entries(JSON.parse(row.fields) as Record<string, string>)) all[`told:${key}`] = told;
  for (const { fieldId, ...value } of values) all[`field:${fieldId}`] = JSON.stringify(value);
  return Object.fromEntries(Object.entries(all).filter((fact): fact is [string, string] => fact[1] !== null));
}

export function columnsOf(facts: Facts): Partial<ContactRow> {
  const [company = null, companyId = null] = list(facts.company) as (string | null)[];
  const [lifecycle = 'lead', isLifecycleByHand = 0] = list(facts.lifecycle) as [string?, number?];
  const [consentAt = null, consentText = null] = list(facts.consent) as [number?, string?];
  const [pageUrl = null, pageTitle = null] = list(facts.page) as (string | null)[];
  const [blockedAt = null, blockedUntil = null, blockedBy = null] = list(facts.block) as [number?, number?, string?];
  return {
    ...{ name: facts.name ?? null, company, companyId, lifecycle, isLifecycleByHand, ownerId: facts.ownerId ?? null },
    ...{ locale: facts.locale ?? null, consentAt, consentText, pageUrl, pageTitle, blockedAt, blockedUntil, blockedBy },
    tags: JSON.stringify(tagsOf(facts)),
    fields: JSON.stringify(Object.fromEntries(under(facts, 'told:'))),
    ...(facts.lastSeenAt !== undefined && { lastSeenAt: Number(facts.lastSeenAt) }),
  };
}

export function tagsOf(facts: Facts): string[] {
  return under(facts, 'tag:').map(([tag]) => tag);
}

export function valuesOf(facts: Facts): HeldValue[] {
  return under(facts, 'field:').map(([fieldId, value]) => ({ fieldId, ...JSON.parse(value) }));
}

/** What the kept file says once the other is in it. */
export function unite(into: Facts, from: Facts, keep: Keep): Union {
  const after: Facts = {};
  for (const key of keysOf(into, from)) put(after, key, choose({ key, choice: keep[key], one: into[key], other: from[key] }));
  return { into, from, after, keep };
}

/**
 * What the kept file would say now had this merge never been, with the later ones that are in it still as they were chosen. They
 * are changed along: undone in turn, in whatever order, they lead back to the beginning. What somebody has edited since stays.
 */
export function withoutUnion(now: Facts, undone: Union, later: readonly Union[]): Facts {
  const back = { ...now };
  for (const key of keysOf(undone.into, undone.after)) {
    let stood = undone.after[key];
    let stands = undone.into[key];
    for (const union of later) {
      if (stood === stands || union.into[key] !== stood) {
        stood = stands;
        break;
      }
      put(union.into, key, stands);
      const next = choose({ key, choice: union.keep[key], one: stands, other: union.from[key] });
      stood = union.after[key];
      stands = next;
      put(union.after, key, next);
    }
    if (stood !== stands && now[key] === stood) put(back, key, stands);
  }
  return back;
}

interface Sides {
  key: string;
  choice: MergeChoice | undefined;
  one: string | undefined;
  other: string | undefined;
}

/** Unless chosen otherwise the kept file's word counts, and the other's where it says nothing. */
function choose({ key, choice, one, other }: Sides): string | undefined {
  if (choice === 'this') return one;
  if (choice === 'other') return other;
  if (choice !== undefined) return key === 'company' ? JSON.stringify([choice.value, null]) : choice.value;
  if (one === undefined || other === undefined) return one ?? other;
  if (key === 'lifecycle') return lifecycleRank(other) > lifecycleRank(one) ? other : one;
  if (key === 'block') return endOfBlock(other) > endOfBlock(one) ? other : one;
  if (key === 'lastSeenAt') return Number(other) > Number(one) ? other : one;
  return one;
}

/** Which side counts where nobody has chosen. */
export function suggestedSide(key: string, one: string | undefined, other: string | undefined): 'this' | 'other' {
  return choose({ key, choice: undefined, one, other }) === one ? 'this' : 'other';
}

export function keysOf(...facts: readonly Facts[]): string[] {
  return [...new Set(facts.flatMap((some) => Object.keys(some)))];
}

function lifecycleRank(fact: string): number {
  return lifecycles.indexOf(String(list(fact)[0]));
}

/** Of two blocks the one that ends last counts: who is blocked does not come back by being merged. */
function endOfBlock(fact: string): number {
  return (list(fact)[1] as number | null) ?? Number.POSITIVE_INFINITY;
}

function put(facts: Facts, key: string, value: string | undefined): void {
  if (value === undefined) delete facts[key];
  else facts[key] = value;
}

function under(facts: Facts, prefix: string): [string, string][] {
  return Object.entries(facts).flatMap(([key, value]) => (key.startsWith(prefix) ? [[key.slice(prefix.length), value]] : []));
}

function list(fact: string | undefined): unknown[] {
  return fact === undefined ? [] : JSON.parse(fact);
}
