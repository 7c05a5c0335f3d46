/** An agent takes somebody from the queue itself: the one it points at, or whoever is next. */
import type { ConversationSummary } from '../../shared/conversation.ts';
import { AppError } from '../../shared/errors.ts';
import type { RoutingSettings } from '../../shared/routing.ts';
import { requireRight } from '../access/rights.ts';
import { maySee } from '../access/sight.ts';
import { type ConversationRoom, getOutcome, getSeen } from '../conversations/conversations.ts';
import { announceDone } from '../conversations/messages.ts';
import type { Caller } from '../transport/wire.ts';
import { type AgentAtWork, type Chat, hasRoom, hasRoomOf, inOrder, teamRoutingOf } from './floor.ts';
import { readFloor, readStaff } from './floor-reading.ts';
import { carryOut } from './moves.ts';
import type { RoutingEngine } from './routing-engine.ts';
import type { QueuePart } from './routing-store.ts';

/** So many who are next are tried, if others are quicker each time. */
const TRIES = 20;

interface PickRoom {
  room: ConversationRoom;
  routing: RoutingEngine;
}

/** Null where nobody waits whom the agent may take. Asked again for what it has already, it changes nothing. */
export async function pickConversation(
  { room, routing }: PickRoom,
  caller: Caller,
  conversationId: string | undefined,
): Promise<ConversationSummary | null> {
  requireRight(caller, 'conversations:reply');
  const rules = await routing.getSettings();
  if (conversationId !== undefined) {
    const row = await getSeen(room.app, caller, conversationId);
    if (row.assigneeId === caller.agentId && row.status === 'open') return getOutcome(room.app, caller, conversationId);
    if (row.assigneeId !== null) throw taken();
    if (!mayPick(rules, row.inboxId))
      throw new AppError('forbidden', 'In this inbox conversations are handed out.', { field: 'conversationId' });
  }
  const { agent, chats, agents } = await readQueue({ room, routing }, caller, {
    rules,
    queue: conversationId === undefined ? 'all' : { id: conversationId },
  });
  const wanted =
    conversationId === undefined ? chats.filter((chat) => isForAgent(agent, chat)) : chats.filter(({ id }) => id === conversationId);
  if (conversationId !== undefined && wanted.length === 0)
    throw new AppError('conflict', 'Nobody waits in this conversation.', { field: 'conversationId' });
  const first = wanted[0];
  if (!first) return null;
  if (!hasRoom(agent))
    throw new AppError('conflict', `You have as many conversations as you may have at once (${agent.capacity}).`, { field: 'capacity' });
  for (const chat of wanted.slice(0, TRIES)) {
    if (!hasRoomOf(agent, chat.teamId, teamRoutingOf(rules, chat.teamId).agentMax)) {
      if (conversationId === undefined) continue;
      throw new AppError('conflict', 'You have as many conversations of this team as you may have at once.', { field: 'capacity' });
    }
    const move = { chat, to: agent.id, reasons: [...chat.reasons, { code: 'picked', name: agent.name } as const] };
    const circumstances = { rules, agents, now: room.app.now(), pickerId: agent.id };
    const { done } = await room.app.storage.write((trx) => carryOut(trx, [move], circumstances));
    for (const one of done) announceDone(room, one);
    if (done.length > 0) return getOutcome(room.app, caller, chat.id);
    if (conversationId !== undefined) throw taken();
  }
  return null;
}

/** Who waits for anybody in the inboxes from which one may pick, as far as the agent sees them, in the order of the queue. */
async function readQueue(
  { room, routing }: PickRoom,
  caller: Caller,
  { rules, queue }: { rules: RoutingSettings; queue: QueuePart },
): Promise<{ agent: AgentAtWork; chats: Chat[]; agents: ReadonlyMap<string, AgentAtWork> }> {
  const { app } = room;
  const staff = await readStaff(app.storage.db);
  const floor = await readFloor(app, { rules, staff, reach: await routing.reach(), queue });
  const agent = floor.agents.get(caller.agentId);
  if (!agent) throw new AppError('forbidden', 'Your role does not allow this.');
  const chats = floor.chats.filter(
    (chat) => chat.assigneeId === null && mayPick(rules, chat.inboxId) && maySee(caller, { assigneeId: null, teamId: chat.teamIdBefore }),
  );
  return { agent, chats: chats.sort(inOrder), agents: floor.agents };
}

function mayPick({ inboxes }: RoutingSettings, inboxId: string): boolean {
  return inboxes[inboxId] !== 'automatic';
}

/** Of its team, or of none, and within what it knows. */
function isForAgent(agent: AgentAtWork, { teamId, skills }: Chat): boolean {
  return (teamId === null || agent.teamIds.has(teamId)) && skills.every((skill) => agent.skills.has(skill.toLowerCase()));
}

function taken(): AppError {
  return new AppError('conflict', 'A colleague has this conversation already.', { field: 'conversationId' });
}
