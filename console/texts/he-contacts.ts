import type { enContacts } from './en-contacts.ts';

export const heContacts: Record<keyof typeof enContacts, string | ({ other: string } & Partial<Record<Intl.LDMLPluralRule, string>>)> = {
  'fields.title': 'שדות לקוח',
};
