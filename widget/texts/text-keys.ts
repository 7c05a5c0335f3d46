/** Every sentence of the widget. A text with forms is chosen by the plural rules of its language and `{count}`. */
export type Plural = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };

export interface Texts {
  openChat: string;
  closeChat: string;
  unreadBadge: Plural;
  /** Beside the business's name: who answers. */
  talkingWith: string;
  willAnswer: string;
  staffed: string;
  unstaffed: string;
  opensAt: string;
  back: string;
  conversations: string;
  yourDetails: string;
  detailsKnown: string;

  welcome: string;
  welcomeStaffed: string;
  welcomeUnstaffed: string;

  compose: string;
  send: string;
  charactersLeft: Plural;
  charactersOver: Plural;
  notKept: string;

  messages: string;
  you: string;
  saidBy: string;
  sending: string;
  sent: string;
  read: string;
  notSent: string;
  tryAgain: string;
  discard: string;
  typing: string;
  loadingEarlier: string;
  toNewest: string;
  newMessages: Plural;

  connecting: string;
  reconnecting: string;
  offline: string;
  refused: string;

  askReach: string;
  leaveReach: string;
  noThanks: string;
  detailsWhy: string;
  name: string;
  phone: string;
  email: string;
  optional: string;
  save: string;
  cancel: string;
  invalidPhone: string;
  invalidEmail: string;
  detailsRefused: string;
  detailsSaved: string;
  detailsWaiting: string;

  ended: string;
  endedWrite: string;
  noPreview: string;
}

export type TextKey = keyof Texts;
