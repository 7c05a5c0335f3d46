/** What is said of an answer, and in which language. */
import type { Answer, AnswerBody } from '../../shared/automatic-answer.ts';
import type { ByLanguage, Language } from '../../shared/language.ts';

type Wish = Language | null | undefined;

/** In the language of the question where there is such a text, else in the first of the fallbacks that there is, else in any. */
export function answerBody(
  { bodies }: Pick<Answer, 'bodies'>,
  language: Wish,
  fallbacks: readonly Wish[] = [],
): AnswerBody & { language: Language } {
  const spoken = firstSpoken(bodies, [language, ...fallbacks]);
  const body = bodies[spoken] ?? { text: '', quickReplies: [] };
  return { ...body, language: spoken };
}

/** The title question, for a button. */
export function questionIn({ question }: { question: ByLanguage }, language: Wish, fallbacks: readonly Wish[] = []): string {
  return question[firstSpoken(question, [language, ...fallbacks])] ?? '';
}

function firstSpoken(texts: Partial<Record<Language, unknown>>, wishes: readonly Wish[]): Language {
  return wishes.find((wish) => wish && texts[wish]) ?? (Object.keys(texts)[0] as Language | undefined) ?? 'he';
}
