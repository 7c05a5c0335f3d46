import type { Transaction } from '../storage/database.ts';
import type { AuditRow } from '../storage/tables.ts';

export async function insertExportAudit(trx: Transaction, row: AuditRow): Promise<void> {
  await trx.insertInto('audit').values(row).execute();
}
