import type { Db } from '../storage/database.ts';
import { beforeInTime } from '../storage/time-order.ts';
import type { Cursor } from '../transport/cursor.ts';

/** Newest first. */
export async function listOpportunityMoments(
  db: Db,
  { contactId, before, limit }: { contactId: string; before: Cursor | null; limit: number },
) {
  let query = db
    .selectFrom('opportunity')
    .leftJoin('agent', 'agent.id', 'opportunity.createdBy')
    .leftJoin('stage', 'stage.id', 'opportunity.stageId')
    .select([
      'opportunity.id',
      'opportunity.createdAt',
      'opportunity.name',
      'opportunity.note',
      'opportunity.status',
      'opportunity.amount',
      'opportunity.currency',
      'opportunity.closedAt',
      'stage.name as stage',
      'agent.id as agentId',
      'agent.name as agentName',
    ])
    .where('opportunity.contactId', '=', contactId);
  if (before) query = query.where(beforeInTime('opportunity.createdAt', 'opportunity.id', before));
  return query.orderBy('opportunity.createdAt', 'desc').orderBy('opportunity.id', 'desc').limit(limit).execute();
}
