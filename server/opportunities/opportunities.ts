/** What may be sold to whom: it goes from stage to stage until it is won or lost. */
import { AppError } from '../../shared/errors.ts';
import type {
  Opportunity,
  OpportunityClose,
  OpportunityCreateRequest,
  OpportunityMove,
  OpportunityPatch,
  OpportunityStatus,
} from '../../shared/opportunity.ts';
import { toDate, toDay } from '../../shared/wall-clock.ts';
import { requireAgent } from '../agents/agents.ts';
import type { App } from '../app.ts';
import { lockOpenFile } from '../contacts/open-file.ts';
import { dropDocuments, refileDocuments } from '../documents/documents.ts';
import { isUniqueViolation, type Transaction } from '../storage/database.ts';
import type { OpportunityRow } from '../storage/tables.ts';
import type { Caller } from '../transport/wire.ts';
import { forgetWords } from '../words/kept-words.ts';
import { placeBehind, placeOnTop } from './card-places.ts';
import { opportunityIndex } from './opportunity-entries.ts';
import {
  deleteOpportunity,
  findOpportunityRow,
  insertOpportunity,
  lockOpportunity,
  type OpportunityListRow,
  updateOpportunity,
} from './opportunity-store.ts';
import { listReasonRows } from './pipeline-store.ts';
import { lockPipeline } from './pipelines.ts';
import { tally } from './tally-store.ts';

const SALES = ['sales:opportunities'];

export async function getOpportunity(app: App, id: string): Promise<Opportunity> {
  const row = await findOpportunityRow(app.storage.db, id);
  if (!row) throw new AppError('not-found', 'There is no such opportunity.');
  return toOpportunity(row);
}

/** The same request again finds the first one. */
export async function createOpportunity(app: App, caller: Caller, request: OpportunityCreateRequest): Promise<Opportunity> {
  const { id, contactId, pipelineId, stageId, expectedCloseOn, currency, ...content } = request;
  if (content.ownerId) await requireAgent(app, content.ownerId);
  const job = async (trx: Transaction) => {
    const file = await lockOpenFile(trx, contactId);
    if (await findOpportunityRow(trx, id)) return;
    const pipeline = await lockPipeline(trx, pipelineId);
    if (pipeline.archivedAt !== null) throw new AppError('conflict', 'This pipeline was put away.', { field: 'pipelineId' });
    const stage = stageId === undefined ? pipeline.stages[0] : pipeline.stages.find((one) => one.id === stageId);
    if (!stage) throw new AppError('invalid', 'stageId: is no stage of this pipeline', { field: 'stageId' });
    const now = app.now();
    const row: OpportunityRow = {
      ...content,
      id,
      contactId: file.id,
      pipelineId,
      stageId: stage.id,
      place: await placeOnTop(trx, stage.id),
      currency: currency ?? pipeline.currency,
      expectedCloseOn: expectedCloseOn === null ? null : toDay(expectedCloseOn),
      status: 'open',
      lostReasonId: null,
      lostNote: null,
      version: 1,
      createdBy: caller.agentId,
      createdAt: now,
      updatedAt: now,
      closedAt: null,
    };
    await insertOpportunity(trx, row);
    await tally(trx, [], [row]);
  };
  // Whoever came first with the same id is found the second time.
  await app.storage.write(job).catch((error: unknown) => {
    if (!isUniqueViolation(error)) throw error;
    return app.storage.write(job);
  });
  return tell(app, id);
}

export async function changeOpportunity(app: App, id: string, { version, ...patch }: OpportunityPatch): Promise<Opportunity> {
  const { contactId, expectedCloseOn, ...content } = patch;
  if (content.ownerId) await requireAgent(app, content.ownerId);
  await app.storage.write(async (trx) => {
    const file = contactId === undefined ? undefined : await lockOpenFile(trx, contactId);
    const row = await lockOpportunity(trx, id);
    if (row.version !== version) throw new AppError('stale', 'Somebody has changed this opportunity meanwhile.', { field: 'version' });
    if (file) await refileDocuments(trx, { entity: 'opportunity', entityIds: [id] }, file.id);
    const given = Object.fromEntries(Object.entries(content).filter(([, value]) => value !== undefined));
    await rewrite(app, trx, row, {
      ...given,
      ...(file && { contactId: file.id }),
      ...(expectedCloseOn !== undefined && { expectedCloseOn: expectedCloseOn === null ? null : toDay(expectedCloseOn) }),
      version: version + 1,
    });
  });
  return tell(app, id);
}

/** Of two who pull the same card out of one stage the second is told that it is no longer there. */
export async function moveOpportunity(app: App, id: string, { from, stageId, afterId }: OpportunityMove): Promise<Opportunity> {
  await app.storage.write(async (trx) => {
    const row = await lockOpportunity(trx, id);
    requireThere(row, from);
    const { stages } = await lockPipeline(trx, row.pipelineId);
    if (!stages.some((stage) => stage.id === stageId))
      throw new AppError('invalid', 'stageId: is no stage of its pipeline', { field: 'stageId' });
    if (afterId === id) return;
    const place = afterId === null ? await placeOnTop(trx, stageId) : await placeBehind(trx, stageId, afterId);
    const open = { status: 'open', lostReasonId: null, lostNote: null, closedAt: null };
    await rewrite(app, trx, row, { stageId, place, ...open });
  });
  return tell(app, id);
}

/** Keeps the stage in which it was, and the place, so that it can be opened again there. */
export async function closeOpportunity(
  app: App,
  id: string,
  { from, status, lostReasonId, lostNote }: OpportunityClose,
): Promise<Opportunity> {
  await app.storage.write(async (trx) => {
    const row = await lockOpportunity(trx, id);
    requireThere(row, from);
    const isLost = status === 'lost';
    if (isLost && lostReasonId !== null && !(await listReasonRows(trx)).some((reason) => reason.id === lostReasonId)) {
      throw new AppError('not-found', 'There is no such reason.', { field: 'lostReasonId' });
    }
    const reason = { lostReasonId: isLost ? lostReasonId : null, lostNote: isLost ? lostNote : null };
    await rewrite(app, trx, row, { status, ...reason, closedAt: row.status === status ? row.closedAt : app.now() });
  });
  return tell(app, id);
}

export async function removeOpportunity(app: App, id: string): Promise<void> {
  await app.storage.write(async (trx) => {
    const row = await lockOpportunity(trx, id);
    await deleteOpportunity(trx, id);
    await forgetWords(trx, opportunityIndex, [id]);
    await dropDocuments(trx, { entity: 'opportunity', entityId: id }, app.now());
    await tally(trx, [row], []);
  });
  app.broadcast.toRooms(SALES, 'opportunity:removed', { id });
}

/** Every change of a row goes this way, so that the sums of its columns follow. */
export async function rewrite(app: App, trx: Transaction, row: OpportunityRow, values: Partial<OpportunityRow>): Promise<void> {
  await updateOpportunity(trx, row.id, { ...values, updatedAt: app.now() });
  await tally(trx, [row], [{ ...row, ...values }]);
}

export async function tell(app: App, id: string): Promise<Opportunity> {
  const opportunity = await getOpportunity(app, id);
  app.broadcast.toRooms(SALES, 'opportunity:changed', opportunity);
  return opportunity;
}

function requireThere(row: OpportunityRow, from: { stageId: string; status: OpportunityStatus }): void {
  if (row.stageId === from.stageId && row.status === from.status) return;
  throw new AppError('stale', 'Somebody has moved this opportunity meanwhile.', { field: 'from' });
}

export function toOpportunity(row: OpportunityListRow): Opportunity {
  const { contactId, contactName, stageProbability, createdBy: _, ...rest } = row;
  return {
    ...rest,
    contact: { id: contactId, name: contactName },
    status: row.status as OpportunityStatus,
    expectedCloseOn: row.expectedCloseOn === null ? null : toDate(row.expectedCloseOn),
    probability: { won: 100, lost: 0, open: row.probability ?? stageProbability ?? 0 }[row.status as OpportunityStatus],
    hasOwnProbability: row.probability !== null,
  };
}
