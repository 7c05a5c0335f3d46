export const enCustomers = {
  'customers.title': 'Customers',
} as const;
