/**
 * Which conversations an agent may see, said three ways that must agree: of one conversation (`maySee`), of a list (the
 * store's `inSight`), and of the facts that are told about it (rooms: at most four for each conversation).
 */
import type { Caller } from '../transport/wire.ts';

/** What decides who sees a conversation. */
export interface Place {
  assigneeId: string | null;
  teamId: string | null;
}

export type Sight = Pick<Caller, 'agentId' | 'permissions' | 'teamIds' | 'mateIds'>;

export function maySee({ agentId, permissions, teamIds, mateIds }: Sight, { assigneeId, teamId }: Place): boolean {
  if (permissions.includes('conversations:view-all')) return true;
  if (assigneeId === agentId) return permissions.includes('conversations:view-own');
  const isOfMyTeam = teamId !== null && teamIds.includes(teamId);
  if (assigneeId === null && (teamId === null || isOfMyTeam)) return permissions.includes('conversations:view-queue');
  const isColleagues = assigneeId !== null && mateIds.has(assigneeId);
  return permissions.includes('conversations:view-team') && (isOfMyTeam || isColleagues);
}

/** The rooms in which an agent hears of every conversation that it may see, and of no other. */
export function roomsOfSight({ agentId, permissions, teamIds, mateIds }: Sight): string[] {
  if (permissions.includes('conversations:view-all')) return ['sight:all'];
  const rooms: string[] = [];
  if (permissions.includes('conversations:view-own')) rooms.push(`sight:agent:${agentId}`);
  if (permissions.includes('conversations:view-queue')) rooms.push('sight:queue', ...teamIds.map((id) => `sight:queue:${id}`));
  if (permissions.includes('conversations:view-team')) {
    rooms.push(...teamIds.map((id) => `sight:team:${id}`), ...[...mateIds].map((id) => `sight:colleague:${id}`));
  }
  return rooms;
}

export function roomsOfPlace({ assigneeId, teamId }: Place): string[] {
  const rooms = ['sight:all'];
  if (assigneeId !== null) rooms.push(`sight:agent:${assigneeId}`, `sight:colleague:${assigneeId}`);
  else rooms.push(teamId === null ? 'sight:queue' : `sight:queue:${teamId}`);
  if (teamId !== null) rooms.push(`sight:team:${teamId}`);
  return rooms;
}
