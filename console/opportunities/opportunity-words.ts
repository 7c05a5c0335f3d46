import type { ColumnTally, Opportunity } from '../../shared/opportunity.ts';
import { t } from '../texts/texts.ts';
import { amountText } from '../ui/amount.ts';
import { dateOf } from '../ui/date-field.tsx';

export function opportunityName({ name }: Pick<Opportunity, 'name'>): string {
  return name || t('opportunities.unnamed');
}

/** "₪1,200 · $50". */
export function sumsText({ sums }: ColumnTally, which: 'amount' | 'weighted'): string {
  return sums.map((one) => amountText({ amount: one[which], currency: one.currency })).join(' · ');
}

/** It was to close before today. */
export function isLate({ expectedCloseOn, status }: Opportunity, now: number): boolean {
  return status === 'open' && expectedCloseOn !== null && expectedCloseOn < dateOf(now);
}
