import type { TranscriptTexts } from './transcript-texts.ts';

export const en: TranscriptTexts = {
  subject: 'Your conversation with {business}',
  intro: 'This is what was said in your conversation with {business}.',
  you: 'You',
  times: 'Times are in {zone}.',
  shortened: 'The conversation is very long: this is its end.',
  sentBecause: 'You get this e-mail because somebody asked in the chat of {business} to have the conversation sent to this address.',
};
