import type { Db } from '../storage/database.ts';
import type {
  ConsentRow,
  CustomFieldRow,
  DocumentRow,
  OpportunityRow,
  PurchaseChangeRow,
  PurchaseLineRow,
  PurchaseRow,
  TaskRow,
} from '../storage/tables.ts';

/** Of each kind the latest so many: what a reply can carry. */
const MOST = 1_000;

export type ValueRow = Pick<CustomFieldRow, 'name' | 'kind' | 'choices' | 'currency'> & { value: string };

export async function listFieldValues(db: Db, contactId: string): Promise<ValueRow[]> {
  return db
    .selectFrom('fieldValue')
    .innerJoin('customField', 'customField.id', 'fieldValue.fieldId')
    .select(['customField.name', 'customField.kind', 'customField.choices', 'customField.currency', 'fieldValue.value'])
    .where('fieldValue.entityId', '=', contactId)
    .orderBy('customField.position')
    .orderBy('customField.id')
    .execute();
}

export async function listAgreements(db: Db, contactId: string): Promise<ConsentRow[]> {
  return db.selectFrom('consent').selectAll().where('contactId', '=', contactId).orderBy('at', 'desc').orderBy('id').limit(MOST).execute();
}

/** Their lines are asked for by `listBoughtLines`. */
export async function listBoughtRows(db: Db, contactId: string): Promise<PurchaseRow[]> {
  return db.selectFrom('purchase').selectAll().where('contactId', '=', contactId).orderBy('at', 'desc').orderBy('id').limit(MOST).execute();
}

export async function listBoughtLines(db: Db, contactId: string): Promise<PurchaseLineRow[]> {
  return db
    .selectFrom('purchaseLine')
    .innerJoin('purchase', 'purchase.id', 'purchaseLine.purchaseId')
    .selectAll('purchaseLine')
    .where('purchase.contactId', '=', contactId)
    .orderBy('purchase.at', 'desc')
    .orderBy('purchaseLine.position')
    .limit(5 * MOST)
    .execute();
}

/** What was deleted, with all that stood in it. */
export async function listRemovedRows(db: Db, contactId: string): Promise<Pick<PurchaseChangeRow, 'at' | 'currency' | 'changes'>[]> {
  const removed = db.selectFrom('purchaseChange').select(['at', 'currency', 'changes']).where('contactId', '=', contactId);
  return removed.where('kind', '=', 'removed').orderBy('at', 'desc').orderBy('id').limit(MOST).execute();
}

export async function listChances(db: Db, contactId: string): Promise<OpportunityRow[]> {
  const rows = db.selectFrom('opportunity').selectAll().where('contactId', '=', contactId);
  return rows.orderBy('createdAt', 'desc').orderBy('id').limit(MOST).execute();
}

/** What was to be done for the person, apart from the calls that it was promised. */
export async function listTodoRows(db: Db, contactId: string): Promise<TaskRow[]> {
  const rows = db.selectFrom('task').selectAll().where('contactId', '=', contactId).where('kind', '<>', 'callback');
  return rows.orderBy('createdAt', 'desc').orderBy('id').limit(MOST).execute();
}

export async function listKeptDocuments(
  db: Db,
  contactId: string,
): Promise<(Pick<DocumentRow, 'name' | 'createdAt'> & { type: string; size: number })[]> {
  return db
    .selectFrom('document')
    .innerJoin('attachment', 'attachment.id', 'document.fileId')
    .select(['document.name', 'document.createdAt', 'attachment.type', 'attachment.size'])
    .where('document.contactId', '=', contactId)
    .where('document.removedAt', 'is', null)
    .orderBy('document.createdAt', 'desc')
    .orderBy('document.id')
    .limit(MOST)
    .execute();
}
