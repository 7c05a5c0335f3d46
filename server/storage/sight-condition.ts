import type { Expression, ExpressionBuilder, ExpressionWrapper, SqlBool } from 'kysely';
import type { Tables } from './tables.ts';

/** Whose sight it is; `permissions` are spelt out, with all that they include. */
interface Seer {
  agentId: string;
  permissions: readonly string[];
  teamIds: readonly string[];
  mateIds: ReadonlySet<string>;
}

/** What `maySee` (access/sight.ts) says of one conversation, as a condition for any query that has it in it. */
export function inSight(where: ExpressionBuilder<Tables, 'conversation'>, seer: Seer): ExpressionWrapper<Tables, 'conversation', SqlBool> {
  return placeInSight(where, seer, 'conversation');
}

/** The same of tickets, for a query that has them in it. */
export function ticketInSight(where: ExpressionBuilder<Tables, 'ticket'>, seer: Seer): ExpressionWrapper<Tables, 'ticket', SqlBool> {
  return placeInSight(where as never, seer, 'ticket') as never;
}

/** Any table whose rows are somebody's and of some team. */
function placeInSight(
  where: ExpressionBuilder<Tables, 'conversation'>,
  { agentId, permissions, teamIds, mateIds }: Seer,
  table: 'conversation' | 'ticket',
): ExpressionWrapper<Tables, 'conversation', SqlBool> {
  const assigneeId = `${table}.assigneeId` as 'conversation.assigneeId';
  const teamId = `${table}.teamId` as 'conversation.teamId';
  if (permissions.includes('conversations:view-all')) return where.and([]);
  const ways: Expression<SqlBool>[] = [];
  const isNobodys = where(assigneeId, 'is', null);
  const ofMyTeams = teamIds.length > 0 ? [where(teamId, 'in', teamIds)] : [];
  if (permissions.includes('conversations:view-own')) ways.push(where(assigneeId, '=', agentId));
  if (permissions.includes('conversations:view-queue')) {
    ways.push(where.and([isNobodys, where.or([where(teamId, 'is', null), ...ofMyTeams])]));
  }
  if (permissions.includes('conversations:view-team')) {
    ways.push(...ofMyTeams);
    if (mateIds.size > 0) ways.push(where(assigneeId, 'in', [...mateIds]));
  }
  return where.or(ways);
}
