import type { TranscriptTexts } from './transcript-texts.ts';

export const he: TranscriptTexts = {
  subject: 'השיחה שלך עם {business}',
  intro: 'זה מה שנאמר בשיחה עם {business}.',
  you: 'דברים שכתבת',
  times: 'השעות לפי {zone}.',
  shortened: 'השיחה ארוכה מאוד, ולכן מופיע כאן רק סופה.',
  sentBecause: 'ההודעה נשלחה כי מישהו ביקש בצ׳אט של {business} לשלוח את השיחה לכתובת הזו.',
};
