import type { Desk } from './desk.ts';

/** The form for something to do, begun with the message that has the focus, else with what the customer said last. */
export function writeTask(desk: Desk, conversationId: string | null, seq: number): void {
  const summary = conversationId === null ? undefined : desk.list.summaries.value.get(conversationId);
  if (conversationId === null || !summary) {
    desk.calls.writing.value = {};
    return;
  }
  const { messages } = desk.conversation(conversationId).messages.transcript.value;
  const message =
    messages.find((one) => one.seq === seq) ?? messages.findLast(({ author, text }) => author.kind === 'visitor' && text !== '');
  desk.calls.writing.value = { conversationId, contact: summary.contact, messageSeq: message?.seq, title: message?.text };
}
