import type { PreChat } from '../shared/inbox.ts';
import type { Chat } from './chat-state.ts';

export type DemandsDetails = Pick<PreChat, 'name' | 'phone' | 'email' | 'consent' | 'fields'>;

/** Whether the inbox asks for something before the first message that this visitor has not told yet. */
export function demandsDetails(chat: Pick<Chat, 'conversation' | 'visitor' | 'unsentDetails'>, preChat: DemandsDetails): boolean {
  const { status } = chat.conversation.value ?? {};
  if (status !== undefined && status !== 'resolved') return false;
  const said = { ...chat.visitor.value, ...chat.unsentDetails.value } as Record<string, unknown>;
  const fields = (said.fields ?? {}) as Record<string, unknown>;
  return (
    (['name', 'phone', 'email', 'consent'] as const).some((name) => preChat[name] === 'required' && !said[name]) ||
    preChat.fields.some(({ key, demand }) => demand === 'required' && !fields[key])
  );
}
