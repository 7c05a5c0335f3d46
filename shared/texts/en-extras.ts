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

  frequentQuestions: 'Frequent questions',
  beforeChat: 'A few details before we start',
  yourMessage: 'Your message',
  country: 'Country',
  chooseOne: 'Please choose',
  agree: 'I agree that what I write here is kept in order to answer me.',
  sendMessage: 'Send the message',
  missing: 'Please fill this in.',
  missingConsent: 'We can only start after you agree.',
  missingChoice: 'Please choose one.',
  invalidNumber: 'This should be a number.',
  yes: 'Yes',
};
