import { formatMoney, type Money } from '../../shared/money.ts';
import { locale } from './format.ts';

/** An amount in the language of the screen. */
export function amountText(money: Money): string {
  return formatMoney(money, locale.value);
}
