import type { Message } from '../../shared/message.ts';
import type { Desk } from './desk.ts';

/** The visitor's message that nobody has answered, and to which no answer is on its way; null where there is none. */
export function openQuestionOf(desk: Desk, conversationId: string): string | null {
  const summary = desk.list.summaries.value.get(conversationId);
  if (!summary || summary.waitingSince === null || summary.status === 'resolved') return null;
  const isAnswering = desk.courier.pending.value.some((one) => one.conversationId === conversationId && one.visibility === 'public');
  if (isAnswering) return null;
  const { messages } = desk.conversation(conversationId).messages.transcript.value;
  const last = messages.findLast(isSpoken);
  return last?.author.kind === 'visitor' ? last.id : null;
}

/** By the two who talk; what was said automatically in between is no person's answer. */
function isSpoken({ author, visibility }: Message): boolean {
  return visibility === 'public' && (author.kind === 'visitor' || author.kind === 'agent');
}
