/**
 * What an agent might say to the question that stands unanswered: the automatic answers and the canned responses that fit best. Nothing is
 * sent from here, and nobody but the agent who asked hears of it.
 */
import type { Advice, AdviceSuggestion } from '../../shared/advice.ts';
import { SUGGESTIONS_MAX } from '../../shared/advice.ts';
import type { AnswerTrial } from '../../shared/automatic-answer.ts';
import type { CannedResponse } from '../../shared/canned-response.ts';
import { languageFor } from '../../shared/canned-text.ts';
import { type ByLanguage, type Language, toLanguage } from '../../shared/language.ts';
import type { Message } from '../../shared/message.ts';
import type { AnswerMatching } from '../answers/answer-matching.ts';
import { answerBody, questionIn } from '../answers/answer-texts.ts';
import { findAnswer } from '../answers/answers.ts';
import type { App } from '../app.ts';
import { placesOf } from '../canned/reach-places.ts';
import { getSeen } from '../conversations/conversations.ts';
import { listMessages } from '../conversations/messages.ts';
import { SUGGEST_AT, sharedWords } from '../matching/judgement.ts';
import type { ConversationRow } from '../storage/tables.ts';
import type { Caller } from '../transport/wire.ts';
import { findLocale, listCannedByIds } from './advice-store.ts';
import type { CannedMatch } from './canned-finder.ts';
import type { CannedMatching } from './canned-matching.ts';
import { unhelpfulIds } from './exchange.ts';
import { readings, unanswered, wordCount } from './open-question.ts';

/** Of a conversation so much is read to find the question; whoever has written more since the last answer asks with the end of it. */
const TAIL = 30;
/** So sure of the last message alone, nobody need read it together with what came before. */
const CLEAR_AT = 0.55;

export interface Adviser {
  app: App;
  matching: AnswerMatching;
  canned: CannedMatching;
}

const nothing: Advice = { messageId: null, suggestions: [] };

export async function adviseOn(adviser: Adviser, caller: Caller, conversationId: string): Promise<Advice> {
  const { app } = adviser;
  const row = await getSeen(app, caller, conversationId);
  if (row.waitingSince === null || row.status === 'resolved' || row.erasedAt !== null) return nothing;
  const { messages } = await listMessages(app.storage.db, { before: row.lastSeq + 1, limit: TAIL }, row, 'public');
  const said = unanswered(messages);
  const last = said.at(-1);
  if (!last) return nothing;
  const { suggestions, isUnready } = await bestReading(adviser, { caller, row, said });
  const unhelpful = unhelpfulIds(messages);
  return { messageId: last.id, suggestions: suggestions.filter(({ id }) => !unhelpful.has(id)), ...(isUnready && { isUnready }) };
}

/** The last message by itself; where that is not clear, together with what was said just before, if that is clearer. */
async function bestReading(
  adviser: Adviser,
  { caller, row, said }: { caller: Caller; row: ConversationRow; said: readonly Message[] },
): Promise<Found> {
  const locale = await findLocale(adviser.app.storage.db, row.id);
  let best: Found = { suggestions: [], isUnready: false };
  for (const question of readings(said)) {
    if (wordCount(question) === 0) continue;
    const found = await suggestionsFor(adviser, { caller, question, locale, inboxId: row.inboxId });
    if (found.isUnready || surenessOf(found) > surenessOf(best)) best = found;
    if (found.isUnready || surenessOf(best) >= CLEAR_AT) break;
  }
  return best;
}

interface Found {
  suggestions: AdviceSuggestion[];
  isUnready: boolean;
}

function surenessOf({ suggestions }: Found): number {
  return suggestions[0]?.confidence ?? 0;
}

interface Asked {
  caller: Caller;
  question: string;
  locale: string | null;
  inboxId: string;
}

async function suggestionsFor(adviser: Adviser, { caller, question, locale, inboxId }: Asked): Promise<Found> {
  const { app, matching, canned } = adviser;
  const [trial, matches] = await Promise.all([
    matching.ask(question, { inboxId, at: app.now(), locale, moment: 'any' }),
    canned.find(question, placesOf(caller)),
  ]);
  const wishes = [trial.language, locale];
  const likely = matches.filter(({ confidence }) => confidence >= SUGGEST_AT).slice(0, SUGGESTIONS_MAX);
  const all = [...(await fromAnswers(app, trial, wishes)), ...(await fromCanned(app, { question, matches: likely, wishes }))];
  all.sort((one, other) => other.confidence - one.confidence);
  // The same words kept twice are one suggestion.
  const texts = all.map(({ text }) => text.trim());
  const suggestions = all.filter((_, at) => texts.indexOf(texts[at] as string) === at).slice(0, SUGGESTIONS_MAX);
  return { suggestions, isUnready: trial.isUnready ?? false };
}

type Wishes = readonly (string | null)[];

async function fromAnswers(app: App, { suggestions }: AnswerTrial, wishes: Wishes): Promise<AdviceSuggestion[]> {
  const likely = suggestions.filter(({ confidence }) => confidence >= SUGGEST_AT);
  const [first, ...others] = wishes.map((wish) => (wish ? toLanguage(wish) : undefined));
  const found = await Promise.all(
    likely.map(async ({ answerId, confidence, reason }) => {
      const answer = await findAnswer(app.storage.db, answerId);
      if (!answer) return null;
      const { text, language } = answerBody(answer, first, others);
      const title = questionIn(answer, language, [first, ...others]);
      return { kind: 'answer' as const, id: answerId, title, text, language, files: answer.files, confidence, reason };
    }),
  );
  return found.filter((one) => one !== null);
}

async function fromCanned(
  app: App,
  { question, matches, wishes }: { question: string; matches: readonly CannedMatch[]; wishes: Wishes },
): Promise<AdviceSuggestion[]> {
  const rows = new Map(
    (
      await listCannedByIds(
        app.storage.db,
        matches.map(({ id }) => id),
      )
    ).map((row) => [row.id, row]),
  );
  return matches.flatMap(({ id, confidence, phrase }) => {
    const row = rows.get(id);
    const said = row && saidIn(JSON.parse(row.texts), wishes);
    if (!said) return [];
    const reason = { shared: sharedWords(question, phrase), phrase: phrase.slice(0, 300), phraseNumber: phrase === row.title ? 0 : null };
    const files: CannedResponse['files'] = JSON.parse(row.files);
    return [{ kind: 'canned' as const, id, title: row.title, ...said, files, confidence, reason }];
  });
}

function saidIn(texts: ByLanguage, wishes: Wishes): { text: string; language: Language } | null {
  const language = languageFor(texts, wishes);
  return language && { language, text: texts[language] ?? '' };
}
