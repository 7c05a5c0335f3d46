import type { enSales } from './en-sales.ts';

export const heSales: Record<keyof typeof enSales, string | ({ other: string } & Partial<Record<Intl.LDMLPluralRule, string>>)> = {
  'opportunities.title': 'הזדמנויות',
};
