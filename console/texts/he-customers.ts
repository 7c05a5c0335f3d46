import type { enCustomers } from './en-customers.ts';

export const heCustomers: Record<keyof typeof enCustomers, string | ({ other: string } & Partial<Record<Intl.LDMLPluralRule, string>>)> = {
  'customers.title': 'לקוחות',
};
