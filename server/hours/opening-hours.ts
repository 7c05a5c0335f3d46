/** Business hours as administrators keep them, and which inboxes and teams have them. */
import { nanoid } from 'nanoid';
import type { BusinessHours, HoursCreateRequest, HoursPatch, HoursRules } from '../../shared/business-hours.ts';
import { AppError } from '../../shared/errors.ts';
import { stateAt } from '../../shared/hours-clock.ts';
import { lockAccess } from '../access/rights.ts';
import { lockTeams } from '../access/teams.ts';
import type { App } from '../app.ts';
import type { Transaction } from '../storage/database.ts';
import type { BusinessHoursRow } from '../storage/tables.ts';
import { clockOfHours, renewClocks } from './hours-clocks.ts';
import {
  deleteHours,
  deletePlace,
  type HoursPlace,
  insertHours,
  listHoursPlaces,
  listHoursRows,
  listPlacesOf,
  lockHours,
  lockInboxIds,
  replacePlaces,
  updateHours,
} from './hours-store.ts';
import { requireKnownPlaces } from './known-places.ts';

const HOURS_MAX = 200;

type Places = Partial<Pick<BusinessHours, 'inboxIds' | 'teamIds'>>;

export async function listBusinessHours(app: App): Promise<BusinessHours[]> {
  const [rows, places] = await Promise.all([listHoursRows(app.storage.db), listHoursPlaces(app.storage.db)]);
  return Promise.all(rows.map((row) => toBusinessHours(app, row, places)));
}

export async function createBusinessHours(app: App, { inboxIds, teamIds, ...rules }: HoursCreateRequest): Promise<BusinessHours> {
  await requireKnownPlaces(rules);
  const row: BusinessHoursRow = { id: nanoid(), rules: JSON.stringify(rules), version: 1, createdAt: app.now() };
  await app.storage.write(async (trx) => {
    await lockAccess(trx);
    if ((await listHoursRows(trx)).length >= HOURS_MAX) throw new AppError('conflict', `There are ${HOURS_MAX} business hours already.`);
    await insertHours(trx, row);
    await attach(trx, row.id, { inboxIds, teamIds });
  });
  renewClocks(app);
  return getBusinessHours(app, row.id);
}

export async function changeBusinessHours(app: App, id: string, patch: HoursPatch): Promise<BusinessHours> {
  const { version, inboxIds, teamIds, ...changes } = patch;
  await requireKnownPlaces(changes);
  await app.storage.write(async (trx) => {
    await lockAccess(trx);
    const row = await requireHours(trx, id);
    if (row.version !== version) {
      throw new AppError('conflict', 'Somebody else has changed these business hours meanwhile.', { field: 'version' });
    }
    const rules: HoursRules = { ...JSON.parse(row.rules), ...defined(changes) };
    await updateHours(trx, { ...row, rules: JSON.stringify(rules), version: version + 1 });
    await attach(trx, id, { ...(inboxIds && { inboxIds }), ...(teamIds && { teamIds }) });
  });
  renewClocks(app);
  return getBusinessHours(app, id);
}

/** Whoever had them is always open then. */
export async function removeBusinessHours(app: App, id: string): Promise<void> {
  await app.storage.write(async (trx) => {
    await lockAccess(trx);
    await requireHours(trx, id);
    await deleteHours(trx, id);
  });
  renewClocks(app);
}

/** In the transaction that removes the inbox or the team; what it returns is run once that is committed. */
export async function detachHours(app: App, trx: Transaction, place: { inboxId: string } | { teamId: string }): Promise<() => void> {
  await deletePlace(trx, 'inboxId' in place ? `inbox:${place.inboxId}` : `team:${place.teamId}`);
  return () => renewClocks(app);
}

/** What one has, another has no more: that is a change of the other one too. */
async function attach(trx: Transaction, hoursId: string, { inboxIds, teamIds }: Places): Promise<void> {
  const inboxes = inboxIds && [...new Set(inboxIds)];
  const teams = teamIds && [...new Set(teamIds)];
  if (inboxes && (await lockInboxIds(trx, inboxes)).size < inboxes.length) throw unknown('inboxIds', 'inbox');
  if (teams && (await lockTeams(trx, teams)).size < teams.length) throw unknown('teamIds', 'team');
  const wanted = [...(inboxes ?? []).map((id) => `inbox:${id}`), ...(teams ?? []).map((id) => `team:${id}`)];
  const losing = new Set((await listPlacesOf(trx, wanted)).map((held) => held.hoursId).filter((id) => id !== hoursId));
  for (const row of await lockHours(trx, [...losing])) await updateHours(trx, { ...row, version: row.version + 1 });
  if (inboxes) await replacePlaces(trx, { hoursId, kind: 'inbox', places: inboxes.map((id) => `inbox:${id}`) });
  if (teams) await replacePlaces(trx, { hoursId, kind: 'team', places: teams.map((id) => `team:${id}`) });
}

function unknown(field: string, what: string): AppError {
  return new AppError('not-found', `There is no such ${what}.`, { field });
}

async function requireHours(trx: Transaction, id: string): Promise<BusinessHoursRow> {
  const [row] = await lockHours(trx, [id]);
  if (!row) throw new AppError('not-found', 'There are no such business hours.');
  return row;
}

async function getBusinessHours(app: App, id: string): Promise<BusinessHours> {
  const hours = (await listBusinessHours(app)).find((known) => known.id === id);
  if (!hours) throw new AppError('not-found', 'There are no such business hours.');
  return hours;
}

async function toBusinessHours(app: App, row: BusinessHoursRow, places: readonly HoursPlace[]): Promise<BusinessHours> {
  const rules: HoursRules = JSON.parse(row.rules);
  const idsOf = (kind: string) =>
    places.filter(({ place, hoursId }) => hoursId === row.id && place.startsWith(kind)).map(({ place }) => place.slice(kind.length));
  return {
    ...rules,
    id: row.id,
    version: row.version,
    inboxIds: idsOf('inbox:'),
    teamIds: idsOf('team:'),
    now: stateAt(await clockOfHours(app, row), app.now()),
  };
}

/** Without what is not said. */
function defined(changes: Partial<HoursRules>): Partial<HoursRules> {
  return Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
}
