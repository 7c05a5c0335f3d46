export const enContacts = {
  'fields.title': 'Customer fields',
} as const;
