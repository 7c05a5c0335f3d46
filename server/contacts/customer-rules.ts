/** In which currency customers are valued, and by which rules they come and go. */
import type { CustomerRules } from '../../shared/purchase.ts';
import type { Db } from '../storage/database.ts';
import type { CustomerRuleRow } from '../storage/tables.ts';
import { getCustomerRuleRow } from './customer-rule-store.ts';

export async function readCustomerRules(db: Db): Promise<CustomerRules> {
  return toCustomerRules(await getCustomerRuleRow(db));
}

export function toCustomerRules({ currency, lapseAfterDays, isLeadUntilPurchase }: CustomerRuleRow): CustomerRules {
  return { currency, lapseAfterDays, isLeadUntilPurchase: isLeadUntilPurchase === 1 };
}
