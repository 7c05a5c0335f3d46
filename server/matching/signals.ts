/** What speaks for a candidate and against it, as numbers of about the same size: what the confidence is reckoned from. */
import type { Candidate, Matcher, Ranking } from './matcher.ts';

export const signalNames = [
  'score',
  'lead',
  'leadOverThird',
  'likeness',
  'likenessLead',
  'meaning',
  'meaningLead',
  'known',
  'covered',
  'questionInPhrase',
  'phraseInQuestion',
  'words',
  'answers',
  'phrases',
  'share',
  'company',
  'companyLead',
  'middle',
  'middleLead',
  'isLikest',
  'isNearestInMeaning',
  'agreement',
  'agreementLead',
] as const;

/** Those that say what a candidate is in itself, whoever else there is. */
export const ownSignals: readonly (typeof signalNames)[number][] = [
  'likeness',
  'meaning',
  'known',
  'covered',
  'questionInPhrase',
  'phraseInQuestion',
  'words',
  'phrases',
  'middle',
  'agreement',
];

/** `others`: the candidates that may be thought of, the likeliest first; the one that is looked at may stand among them. */
export function signalsOf(matcher: Matcher, ranking: Ranking, candidate: Candidate, others: readonly Candidate[]): number[] {
  const rivals = others.filter((other) => other !== candidate);
  const [second, third] = rivals;
  const likeness = rivals.reduce((most, other) => Math.max(most, other.likeness), 0);
  const meaning = rivals.reduce((most, other) => Math.max(most, other.meaning), 0);
  const company = rivals.reduce((most, other) => Math.max(most, other.company), 0);
  const middle = rivals.reduce((most, other) => Math.max(most, other.middle), 0);
  const agreement = rivals.reduce((most, other) => Math.max(most, other.agreement), 0);
  const overlap = candidate.phrase < 0 ? { question: 0, phrase: 0 } : matcher.overlapWith(candidate.phrase, ranking.roots);
  return [
    candidate.score,
    candidate.score - (second?.score ?? -1),
    candidate.score - (third?.score ?? -1),
    candidate.likeness,
    candidate.likeness - likeness,
    candidate.meaning,
    candidate.meaning - meaning,
    ranking.known,
    matcher.coveredBy(candidate.answer, ranking.roots),
    overlap.question,
    overlap.phrase,
    Math.log(1 + ranking.words),
    Math.log(1 + ranking.candidates.length) / 3,
    Math.log(1 + matcher.phrasesOf(candidate.answer)) / 3,
    shareOf(candidate, others),
    candidate.company,
    candidate.company - company,
    candidate.middle,
    candidate.middle - middle,
    candidate.likeness >= likeness ? 1 : 0,
    candidate.meaning >= meaning ? 1 : 0,
    candidate.agreement,
    candidate.agreement - agreement,
  ];
}

/** How much of all the trust the candidate gets when the scores are weighed against each other. */
function shareOf(candidate: Candidate, others: readonly Candidate[]): number {
  const all = others.reduce((sum, { score }) => sum + Math.exp(6 * score), 0);
  return all === 0 ? 0 : Math.exp(6 * candidate.score) / all;
}
