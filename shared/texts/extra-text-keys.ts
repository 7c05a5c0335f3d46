/** Sentences of the widget's parts that are fetched when they are first shown. They come in a file of their own a language. */
export interface ExtraTexts {
  detailsWhy: string;
  name: string;
  phone: string;
  email: string;
  optional: string;
  save: string;
  cancel: string;
  invalidPhone: string;
  invalidEmail: string;
  conversations: string;
  ended: string;
  noPreview: string;

  frequentQuestions: string;
  beforeChat: string;
  yourMessage: string;
  country: string;
  chooseOne: string;
  agree: string;
  sendMessage: string;
  missing: string;
  missingConsent: string;
  missingChoice: string;
  invalidNumber: string;
  yes: string;
}
