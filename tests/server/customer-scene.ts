/** A shop's customers for the tests of their list, and a judge that knows nothing of SQL. */
import { nanoid } from 'nanoid';
import { insertRows } from '../../server/storage/rows.ts';
import type { CustomField } from '../../shared/custom-fields.ts';
import type { CustomerCondition, CustomerFilter } from '../../shared/customer-filter.ts';
import { foldName } from '../../shared/fold.ts';
import type { WallClock } from '../../shared/wall-clock.ts';
import type { House } from '../helpers/house.ts';
import { contactColumns, contactRow } from '../storage/rows-to-store.ts';
import { type Matters, matterHolds, noMatters, storeMatters, wasThen } from './matter-scene.ts';

export const DAY_MS = 24 * 3_600_000;

export interface Person {
  name: string | null;
  lifecycle: 'lead' | 'customer' | 'lapsed';
  locale: string | null;
  ownerId: string | null;
  companyId: string | null;
  tags: string[];
  identities: { kind: 'phone' | 'email' | 'external'; value: string; isVerified: boolean }[];
  consents: { kind: 'email' | 'sms'; isGiven: boolean; at: number }[];
  purchaseTotal: number;
  purchaseCount: number;
  lastPurchaseAt: number | null;
  createdAt: number;
  lastSeenAt: number;
  isGone: boolean;
  /** By the ids of the shop's fields. */
  values: Record<string, string | number | boolean>;
  matters?: Matters;
}

/** Of whom nothing is known. */
export const nobody: Person = {
  name: null,
  lifecycle: 'lead',
  locale: 'he',
  ownerId: null,
  companyId: null,
  tags: [],
  identities: [],
  consents: [],
  purchaseTotal: 0,
  purchaseCount: 0,
  lastPurchaseAt: null,
  createdAt: 1,
  lastSeenAt: 1,
  isGone: false,
  values: {},
};

export interface Stored extends Person {
  id: string;
}

export async function makeField(house: House, field: Partial<CustomField> & Pick<CustomField, 'key' | 'kind'>): Promise<CustomField> {
  const asked = { id: nanoid(), entity: 'contact', name: field.key, ...field };
  return house.json<CustomField>('POST', '/api/fields', asked);
}

/** As whoever wrote these files would have left them. */
export async function storePeople(house: House, people: readonly Person[], fields: readonly CustomField[] = []): Promise<Stored[]> {
  // What is verified is one person's alone.
  const stored = people.map((person, at) => ({
    ...person,
    id: nanoid(),
    identities: person.identities.map((one) => (one.isVerified ? { ...one, value: `${at}${one.value}` } : one)),
  }));
  await house.server.app.storage.write(async (trx) => {
    await insertRows(
      trx,
      'contact',
      stored.map(({ id, name, lifecycle, locale, ownerId, companyId, tags, createdAt, lastSeenAt, isGone, ...rest }) =>
        contactRow({
          id,
          name,
          lifecycle,
          locale,
          ownerId,
          companyId,
          tags: JSON.stringify(tags),
          createdAt,
          lastSeenAt,
          purchaseTotal: rest.purchaseTotal,
          purchaseCount: rest.purchaseCount,
          lastPurchaseAt: rest.lastPurchaseAt,
          ...(isGone && { mergedInto: 'V1StGXR8_Z5jdHi6B-myT', mergedAt: 1 }),
        }),
      ),
      contactColumns,
    );
    await insertRows(
      trx,
      'contactTag',
      stored.flatMap(({ id, tags }) => tags.map((tag) => ({ contactId: id, tag }))),
      { contactId: 'text', tag: 'text' },
    );
    await insertRows(
      trx,
      'identity',
      stored.flatMap(({ id, identities }) =>
        identities.map(({ kind, value, isVerified }) => ({
          id: nanoid(),
          contactId: id,
          kind,
          value,
          isVerified: isVerified ? 1 : 0,
          createdAt: 1,
        })),
      ),
      { id: 'text', contactId: 'text', kind: 'text', value: 'text', isVerified: 'integer', createdAt: 'bigint' },
    );
    for (const { id, consents, values, matters } of stored) {
      if (matters) await storeMatters(trx, id, matters);
      for (const { kind, isGiven, at } of consents) {
        const row = { id: nanoid(), contactId: id, kind, isGiven: isGiven ? 1 : 0, text: null, how: 'phone', agentId: null, at };
        await trx.insertInto('consent').values(row).execute();
      }
      for (const [fieldId, value] of Object.entries(values)) {
        const kind = fields.find((field) => field.id === fieldId)?.kind;
        const textKey = typeof value !== 'string' ? null : kind === 'text' ? foldName(value) : value;
        const number = typeof value === 'string' ? (kind === 'date' ? Date.parse(`${value}T00:00:00Z`) : null) : Number(value);
        await trx
          .insertInto('fieldValue')
          .values({ entityId: id, fieldId, value: JSON.stringify(value), textKey, number })
          .execute();
      }
    }
  });
  return stored;
}

const shorter = (text: string) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase());

interface Now {
  now: number;
  clock: WallClock;
}

/** What a reader of the filter would say of this person. */
export function wouldFit(filter: CustomerFilter, person: Stored, now: Now): boolean {
  const groups = filter.groups.map(({ match, conditions }) => {
    const verdicts = conditions.map((condition) => holds(condition, person, now));
    return match === 'all' ? verdicts.every(Boolean) : verdicts.some(Boolean);
  });
  if (groups.length === 0) return true;
  return filter.match === 'all' ? groups.every(Boolean) : groups.some(Boolean);
}

function holds(condition: CustomerCondition, person: Stored, { now, clock }: Now): boolean {
  const ofText = (text: string, op: string, value: string) =>
    op === 'is' ? text === value : op === 'starts' ? text.startsWith(value) : text.includes(value);
  const within = (value: number, { from, to }: { from?: number | undefined; to?: number | undefined }) =>
    value >= (from ?? Number.NEGATIVE_INFINITY) && value <= (to ?? Number.POSITIVE_INFINITY);
  switch (condition.on) {
    case 'lifecycle':
      return condition.values.includes(person.lifecycle) === (condition.op === 'any');
    case 'owner':
      return (
        condition.values.some((value) => (value === 'nobody' ? person.ownerId === null : value === person.ownerId)) ===
        (condition.op === 'any')
      );
    case 'tag':
      if ('presence' in condition) return person.tags.length > 0 === (condition.presence === 'filled');
      if (condition.op === 'all') return condition.values.every((tag) => person.tags.includes(tag));
      return condition.values.some((tag) => person.tags.includes(tag)) === (condition.op === 'any');
    case 'company':
      if ('presence' in condition) return (person.companyId !== null) === (condition.presence === 'filled');
      return (person.companyId !== null && condition.values.includes(person.companyId)) === (condition.op === 'any');
    case 'language':
      return condition.values.includes((person.locale ?? '').split('-')[0] ?? '') === (condition.op === 'any');
    case 'name':
      if ('presence' in condition) return (person.name !== null) === (condition.presence === 'filled');
      return ofText(shorter(person.name ?? ''), condition.op, shorter(condition.value));
    case 'email':
    case 'phone':
    case 'external': {
      const own = person.identities.filter(({ kind }) => kind === condition.on);
      if ('presence' in condition) return own.length > 0 === (condition.presence === 'filled');
      if ('isVerified' in condition) return own.some(({ isVerified }) => isVerified === condition.isVerified);
      const { op, value } = condition;
      return own.some((one) =>
        op === 'is'
          ? one.value === (condition.on === 'external' ? value : value.toLowerCase())
          : ofText(shorter(one.value), op, shorter(value)),
      );
    }
    case 'consent': {
      const last = person.consents.filter(({ kind }) => kind === condition.kind).toSorted((a, b) => b.at - a.at)[0];
      return condition.state === (last === undefined ? 'unknown' : last.isGiven ? 'given' : 'refused');
    }
    case 'value': {
      const isOther = condition.currency !== undefined && condition.currency !== 'ILS';
      const dollars = person.matters?.dollars.reduce((sum, one) => sum + one, 0) ?? 0;
      return within(isOther ? dollars : person.purchaseTotal, condition);
    }
    case 'purchases':
      return within(person.purchaseCount, condition);
    case 'created':
      return wasThen(condition.when, person.createdAt, now);
    case 'seen':
      return wasThen(condition.when, person.lastSeenAt, now);
    case 'purchased':
      return wasThen(condition.when, person.lastPurchaseAt, now);
    case 'opportunity':
    case 'ticket':
    case 'task':
      return matterHolds(condition, person.matters ?? noMatters, { now, clock });
    case 'field': {
      const value = person.values[condition.fieldId];
      if ('presence' in condition) return (value !== undefined) === (condition.presence === 'filled');
      if ('is' in condition) return (value === true) === condition.is;
      if ('choice' in condition)
        return (value !== undefined && condition.choice.values.includes(String(value))) === (condition.choice.op === 'any');
      if ('when' in condition) return wasThen(condition.when, value === undefined ? null : Date.parse(`${value}T00:00:00Z`), now);
      if (value === undefined) return false;
      if ('text' in condition) return ofText(foldName(String(value)), condition.text.op, foldName(condition.text.value));
      return within(Number(value), condition.range);
    }
    default:
      throw new Error(`Nobody has told the judge of ${condition.on}.`);
  }
}
