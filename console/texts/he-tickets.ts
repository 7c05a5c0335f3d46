import type { enTickets } from './en-tickets.ts';

export const heTickets: Record<keyof typeof enTickets, string | ({ other: string } & Partial<Record<Intl.LDMLPluralRule, string>>)> = {
  'tickets.title': 'קריאות שירות',
};
