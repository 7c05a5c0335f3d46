/** Frequent questions of the first screen: what the bot says after a visitor has chosen one. */
import type { FirstQuestion, InboxSettings } from '../../shared/inbox.ts';
import { type Language, toLanguage } from '../../shared/language.ts';
import type { VisitorMessageDraft } from '../../shared/message.ts';
import { derivedId } from './derived-id.ts';
import type { Post } from './message-batch.ts';

/** Null where the question is not known (any more), or has no answer. A retry of the same message makes the same post. */
export function answerPost(draft: VisitorMessageDraft, settings: InboxSettings, locale: string | null): Post | null {
  const question = settings.questions.find(({ id }) => id === draft.questionId);
  const text = question && answerIn(question, languagesFor(draft.text, question, [locale ?? '', settings.locale]));
  if (!text) return null;
  return { id: derivedId(`answer to ${draft.id}`), answers: draft.id, author: { kind: 'bot', id: 'bot' }, visibility: 'public', text };
}

/** The language in which the question was read comes first, then the visitor's, then the inbox's. */
function languagesFor(text: string, question: FirstQuestion, locales: readonly string[]) {
  const asked = Object.entries(question.text).find(([, said]) => said === text);
  return [asked?.[0] as Language | undefined, ...locales.map(toLanguage)];
}

function answerIn({ answer }: FirstQuestion, languages: readonly (Language | undefined)[]): string | undefined {
  const language = languages.find((wish) => wish !== undefined && answer[wish]);
  return language === undefined ? Object.values(answer)[0] : answer[language];
}
