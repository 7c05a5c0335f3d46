/** In which currency customers are valued, and by which rules they come and go. */
import type { CustomerRules } from '../../shared/purchase.ts';
import type { Db, Transaction } from '../storage/database.ts';
import { getCustomerRuleRow, updateCustomerRule } from './customer-rule-store.ts';

export async function readCustomerRules(db: Db): Promise<CustomerRules> {
  const { currency, lapseAfterDays, isLeadUntilPurchase } = await getCustomerRuleRow(db);
  return { currency, lapseAfterDays, isLeadUntilPurchase: isLeadUntilPurchase === 1 };
}

/** What customers are worth is to be reckoned anew where it is told in another currency from now on, or makes customers otherwise. */
export async function setCustomerRules(trx: Transaction, rules: CustomerRules): Promise<void> {
  const before = await readCustomerRules(trx);
  const isOther = rules.currency !== before.currency || rules.isLeadUntilPurchase !== before.isLeadUntilPurchase;
  await updateCustomerRule(trx, {
    currency: rules.currency,
    lapseAfterDays: rules.lapseAfterDays,
    isLeadUntilPurchase: rules.isLeadUntilPurchase ? 1 : 0,
    ...(isOther && { recountedTo: '' }),
  });
}

/** The last file that was reckoned anew; null: all of them. */
export async function readRecount(db: Db): Promise<string | null> {
  return (await getCustomerRuleRow(db)).recountedTo;
}

/** Unless it has begun anew meanwhile. */
export async function setRecount(trx: Transaction, from: string, to: string | null): Promise<void> {
  if ((await readRecount(trx)) === from) await updateCustomerRule(trx, { recountedTo: to });
}
