/** What an automatic answer could begin with: how people asked, and what agents said to it. A person makes an answer of it. */
import { AppError } from '../../shared/errors.ts';
import { type ByLanguage, type Language, toLanguage } from '../../shared/language.ts';
import { type AnswerDraftProposal, type AnswerDraftRequest, DRAFT_PHRASINGS } from '../../shared/question.ts';
import type { App } from '../app.ts';
import type { Caller } from '../transport/wire.ts';
import { type AskedAndAnswered, listAskedAndAnswered } from './answer-draft-store.ts';
import { isSmallTalk, languageOfText, likenessOf } from './asked-text.ts';
import { maskWords } from './masked-text.ts';
import { listGroupRows } from './question-group-store.ts';
import { withMerged } from './question-groups.ts';
import { compareTexts, mostDiverse, mostTypical } from './text-likeness.ts';

const LOOKED_AT = 600;
const COMPARED_MAX = 120;
const PHRASING_LENGTH = { least: 6, most: 140 };
/** A shorter reply says "one moment" more often than an answer. */
const REPLY_LENGTH_LEAST = 15;

export async function draftAnswer(
  app: App,
  caller: Caller,
  groupId: string,
  { language }: AnswerDraftRequest,
): Promise<AnswerDraftProposal> {
  const { db } = app.storage;
  const rows = await listGroupRows(db);
  const group = rows.find(({ id }) => id === groupId);
  if (!group) throw new AppError('not-found', 'There is no such group of questions.');
  const asked = await listAskedAndAnswered(db, caller, withMerged(rows, groupId), LOOKED_AT);
  const spoken = language ?? mostSpoken(asked) ?? 'he';
  const phrasings = phrasingsIn(asked, spoken, DRAFT_PHRASINGS + 1);
  const title = group.isNamed === 1 || languageOfText(group.name) === spoken ? group.name : (phrasings[0] ?? group.name);
  const others = [...new Set(asked.map((one) => toLanguage(one.language)))].filter((one) => one !== undefined && one !== spoken);
  return {
    groupId,
    version: group.version,
    language: spoken,
    question: { ...byLanguage(others, (one) => phrasingsIn(asked, one, 1)[0]), [spoken]: title },
    phrasings: phrasings.filter((phrasing) => likenessOf(phrasing) !== likenessOf(title)).slice(0, DRAFT_PHRASINGS),
    replies: byLanguage([spoken, ...others], (one) => bestReply(asked, one)),
  };
}

function mostSpoken(asked: readonly AskedAndAnswered[]): Language | undefined {
  const counts = new Map<Language, number>();
  for (const one of asked) {
    const language = toLanguage(one.language);
    if (language) counts.set(language, (counts.get(language) ?? 0) + 1);
  }
  return [...counts].sort(([, one], [, other]) => other - one)[0]?.[0];
}

function byLanguage(languages: readonly (Language | undefined)[], say: (language: Language) => string | undefined): ByLanguage {
  const said: ByLanguage = {};
  for (const language of languages) {
    const text = language && say(language);
    if (language && text) said[language] = text;
  }
  return said;
}

interface Said {
  text: string;
  weight: number;
}

function phrasingsIn(asked: readonly AskedAndAnswered[], language: Language, wanted: number): string[] {
  const said = asked
    .filter((one) => one.language === language)
    .flatMap(({ text, contactName, agentName }) =>
      text.split('\n').map((line) => ({ text: maskWords(line, [contactName, agentName]).replace(/\s+/g, ' '), weight: 1 })),
    )
    .filter(({ text }) => text.length >= PHRASING_LENGTH.least && text.length <= PHRASING_LENGTH.most && !isSmallTalk(text));
  // What had to be masked is asked for its own sake: the others say the same for everybody.
  const whole = said.filter(({ text }) => !text.includes('…'));
  const kinds = kindsOf(whole.length > 0 ? whole : said);
  const nearness = compareTexts(kinds.map(({ text }) => text));
  return mostDiverse(
    nearness,
    kinds.map(({ weight }) => weight),
    wanted,
  ).map((at) => (kinds[at] as Said).text);
}

/** What is said most, and said after it with the best ratings, stands for the others. */
function bestReply(asked: readonly AskedAndAnswered[], language: Language): string | undefined {
  const said = asked
    .filter(
      ({ reply }) =>
        reply !== null && reply.trim().length >= REPLY_LENGTH_LEAST && languageOfText(reply) === language && !isSmallTalk(reply),
    )
    .map(({ reply, contactName, agentName, rating }) => ({
      text: maskWords(reply ?? '', [contactName, agentName]),
      weight: weightOf(rating),
    }));
  const kinds = kindsOf(said);
  if (kinds.length === 0) return undefined;
  const nearness = compareTexts(kinds.map(({ text }) => text));
  return (
    kinds[
      mostTypical(
        nearness,
        kinds.map(({ weight }) => weight),
      )
    ] as Said
  ).text;
}

function weightOf(rating: string | null): number {
  const score = rating === null ? 3 : (JSON.parse(rating) as { score: number }).score;
  return score >= 4 ? 2 : score <= 2 ? 0.3 : 1;
}

/** The most frequent first, each kind once. */
function kindsOf(said: readonly Said[]): Said[] {
  const kinds = new Map<string, Said>();
  for (const { text, weight } of said) {
    const key = likenessOf(text);
    const kind = kinds.get(key);
    if (kind) kind.weight += weight;
    else if (key !== '') kinds.set(key, { text, weight });
  }
  return [...kinds.values()].sort((one, other) => other.weight - one.weight).slice(0, COMPARED_MAX);
}
