/** The ways on which things are sold here: pipelines with their stages, and why something was lost. */
import { AppError } from '../../shared/errors.ts';
import {
  LOST_REASONS_MAX,
  type LostReason,
  type LostReasonList,
  PIPELINES_MAX,
  type Pipeline,
  type PipelineCreateRequest,
  type PipelinePatch,
  type Stage,
} from '../../shared/opportunity.ts';
import type { App } from '../app.ts';
import type { Db, Transaction } from '../storage/database.ts';
import type { PipelineRow, StageRow } from '../storage/tables.ts';
import {
  findPipelineRow,
  findStageRow,
  insertPipeline,
  insertStage,
  listPipelineRows,
  listReasonRows,
  listStageRows,
  lockPipelineRow,
  updatePipeline,
  updateStage,
  writeReason,
} from './pipeline-store.ts';
import { listTallies } from './tally-store.ts';

/** In their order; those that were put away come last. */
export async function listPipelines(db: Db): Promise<Pipeline[]> {
  const rows = await listPipelineRows(db);
  const stages = await listStageRows(
    db,
    rows.map(({ id }) => id),
  );
  return rows
    .map((row) => toPipeline(row, stages))
    .toSorted((one, other) => Number(one.archivedAt !== null) - Number(other.archivedAt !== null));
}

export async function getPipeline(db: Db, id: string): Promise<Pipeline> {
  const row = await findPipelineRow(db, id);
  if (!row) throw new AppError('not-found', 'There is no such pipeline.', { field: 'pipelineId' });
  return toPipeline(row, await listStageRows(db, [id]));
}

/** Its stages stay, and nobody else puts a card into them, until the transaction ends. */
export async function lockPipeline(trx: Transaction, id: string): Promise<Pipeline> {
  await lockPipelineRow(trx, id);
  return getPipeline(trx, id);
}

/** The same request again finds the first one. */
export async function createPipeline(app: App, { id, name, currency, stages }: PipelineCreateRequest): Promise<Pipeline> {
  await app.storage.write(async (trx) => {
    if (await findPipelineRow(trx, id)) return;
    const others = await listPipelineRows(trx);
    if (others.filter(({ archivedAt }) => archivedAt === null).length >= PIPELINES_MAX)
      throw new AppError('too-many', `There can be ${PIPELINES_MAX} pipelines.`);
    const now = app.now();
    const position = (others.at(-1)?.position ?? 0) + 1;
    await insertPipeline(trx, { id, name, currency, position, version: 1, archivedAt: null, createdAt: now, updatedAt: now });
    await writeStages(trx, { pipelineId: id, held: [], stages, now });
  });
  return tell(app, id);
}

export async function changePipeline(app: App, id: string, { version, stages, isArchived, ...patch }: PipelinePatch): Promise<Pipeline> {
  await app.storage.write(async (trx) => {
    const row = await lockPipelineRow(trx, id);
    if (!row) throw new AppError('not-found', 'There is no such pipeline.');
    if (row.version !== version) throw new AppError('stale', 'Somebody has changed this pipeline meanwhile.', { field: 'version' });
    const now = app.now();
    const held = await listStageRows(trx, [id]);
    if (stages) await writeStages(trx, { pipelineId: id, held, stages, now });
    if (isArchived) await requireNothingOpen(trx, held, 'isArchived');
    const given = Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== undefined));
    const archivedAt = isArchived === undefined ? row.archivedAt : isArchived ? (row.archivedAt ?? now) : null;
    await updatePipeline(trx, id, { ...given, archivedAt, version: version + 1, updatedAt: now });
  });
  return tell(app, id);
}

/** Those that are not named come behind, in the order that they had. */
export async function orderPipelines(app: App, ids: readonly string[]): Promise<Pipeline[]> {
  const items = await app.storage.write(async (trx) => {
    const held = await listPipelineRows(trx);
    const placeOf = new Map([...new Set(ids)].map((id, at) => [id, at]));
    const inOrder = held.toSorted((one, other) => (placeOf.get(one.id) ?? ids.length) - (placeOf.get(other.id) ?? ids.length));
    for (const [at, { id }] of inOrder.entries()) await updatePipeline(trx, id, { position: at + 1 });
    return listPipelines(trx);
  });
  app.broadcast.toRooms(['sales:opportunities'], 'pipelines:changed', {});
  return items;
}

async function tell(app: App, id: string): Promise<Pipeline> {
  app.broadcast.toRooms(['sales:opportunities'], 'pipelines:changed', {});
  return getPipeline(app.storage.db, id);
}

interface Staging {
  pipelineId: string;
  held: readonly StageRow[];
  stages: readonly Stage[];
  now: number;
}

async function writeStages(trx: Transaction, { pipelineId, held, stages, now }: Staging): Promise<void> {
  const wanted = new Set(stages.map(({ id }) => id));
  const gone = held.filter(({ id }) => !wanted.has(id));
  await requireNothingOpen(trx, gone, 'stages');
  for (const { id } of gone) await updateStage(trx, id, { archivedAt: now });
  for (const [at, { id, name, probability }] of stages.entries()) {
    const known = await findStageRow(trx, id);
    if (known && known.pipelineId !== pipelineId) throw new AppError('conflict', 'stages: this id is taken', { field: 'stages' });
    if (known) await updateStage(trx, id, { name, probability, position: at + 1, archivedAt: null });
    else await insertStage(trx, { id, pipelineId, name, probability, position: at + 1, archivedAt: null });
  }
}

async function requireNothingOpen(trx: Transaction, stages: readonly StageRow[], field: string): Promise<void> {
  const tallies = await listTallies(
    trx,
    stages.map(({ id }) => id),
    undefined,
  );
  const full = tallies.find(({ status }) => status === 'open');
  if (!full) return;
  const { name } = stages.find(({ id }) => id === full.stageId) ?? { name: '' };
  throw new AppError('conflict', `${field}: something still stands in “${name}”`, { field });
}

function toPipeline({ id, name, currency, version, archivedAt }: PipelineRow, stages: readonly StageRow[]): Pipeline {
  const own = stages.filter(({ pipelineId }) => pipelineId === id);
  return {
    id,
    name,
    currency,
    version,
    archivedAt,
    stages: own.map((stage) => ({ id: stage.id, name: stage.name, probability: stage.probability })),
  };
}

export async function listLostReasons(db: Db): Promise<LostReasonList> {
  const rows = await listReasonRows(db);
  return { items: rows.map(({ id, name, archivedAt }) => ({ id, name, isArchived: archivedAt !== null })), next: null };
}

/** What is left out is offered no more. */
export async function writeLostReasons(app: App, reasons: readonly LostReason[]): Promise<LostReasonList> {
  const list = await app.storage.write(async (trx) => {
    const held = await listReasonRows(trx);
    const wanted = new Map(reasons.map((reason, at) => [reason.id, { ...reason, position: at + 1, archivedAt: null }]));
    const gone = held.filter(({ id }) => !wanted.has(id));
    if (wanted.size + gone.length > LOST_REASONS_MAX * 20)
      throw new AppError('too-many', 'There are too many reasons.', { field: 'items' });
    for (const row of wanted.values()) await writeReason(trx, row);
    for (const row of gone) if (row.archivedAt === null) await writeReason(trx, { ...row, position: 1_000, archivedAt: app.now() });
    return listLostReasons(trx);
  });
  app.broadcast.toRooms(['sales:opportunities'], 'pipelines:changed', {});
  return list;
}
