import type { ExtraTexts } from './extra-text-keys.ts';
import type { Plural } from './plural.ts';

/** The sentences that every visitor may see. What belongs to a part that is fetched later stands in `ExtraTexts`. */
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
  closed: string;
  /** Somebody is there, and it is known how long an answer takes; minutes, rounded up. */
  answersIn: Plural;
  back: string;
  yourDetails: string;
  detailsKnown: string;

  welcome: string;
  welcomeStaffed: string;
  welcomeUnstaffed: string;
  welcomeClosed: string;

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
  detailsRefused: string;
  detailsSaved: string;
  detailsWaiting: string;

  endedWrite: string;

  more: string;
  joinedNotice: string;
  leftNotice: string;
  transferredNotice: string;
  endedNotice: string;
  reopenedNotice: string;
  callbackNotice: string;
  callbackAtNotice: string;
}

export type TextKey = keyof Texts | keyof ExtraTexts;

/** What administrators of an inbox say instead of ours, in one language. */
export type TextOverrides = Partial<Record<TextKey, string | Plural>>;
