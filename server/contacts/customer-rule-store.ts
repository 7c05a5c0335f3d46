import type { Db, Transaction } from '../storage/database.ts';
import type { CustomerRuleRow } from '../storage/tables.ts';

export async function getCustomerRuleRow(db: Db): Promise<CustomerRuleRow> {
  return db.selectFrom('customerRule').selectAll().executeTakeFirstOrThrow();
}

export async function updateCustomerRule(trx: Transaction, values: Partial<Omit<CustomerRuleRow, 'id'>>): Promise<void> {
  await trx.updateTable('customerRule').set(values).execute();
}
