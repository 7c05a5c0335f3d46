import type { LanguageTexts } from './language-texts.ts';
import type { Texts } from './text-keys.ts';

export const en: Texts = {
  openChat: 'Open chat',
  closeChat: 'Close chat',
  unreadBadge: { one: '{count} new message', other: '{count} new messages' },
  talkingWith: 'Talking with {name}',
  willAnswer: '{name} will answer here',
  staffed: 'We’re here now',
  unstaffed: 'Nobody is online now',
  opensAt: 'Back {when}',
  closed: 'We’re closed now',
  answersIn: { one: 'We usually answer within a minute', other: 'We usually answer in about {count} minutes' },
  back: 'Back',
  yourDetails: 'Your details',
  detailsKnown: 'Your details: {name}',

  welcome: 'Hi! How can we help?',
  welcomeStaffed: 'Write to us here. The answer comes right in this window.',
  welcomeUnstaffed: 'Leave us a message. The answer will be waiting here when you come back.',
  welcomeClosed: 'We’re back {when}. Leave us a message, and the answer will be waiting here.',

  compose: 'Your message…',
  send: 'Send',
  charactersLeft: { one: '{count} character left', other: '{count} characters left' },
  charactersOver: { one: '{count} character too many', other: '{count} characters too many' },
  notKept: 'This browser has no room to keep your message. It stays here; please try again.',

  messages: 'Messages',
  you: 'You',
  saidBy: '{name}:',
  sending: 'Sending',
  sent: 'Sent',
  read: 'Read',
  notSent: 'Not sent',
  tryAgain: 'Try again',
  discard: 'Delete',
  typing: '{name} is writing…',
  loadingEarlier: 'Loading earlier messages',
  toNewest: 'To the newest message',
  newMessages: { one: '{count} new message', other: '{count} new messages' },

  connecting: 'Connecting… What you write is kept.',
  reconnecting: 'Reconnecting… What you write is kept.',
  offline: 'No internet connection. What you write is kept and sent later.',
  refused: 'Chat is not available on this page.',

  askReach: 'We may be away. How can we reach you?',
  leaveReach: 'Leave a phone or email',
  noThanks: 'No, thanks',
  detailsRefused: 'Your details could not be saved. Please check them and try again.',
  detailsSaved: 'Saved. Thank you!',
  detailsWaiting: 'Will be saved as soon as the connection is back.',

  endedWrite: 'Write to open the conversation again.',

  more: 'More',
  joinedNotice: '{name} joined',
  leftNotice: '{name} left',
  transferredNotice: '{name} takes over',
  endedNotice: 'The conversation has ended',
  reopenedNotice: 'The conversation is open again',
  callbackNotice: 'You asked for a call as soon as possible',
  callbackAtNotice: 'You asked for a call: {when}',
};

export const spoken: LanguageTexts = { texts: en, loadExtras: async () => (await import('./en-extras.ts')).enExtras };
