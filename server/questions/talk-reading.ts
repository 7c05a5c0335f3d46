/** What was asked in a conversation and who answered: a pure rule over its lines, in the order of `seq`. */
import type { AutomaticMark } from '../../shared/message.ts';
import { QUESTION_TEXT_MAX } from '../../shared/question.ts';
import { derivedId } from '../conversations/derived-id.ts';
import { asksSomething, isSmallTalk, saysEnough } from './asked-text.ts';
import type { Line } from './question-intake-store.ts';

/** People send one question in several short messages: so long after the last of them the next one belongs to it. */
const SAME_BREATH_MS = 2 * 60_000;
/** Who comes back after so long a silence begins anew. */
const NEW_TALK_MS = 6 * 60 * 60_000;

export interface Asked {
  id: string;
  conversationId: string;
  visitorId: string | null;
  text: string;
  seq: number;
  lastSeq: number;
  askedAt: number;
  /** `bot` or an agent's id; null: nobody yet. */
  answeredBy: string | null;
  replyId: string | null;
  /** The automatic answer that was given. */
  answerId: string | null;
  waitMs: number | null;
}

/**
 * `known` are the questions of this conversation that were read before; the lines up to `readTo` were read before, too, and are here
 * for what they tell of the ones after them. Gives the questions that are new or otherwise than before.
 */
export function readTalk(lines: readonly Line[], known: readonly Asked[], readTo: number): Asked[] {
  const questions = known.map((question) => ({ ...question }));
  const changed = new Set<Asked>();
  let last: Line | undefined;
  let offered: readonly string[] = [];
  for (const line of lines) {
    const isNew = line.seq > readTo;
    if (line.authorKind === 'visitor') {
      const question = isNew && hear(line, { questions, last, offered });
      if (question) changed.add(question);
    } else {
      if (isNew) for (const question of answeredBy(line, questions)) changed.add(question);
      for (const question of reopen(line, questions)) changed.add(question);
      offered = line.choices === null ? offered : (JSON.parse(line.choices) as { text: string }[]).map(({ text }) => text.trim());
    }
    last = line;
  }
  return [...changed];
}

interface Context {
  questions: Asked[];
  last: Line | undefined;
  offered: readonly string[];
}

function hear(line: Line, { questions, last, offered }: Context): Asked | null {
  const text = line.text.trim();
  const latest = questions.at(-1);
  // A button that was offered says nothing that was not asked before.
  if (text === '' || offered.includes(text)) return null;
  const isSmall = isSmallTalk(text);
  if (last?.authorKind === 'visitor' && latest && latest.answeredBy === null && line.createdAt - last.createdAt <= SAME_BREATH_MS) {
    if (isSmall) return null;
    latest.text = `${latest.text}\n${text}`.slice(0, QUESTION_TEXT_MAX);
    latest.lastSeq = line.seq;
    return latest;
  }
  if (isSmall) return null;
  const isOpening = latest === undefined || (last !== undefined && line.createdAt - last.createdAt >= NEW_TALK_MS);
  if (isOpening ? !saysEnough(text) : !asksSomething(text)) return null;
  const question: Asked = {
    id: line.id,
    conversationId: line.conversationId,
    visitorId: line.authorId,
    text: text.slice(0, QUESTION_TEXT_MAX),
    seq: line.seq,
    lastSeq: line.seq,
    askedAt: line.createdAt,
    answeredBy: null,
    replyId: null,
    answerId: null,
    waitMs: null,
  };
  questions.push(question);
  return question;
}

/**
 * A person's words answer everything that stands open, and what the bot's answer did not help with; the bot answers with one of the
 * administrators' answers, or with that of the first screen's question which was chosen.
 */
function answeredBy(line: Line, questions: readonly Asked[]): Asked[] {
  const isBot = line.authorKind === 'bot';
  const mark: AutomaticMark | null = line.automatic === null ? null : JSON.parse(line.automatic);
  const open = questions.filter(({ id, answeredBy }) => {
    if (answeredBy !== null) return false;
    return !isBot || mark?.kind === 'answer' || line.id === derivedId(`answer to ${id}`);
  });
  // Several questions in a row are answered one by one: the bot's next answer is to the oldest.
  const answered = isBot ? open.slice(0, 1) : open;
  for (const question of answered) {
    question.answeredBy = isBot ? 'bot' : line.authorId;
    question.replyId = line.id;
    question.answerId = mark?.answerId ?? null;
    question.waitMs = Math.max(0, line.createdAt - question.askedAt);
  }
  return answered;
}

/** What the bot's answer did not help with is open again; it is said of a line that was read before, too. */
function reopen(line: Line, questions: readonly Asked[]): Asked[] {
  const mark: AutomaticMark | null = line.automatic === null ? null : JSON.parse(line.automatic);
  if (mark?.helpful !== false) return [];
  const unhelped = questions.filter(({ replyId }) => replyId === line.id);
  for (const question of unhelped) Object.assign(question, { answeredBy: null, replyId: null, answerId: null, waitMs: null });
  return unhelped;
}
