/** What the thread that matches knows of the answers: their phrases, and when each of them may speak. */
import type { AskedMoment } from '../../shared/automatic-answer.ts';
import type { ByLanguage, Language } from '../../shared/language.ts';
import type { KnownAnswer } from '../matching/matcher.ts';
import type { LearnedRow } from './answer-store.ts';

/** More than this would take the memory of the whole machine: then each answer is known by its first phrases. */
const PHRASES_MAX = 50_000;

interface NumberedPhrase {
  text: string;
  /** 0 is the title question, 1 the first phrasing. */
  number: number;
}

export interface SpeakingAnswer {
  id: string;
  question: ByLanguage;
  phrasings: string[];
  languages: Language[];
  validFrom: number | null;
  validTo: number | null;
  inboxIds: string[] | null;
  moment: string;
  intent: string | null;
}

export interface AskedPlace {
  inboxId: string | null;
  at: number;
  moment: AskedMoment;
}

export function toSpeaking({ id, question, phrasings, bodies, validFrom, validTo, inboxIds, moment, intent }: LearnedRow): SpeakingAnswer {
  const asked: ByLanguage = JSON.parse(question);
  const languages = new Set([...Object.keys(JSON.parse(bodies)), ...Object.keys(asked)]);
  return {
    id,
    question: asked,
    phrasings: JSON.parse(phrasings),
    languages: [...languages] as Language[],
    validFrom,
    validTo,
    inboxIds: inboxIds === null ? null : JSON.parse(inboxIds),
    moment,
    intent,
  };
}

/** The title in every language, then the phrasings in their order. */
function phrasesOf({ question, phrasings }: SpeakingAnswer): NumberedPhrase[] {
  const titles = Object.values(question).map((text) => ({ text, number: 0 }));
  const own = phrasings.map((text, at) => ({ text, number: at + 1 }));
  return [...titles, ...own];
}

/** What the matcher learns from, and beside it the number of each phrase in the order of the matcher's texts. */
export function toKnown(answers: readonly SpeakingAnswer[]): { known: KnownAnswer[]; numbers: number[] } {
  const numbers: number[] = [];
  const all = answers.map(phrasesOf);
  const isTooMuch = all.reduce((sum, phrases) => sum + phrases.length, 0) > PHRASES_MAX;
  const most = isTooMuch ? Math.max(3, Math.floor(PHRASES_MAX / answers.length)) : PHRASES_MAX;
  const known = answers.map((answer, at) => {
    const phrases = (all[at] ?? []).slice(0, most);
    for (const { number } of phrases) numbers.push(number);
    return { id: answer.id, intent: answer.intent, phrases: phrases.map(({ text }) => text) };
  });
  return { known, numbers };
}

export function maySpeak({ inboxIds, validFrom, validTo, moment }: SpeakingAnswer, asked: AskedPlace): boolean {
  if (asked.inboxId !== null && inboxIds !== null && !inboxIds.includes(asked.inboxId)) return false;
  if (validFrom !== null && asked.at < validFrom) return false;
  if (validTo !== null && asked.at >= validTo) return false;
  return asked.moment === 'any' || moment === 'always' || moment === asked.moment;
}
