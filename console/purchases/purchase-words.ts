import type { Purchase, PurchaseStatus } from '../../shared/purchase.ts';
import type { PurchaseReport } from '../../shared/purchase-import.ts';
import { t } from '../texts/texts.ts';
import { daysBetween, formatDate } from '../ui/format.ts';

export const statusTones = { paid: 'green', pending: 'amber', refunded: 'neutral', cancelled: 'neutral' } as const satisfies Record<
  PurchaseStatus,
  string
>;

/** Of a cell that holds a novel. */
const SAID_MAX = 60;

/** What to call it: what was bought, else its number, else that it is a purchase. */
export function purchaseName({ lines, number }: Pick<Purchase, 'lines' | 'number'>): string {
  const [first, ...others] = lines;
  if (!first) return number === null ? t('purchases.one') : t('purchases.numbered', { number });
  const product = first.product || t('purchases.one');
  return others.length === 0 ? product : t('purchases.andMore', { name: product, count: others.length });
}

/** "ends in 14 days", "ends today", "ended on 3 May". */
export function endWords(endsAt: number, now: number): string {
  const days = -daysBetween(endsAt, now);
  if (days < 0) return t('purchases.ended', { date: formatDate(endsAt) });
  return days === 0 ? t('purchases.endsToday') : t('purchases.endsIn', { count: days });
}

/** Why a row of a file was refused. */
export function refusalWords({ code, values }: Pick<PurchaseReport['refused'][number], 'code' | 'values'>): string {
  const { text = '', currency = '', sum = '', most = '', line = '' } = values;
  const said = text.length > SAID_MAX ? `${text.slice(0, SAID_MAX)}…` : text;
  return t(`purchases.importRefusal.${code}`, { text: said, currency, sum, most, line });
}
