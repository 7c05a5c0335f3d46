/** What the bot makes of a question, after what was said before: pure. */
import type { AnswerTrial } from '../../shared/automatic-answer.ts';
import type { BotDecision, BotReason } from '../../shared/deflection.ts';
import type { AutomaticMark, Choice } from '../../shared/message.ts';
import type { BotTalkRow, BotTurnRow } from '../storage/tables.ts';
import type { SmallTalk } from './manners.ts';

/** Ids of the buttons that are no answers. */
export const PERSON_CHOICE = 'person';
export const NONE_CHOICE = 'none';
const OFFERED_MAX = 3;
/** Nobody is told the same more often than this. */
const GIVEN_MAX = 2;

export interface TurnPlan {
  decision: BotDecision;
  answerId: string | null;
  confidence: number;
  /** What might be meant besides. */
  offered: string[];
  chosen: string | null;
  /** Null: nothing is said. `offers` are answers as buttons. */
  say: { kind: AutomaticMark['kind'] | 'noted'; offers: readonly string[] } | null;
  /** A person is needed from here on. */
  reason: BotReason | null;
  /** Nobody has to look at it, if nothing else waits. */
  isSettling: boolean;
}

/** What was said in this stretch of the conversation, and what the visitor has ever called wrong in all of it. */
export interface Told {
  turns: readonly BotTurnRow[];
  wrong: ReadonlySet<string>;
  talk: BotTalkRow | null;
}

const nothing: TurnPlan = {
  decision: 'none',
  answerId: null,
  confidence: 0,
  offered: [],
  chosen: null,
  say: null,
  reason: null,
  isSettling: false,
};

/** A button was pressed that is not one of the answers, or somebody says what no answer is for. Null: the answers decide. */
export function planWithoutAnswer(chosen: Choice | null, smallTalk: SmallTalk | null, told: Told): TurnPlan | null {
  if (chosen?.id === PERSON_CHOICE || smallTalk === 'talk-to-person') {
    return { ...nothing, decision: 'person', say: { kind: 'person', offers: [] }, reason: 'asked' };
  }
  if (chosen?.id !== NONE_CHOICE) return null;
  return {
    ...nothing,
    chosen: NONE_CHOICE,
    say: { kind: hasHeardFallback(told) ? 'noted' : 'fallback', offers: [] },
    reason: 'unanswered',
  };
}

/** One of the questions that were offered was chosen. Null where it cannot be answered (again). */
export function planChosen(answerId: string, told: Told): TurnPlan | null {
  if (told.wrong.has(answerId) || timesGiven(answerId, told) >= GIVEN_MAX) return null;
  return {
    ...nothing,
    decision: 'answer',
    answerId,
    confidence: 1,
    chosen: answerId,
    say: { kind: 'answer', offers: [] },
    isSettling: true,
    offered: told.turns.at(-1) ? offeredBy(told.turns.at(-1) as BotTurnRow) : [],
  };
}

export function planAnswer(trial: AnswerTrial, smallTalk: SmallTalk | null, told: Told): TurnPlan {
  const { confidence, answerId } = trial;
  const offered = trial.suggestions.map((suggestion) => suggestion.answerId).filter((id) => mayGive(id, told));
  if (trial.decision === 'answer' && answerId !== undefined && mayGive(answerId, told)) {
    const others = offered.filter((id) => id !== answerId);
    return { ...nothing, decision: 'answer', answerId, confidence, offered: others, say: { kind: 'answer', offers: [] }, isSettling: true };
  }
  if (smallTalk !== null) {
    const isFirstWord = smallTalk === 'greeting' && told.turns.every(({ replyId }) => replyId === null);
    const say: TurnPlan['say'] = isFirstWord ? { kind: 'greeting', offers: [] } : null;
    return { ...nothing, decision: 'small-talk', confidence, say, isSettling: smallTalk !== 'greeting' };
  }
  if (trial.decision !== 'none' && offered.length > 0) {
    const offers = offered.slice(0, OFFERED_MAX);
    return { ...nothing, decision: 'suggest', confidence, offered: offers, say: { kind: 'suggestions', offers } };
  }
  return { ...nothing, confidence, say: hasHeardFallback(told) ? null : { kind: 'fallback', offers: [] }, reason: 'unanswered' };
}

/** What else may be offered to whom the answer of this turn did not help. */
export function othersThan(turn: BotTurnRow, told: Told): string[] {
  return offeredBy(turn)
    .filter((id) => id !== turn.answerId && mayGive(id, told))
    .slice(0, OFFERED_MAX);
}

/** Never what was called wrong, never a third time, and not twice in a row. */
function mayGive(answerId: string, told: Told): boolean {
  const last = told.turns.findLast((turn) => turn.answerId !== null)?.answerId;
  return !told.wrong.has(answerId) && last !== answerId && timesGiven(answerId, told) < GIVEN_MAX;
}

function timesGiven(answerId: string, { turns }: Told): number {
  return turns.filter((turn) => turn.answerId === answerId).length;
}

function hasHeardFallback({ talk, turns }: Told): boolean {
  return talk?.reason === 'unanswered' || turns.some((turn) => turn.decision === 'none' && turn.replyId !== null);
}

function offeredBy({ offered }: BotTurnRow): string[] {
  return JSON.parse(offered);
}

/** Whether the visitor was promised a person: then an answer that comes later takes nobody out of the queue. */
export function isPromised(talk: Pick<BotTalkRow, 'outcome' | 'reason'> | null): boolean {
  return talk?.outcome === 'person' && talk.reason !== 'unhelpful';
}
