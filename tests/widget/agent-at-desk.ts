import { nanoid } from 'nanoid';
import type { Socket } from 'socket.io-client';
import type { Visibility } from '../../shared/message.ts';
import type { Chat } from '../../widget/chat-state.ts';
import { get } from '../helpers/house.ts';

/** Answers in the conversation that the visitor has on the screen. */
export function postAs(socket: Socket, chat: Chat, text: string, visibility: Visibility = 'public'): Promise<unknown> {
  return get(socket, 'message:post', { id: nanoid(), conversationId: chat.conversation.value?.id, text, visibility });
}
