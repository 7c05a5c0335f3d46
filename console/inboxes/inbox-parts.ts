/** The parts of the form, and which part each setting stands in. */
import { language, t } from '../texts/texts.ts';
import type { IconName } from '../ui/icon-drawings.ts';
import type { Subject } from './inbox-draft.ts';

export const parts = ['look', 'preChat', 'first', 'during', 'invitations', 'texts', 'install'] as const;
export type Part = (typeof parts)[number];

export const partIcons: Record<Part, IconName> = {
  look: 'palette',
  preChat: 'clipboard-list',
  first: 'circle-question-mark',
  during: 'message-circle',
  invitations: 'megaphone',
  texts: 'languages',
  install: 'code',
};

const places: Record<Subject, Part> = {
  accent: 'look',
  theme: 'look',
  locale: 'look',
  greeting: 'look',
  launcher: 'look',
  hasFaces: 'look',
  preChat: 'preChat',
  questions: 'first',
  hasAttachments: 'during',
  hasEmoji: 'during',
  hasSound: 'during',
  showsQueue: 'during',
  hasCallback: 'during',
  callbacks: 'during',
  hasRating: 'during',
  hasTranscript: 'during',
  bot: 'during',
  timeZone: 'during',
  returnWithinDays: 'during',
  hasLiveVisitors: 'during',
  invitations: 'invitations',
  texts: 'texts',
  name: 'install',
  allowedOrigins: 'install',
};

export const partOf = (subject: string): Part | undefined => places[subject as Subject];

/** "Look and Texts" */
export function namesOf(subjects: readonly Subject[]): string {
  const names = [...new Set(subjects.map((subject) => t(`inbox.part.${places[subject]}`)))];
  return new Intl.ListFormat(language.value, { type: 'conjunction' }).format(names);
}
