/** Whose canned responses and macros an agent may use, and whose it may change. A row says it in one word, its place. */
import { AppError } from '../../shared/errors.ts';
import type { Reach, Reached } from '../../shared/reach.ts';
import type { Caller } from '../transport/wire.ts';

type Asker = Pick<Caller, 'agentId' | 'permissions' | 'teamIds'>;

export const SHARED = 'shared';

export function teamPlace(teamId: string): string {
  return `team:${teamId}`;
}

/** What this agent may use: nobody's word for whoever neither replies nor manages. */
export function placesOf({ agentId, permissions, teamIds }: Asker): string[] {
  const mayUse = permissions.includes('conversations:reply') || permissions.includes('canned:manage');
  return mayUse ? [SHARED, ...teamIds.map(teamPlace), `agent:${agentId}`] : [];
}

/** The rooms in which an agent hears of changes. */
export function repertoireRooms(asker: Asker): string[] {
  return placesOf(asker).map(roomOfPlace);
}

export function roomOfPlace(place: string): string {
  return `repertoire:${place}`;
}

export function toReached(place: string): Reached {
  if (place === SHARED) return { reach: 'shared', teamId: null };
  return place.startsWith('team:') ? { reach: 'team', teamId: place.slice('team:'.length) } : { reach: 'personal', teamId: null };
}

/** One's own to whoever replies; a team's to its members and everybody's, if they may manage. */
export function requirePlace(asker: Asker, { reach, teamId }: { reach: Reach; teamId?: string | null | undefined }): string {
  if (reach === 'team' && !teamId) throw new AppError('invalid', 'teamId: say which team', { field: 'teamId' });
  const place = reach === 'shared' ? SHARED : reach === 'team' ? teamPlace(teamId ?? '') : `agent:${asker.agentId}`;
  requireManaging(asker, place);
  if (reach === 'team' && !asker.teamIds.includes(teamId ?? '')) {
    throw new AppError('not-found', 'You are in no such team.', { field: 'teamId' });
  }
  return place;
}

/** What may be used is not always one's own to change. */
export function requireManaging(asker: Asker, place: string): void {
  const isOwn = place === `agent:${asker.agentId}`;
  const sufficient = isOwn ? asker.permissions.includes('conversations:reply') : asker.permissions.includes('canned:manage');
  if (!sufficient) throw new AppError('forbidden', 'Your role does not allow this.', { field: 'reach' });
}
