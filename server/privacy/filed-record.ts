/** What the business has written into a person's file, for that person: what was bought, planned, agreed to and kept. Notes never. */
import type { ConsentKind, ConsentWay } from '../../shared/consent.ts';
import type { FieldChoice, FieldValue } from '../../shared/custom-fields.ts';
import { grouped } from '../../shared/grouped.ts';
import type { FiledRecord, OwnRecord } from '../../shared/own-record.ts';
import { formatQuantity } from '../../shared/purchase.ts';
import type { PurchaseChangeField, SaidLine } from '../../shared/purchase-change.ts';
import type { StoredChange } from '../purchases/purchase-changes.ts';
import type { Db } from '../storage/database.ts';
import { dueOf } from '../tasks/todo-times.ts';
import {
  listAgreements,
  listBoughtLines,
  listBoughtRows,
  listChances,
  listFieldValues,
  listKeptDocuments,
  listRemovedRows,
  listTodoRows,
  type ValueRow,
} from './filed-record-store.ts';

/**
 * Where in the record each thing is told that can stand in a customer file, by the name of its `FileShelf`. Null: papers of the house
 * about its own work, in which nothing stands that is not told elsewhere.
 */
export const toldAs: Record<string, keyof OwnRecord | null> = {
  visitor: 'profile',
  conversation: 'conversations',
  task: 'tasks',
  rating: 'ratings',
  mail: 'letters',
  consent: 'consents',
  merge: null,
  activity: 'activities',
  document: 'documents',
  notice: null,
  customerJob: null,
  purchase: 'purchases',
  purchaseChange: 'purchases',
  leftPurchase: null,
  opportunity: 'opportunities',
  ticket: 'tickets',
};

/** Of a browser that nobody vouches for. */
export const nothingFiled: FiledRecord = { values: [], consents: [], purchases: [], opportunities: [], tasks: [], documents: [] };

export async function readFiledRecord(db: Db, contactId: string): Promise<FiledRecord> {
  const [values, consents, purchases, lines, removed, chances, todos, documents] = await Promise.all([
    listFieldValues(db, contactId),
    listAgreements(db, contactId),
    listBoughtRows(db, contactId),
    listBoughtLines(db, contactId),
    listRemovedRows(db, contactId),
    listChances(db, contactId),
    listTodoRows(db, contactId),
    listKeptDocuments(db, contactId),
  ]);
  const linesOf = grouped(lines, ({ purchaseId }) => purchaseId);
  return {
    values: values.map((row) => ({ name: row.name, value: saidIn(row), currency: row.kind === 'money' ? row.currency : null })),
    consents: consents.map(({ kind, isGiven, how, text, at }) => ({
      ...{ kind: kind as ConsentKind, isGiven: isGiven === 1, how: how as ConsentWay, text, at },
    })),
    purchases: [
      ...purchases.map(({ id, number, externalId, status, at, total, currency }) => ({
        ...{ number: number ?? externalId, status, at, total, currency, removedAt: null },
        lines: (linesOf.get(id) ?? []).map((line) => ({
          ...{ product: line.product, quantity: formatQuantity(line.quantity), total: line.total, endsAt: line.endsAt },
        })),
      })),
      ...removed.map(toRemoved),
    ],
    opportunities: chances.map(({ name, status, amount, currency, createdAt }) => ({ name, status, amount, currency, at: createdAt })),
    tasks: todos.map(({ title, status, dueAt, createdAt, doneAt }) => ({
      ...{ title: title ?? '', isDone: status === 'done', dueAt: dueOf({ dueAt }), at: createdAt, doneAt },
    })),
    documents: documents.map(({ name, type, size, createdAt }) => ({ name, type, size, at: createdAt })),
  };
}

/** As it was last. */
function toRemoved({
  at: removedAt,
  currency,
  changes,
}: Awaited<ReturnType<typeof listRemovedRows>>[number]): FiledRecord['purchases'][number] {
  const said = new Map((JSON.parse(changes) as StoredChange[]).map(({ field, before }) => [field, before]));
  const wordIn = (field: PurchaseChangeField) => said.get(field) as string | undefined;
  return {
    ...{ number: wordIn('number') ?? wordIn('externalId') ?? null, status: wordIn('status') ?? '', currency, removedAt },
    ...{ at: Number(said.get('at') ?? removedAt), total: Number(said.get('total') ?? 0) },
    lines: ((said.get('lines') ?? []) as SaidLine[]).map(({ product, quantity, total, endsAt }) => ({ product, quantity, total, endsAt })),
  };
}

function saidIn({ kind, choices, value }: ValueRow): FieldValue {
  const held: FieldValue = JSON.parse(value);
  if (kind !== 'choice') return held;
  return (JSON.parse(choices) as FieldChoice[]).find(({ id }) => id === held)?.label ?? held;
}
