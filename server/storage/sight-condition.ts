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
export function inSight(
  where: ExpressionBuilder<Tables, 'conversation'>,
  { agentId, permissions, teamIds, mateIds }: Seer,
): ExpressionWrapper<Tables, 'conversation', SqlBool> {
  if (permissions.includes('conversations:view-all')) return where.and([]);
  const ways: Expression<SqlBool>[] = [];
  const isNobodys = where('conversation.assigneeId', 'is', null);
  const ofMyTeams = teamIds.length > 0 ? [where('conversation.teamId', 'in', teamIds)] : [];
  if (permissions.includes('conversations:view-own')) ways.push(where('conversation.assigneeId', '=', agentId));
  if (permissions.includes('conversations:view-queue')) {
    ways.push(where.and([isNobodys, where.or([where('conversation.teamId', 'is', null), ...ofMyTeams])]));
  }
  if (permissions.includes('conversations:view-team')) {
    ways.push(...ofMyTeams);
    if (mateIds.size > 0) ways.push(where('conversation.assigneeId', 'in', [...mateIds]));
  }
  return where.or(ways);
}
