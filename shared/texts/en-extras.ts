import type { ExtraTexts } from './extra-text-keys.ts';

export const enExtras: ExtraTexts = {
  detailsWhy: 'So that we can reach you if the conversation is cut off.',
  name: 'Name',
  phone: 'Phone',
  email: 'Email',
  optional: 'optional',
  save: 'Save',
  cancel: 'Cancel',
  invalidPhone: 'A phone number has at least 7 digits.',
  invalidEmail: 'An email address looks like name@example.com.',
  conversations: 'Your conversations',
  ended: 'Ended',
  noPreview: 'Conversation',
};
