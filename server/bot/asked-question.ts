/** What stands unanswered at the end of a conversation, read as one question: pure. */
import type { Choice, Message } from '../../shared/message.ts';

export interface AskedQuestion {
  /** Of its last message: under it the question is known. */
  id: string;
  seq: number;
  /** When its first and its last message were written. */
  since: number;
  at: number;
  /** Of all its messages; empty where there are only files. */
  text: string;
  /** What was chosen of what the bot offered. */
  chosen: Choice | null;
}

/** `messages` in ascending order. `lookedAtSeq`: up to there everything was looked at before. Null where nobody waits for a word. */
export function readQuestion(messages: readonly Message[], lookedAtSeq: number): AskedQuestion | null {
  const said = messages.filter(({ author, visibility }) => author.kind !== 'system' && visibility === 'public');
  const from = said.findLastIndex(({ author, seq }) => author.kind !== 'visitor' || seq <= lookedAtSeq) + 1;
  const asked = said.slice(from);
  const [first, last] = [asked[0], asked.at(-1)];
  if (!first || !last) return null;
  const text = asked
    .map((message) => message.text.trim())
    .filter(Boolean)
    .join('\n');
  return { id: last.id, seq: last.seq, since: first.createdAt, at: last.createdAt, text, chosen: choiceOf(last, messages) };
}

/** A button posts its words in reply to the message under which it stood. */
function choiceOf({ replyTo, text }: Message, messages: readonly Message[]): Choice | null {
  const offered = replyTo === undefined ? undefined : messages.find(({ id }) => id === replyTo);
  if (offered?.author.kind !== 'bot' || !offered.automatic) return null;
  return offered.choices?.find((choice) => choice.text === text) ?? null;
}
