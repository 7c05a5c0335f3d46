export const enSales = {
  'opportunities.title': 'Opportunities',
} as const;
