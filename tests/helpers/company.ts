/** A business of several people, drawn lines between them: who may do what, and whose conversations are whose. */
import { nanoid } from 'nanoid';
import type { Permission } from '../../shared/agent.ts';
import type { VisitorConversation } from '../../shared/conversation.ts';
import type { Message } from '../../shared/message.ts';
import type { Role } from '../../shared/role.ts';
import type { Team } from '../../shared/team.ts';
import { get, type House } from './house.ts';

export async function makeRole(house: House, name: string, permissions: readonly Permission[]): Promise<Role> {
  return house.json<Role>('POST', '/api/roles', { name, permissions });
}

export async function makeTeam(house: House, name: string, memberIds: readonly string[] = []): Promise<Team> {
  return house.json<Team>('POST', '/api/teams', { name, memberIds });
}

/** A visitor who has written; the conversation waits in the queue. */
export async function writeIn(house: House, text: string) {
  const { socket, session } = await house.visitor();
  const { message } = await get<{ message: Message; conversation: VisitorConversation }>(socket, 'message:post', { id: nanoid(), text });
  return { socket, token: session.token, conversationId: message.conversationId };
}

/** A program that acts for somebody. */
export async function makeToken(house: House, cookie: string): Promise<{ id: string; token: string }> {
  return house.json('POST', '/api/api-tokens', { name: 'program' }, { cookie });
}
