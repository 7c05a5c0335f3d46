import type { Plural } from './plural.ts';

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

  sound: string;
  callback: string;
  transcript: string;
  myData: string;
  endChat: string;
  backToChat: string;
  skip: string;
  couldNot: string;
  queueNext: string;
  queuePlace: Plural;
  queueWait: Plural;
  callbackOffer: string;
  callbackWhy: string;
  callbackWhen: string;
  callbackAsap: string;
  callbackNote: string;
  callbackSubmit: string;
  callbackPromised: string;
  callbackSoon: string;
  callbackKept: string;
  callbackPast: string;
  transcriptSent: string;
  transcriptTooMany: string;
  ratingAsk: string;
  ratingComment: string;
  ratingThanks: string;
  score1: string;
  score2: string;
  score3: string;
  score4: string;
  score5: string;
  myDataVerified: string;
  myDataOwn: string;
  downloadPage: string;
  downloadJson: string;
  erase: string;
  eraseForGood: string;
  eraseAll: Plural;
  eraseOwn: Plural;
}
