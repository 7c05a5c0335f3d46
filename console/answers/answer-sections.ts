/** Which part of the form each subject stands in. */
import { language, t } from '../texts/texts.ts';
import type { AnswerSubject } from './answer-draft.ts';

const sections: Record<AnswerSubject, 'question' | 'said' | 'when'> = {
  question: 'question',
  phrasings: 'question',
  bodies: 'said',
  files: 'said',
  tags: 'when',
  validFrom: 'when',
  validTo: 'when',
  inboxIds: 'when',
  moment: 'when',
  isOn: 'when',
  intent: 'question',
};

/** "The question and What is said" */
export function sectionNames(subjects: readonly AnswerSubject[]): string {
  const names = [...new Set(subjects.map((subject) => t(`answers.section.${sections[subject]}`)))];
  return new Intl.ListFormat(language.value, { type: 'conjunction' }).format(names);
}
