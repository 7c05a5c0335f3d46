/** Several steps with one name, as agents keep and change them. How they are run is in macro-run.ts. */
import { nanoid } from 'nanoid';
import type { RepertoirePage, RepertoireQuery } from '../../shared/canned-response.ts';
import { AppError } from '../../shared/errors.ts';
import type { Macro, MacroCreateRequest, MacroPatch, MacroSteps } from '../../shared/macro.ts';
import type { App } from '../app.ts';
import { defined, getUsable, laterThan } from '../canned/canned-responses.ts';
import { placesOf, requireManaging, requirePlace, roomOfPlace, SHARED, teamPlace, toReached } from '../canned/reach-places.ts';
import { listMacroPage } from '../canned/repertoire-pages.ts';
import type { Transaction } from '../storage/database.ts';
import type { MacroRow } from '../storage/tables.ts';
import type { Caller } from '../transport/wire.ts';
import { deleteMacro, findMacroRow, insertMacro, lockMacro, moveMacros, updateMacro } from './macro-store.ts';

export async function listMacros(app: App, caller: Caller, query: RepertoireQuery): Promise<RepertoirePage<Macro>> {
  const page = await listMacroPage(app.storage.db, caller, query);
  return { ...page, items: page.items.map(toMacro) };
}

export async function createMacro(app: App, caller: Caller, request: MacroCreateRequest): Promise<Macro> {
  const { name, steps } = request;
  const now = app.now();
  const place = requirePlace(caller, request);
  await requireReachableReply(app, caller, { place, steps });
  const row: MacroRow = { id: nanoid(), place, name, steps: JSON.stringify(steps), createdAt: now, updatedAt: now };
  await app.storage.write((trx) => insertMacro(trx, row));
  tellChanged(app, row, row);
  return toMacro(row);
}

export async function changeMacro(app: App, caller: Caller, { id, patch }: { id: string; patch: MacroPatch }): Promise<Macro> {
  const known = await findMacroRow(app.storage.db, id);
  if (!known) throw new AppError('not-found', 'There is no such macro.');
  requireOwnToChange(caller, known);
  const isMoving = patch.reach !== undefined || patch.teamId !== undefined;
  const target = { ...toReached(known.place), ...defined({ reach: patch.reach, teamId: patch.teamId }) };
  const place = isMoving ? requirePlace(caller, target) : known.place;
  await requireReachableReply(app, caller, { place, steps: patch.steps ?? JSON.parse(known.steps) });
  const { before, after } = await app.storage.write(async (trx) => {
    const row = await lockMacro(trx, id);
    requireOwnToChange(caller, row);
    if (patch.expectedAt !== undefined && patch.expectedAt !== row.updatedAt) {
      throw new AppError('conflict', 'Somebody has changed this macro meanwhile.', { field: 'expectedAt' });
    }
    const next: MacroRow = {
      ...row,
      place: isMoving ? place : row.place,
      name: patch.name ?? row.name,
      steps: patch.steps ? JSON.stringify(patch.steps) : row.steps,
      updatedAt: laterThan(row.updatedAt, app.now()),
    };
    await updateMacro(trx, next);
    return { before: row, after: next };
  });
  tellChanged(app, before, after);
  return toMacro(after);
}

export async function removeMacro(app: App, caller: Caller, id: string): Promise<void> {
  const row = await app.storage.write(async (trx) => {
    const held = await lockMacro(trx, id);
    requireOwnToChange(caller, held);
    await deleteMacro(trx, id);
    return held;
  });
  app.broadcast.toRooms([roomOfPlace(row.place)], 'macro:removed', { id });
}

/** What a team had is everybody's when the team goes. */
export async function shareMacrosOfTeam(app: App, trx: Transaction, teamId: string): Promise<() => void> {
  const moved = await moveMacros(trx, teamPlace(teamId), { to: SHARED, at: app.now() });
  return () => {
    for (const row of moved) tellMacro(app, row);
  };
}

/** Whoever may run it must be able to read what it says. */
async function requireReachableReply(app: App, caller: Caller, { place, steps }: { place: string; steps: MacroSteps }): Promise<void> {
  const { reply } = steps;
  if (!reply || !('cannedId' in reply)) return;
  const { reach, teamId } = await getUsable(app, caller, reply.cannedId).catch((error: unknown) => {
    throw error instanceof AppError ? new AppError('not-found', 'There is no such canned response.', { field: 'steps.reply' }) : error;
  });
  const isForAll = reach === 'shared' || (reach === 'team' && place === teamPlace(teamId ?? ''));
  if (isForAll || place === `agent:${caller.agentId}`) return;
  throw new AppError('invalid', 'steps.reply: not everybody who has this macro has this canned response', { field: 'steps.reply' });
}

function requireOwnToChange(caller: Caller, { place }: MacroRow): void {
  if (!placesOf(caller).includes(place)) throw new AppError('not-found', 'There is no such macro.');
  requireManaging(caller, place);
}

function tellChanged(app: App, before: MacroRow, after: MacroRow): void {
  if (before.place !== after.place) app.broadcast.toRooms([roomOfPlace(before.place)], 'macro:removed', { id: after.id });
  tellMacro(app, after);
}

export function tellMacro({ broadcast }: App, row: MacroRow): void {
  broadcast.toRooms([roomOfPlace(row.place)], 'macro:changed', toMacro(row));
}

function toMacro({ place, steps, ...row }: MacroRow): Macro {
  return { ...row, ...toReached(place), steps: JSON.parse(steps) };
}
