/** Business hours: one clock for everything that asks whether the business is open. */
import type { HoursRules } from '../../shared/business-hours.ts';
import { alwaysOpen, type HoursClock } from '../../shared/hours-clock.ts';
import { clockOfDays } from '../../shared/opening-times.ts';
import { WallClock } from '../../shared/wall-clock.ts';
import type { App } from '../app.ts';
import type { BusinessHoursRow } from '../storage/tables.ts';
import { planDays } from './day-plans.ts';
import { type HoursPlace, listHoursPlaces, listHoursRows, listHoursVersions } from './hours-store.ts';

interface Clocks {
  ofPlace: ReadonlyMap<string, HoursClock>;
  ofHours: ReadonlyMap<string, HoursClock>;
  /** Of what they were made. */
  edition: string;
}

/** As last read: nobody asks the database a second time until hours change. */
const clocksByApp = new WeakMap<App, Promise<Clocks>>();

/** Of the team, else of the inbox; always open where neither has hours. */
export async function clockOf(app: App, { inboxId, teamId }: { inboxId: string; teamId?: string | null }): Promise<HoursClock> {
  const { ofPlace } = await readClocks(app);
  return (teamId && ofPlace.get(`team:${teamId}`)) || ofPlace.get(`inbox:${inboxId}`) || alwaysOpen;
}

/** Of the hours with this id, whoever has them. */
export async function clockOfHours(app: App, { id, rules }: Pick<BusinessHoursRow, 'id' | 'rules'>): Promise<HoursClock> {
  const { ofHours } = await readClocks(app);
  return ofHours.get(id) ?? clockOfRules(JSON.parse(rules));
}

/** Hours, or whose they are, have changed: after commit. */
export function renewClocks(app: App): void {
  clocksByApp.delete(app);
  app.followers.hoursChanged();
}

/** Where another server on the same database may have changed them: renewed if it has. */
export async function renewForeignClocks(app: App): Promise<void> {
  const known = clocksByApp.get(app);
  if (!known) return;
  const { db } = app.storage;
  const [{ edition }, versions, places] = await Promise.all([known, listHoursVersions(db), listHoursPlaces(db)]);
  if (edition !== editionOf(versions, places) && clocksByApp.get(app) === known) renewClocks(app);
}

function editionOf(versions: readonly Pick<BusinessHoursRow, 'id' | 'version'>[], places: readonly HoursPlace[]): string {
  return JSON.stringify([versions.map(({ id, version }) => [id, version]), places.map(({ place, hoursId }) => [place, hoursId])]);
}

async function clockOfRules(rules: HoursRules): Promise<HoursClock> {
  return clockOfDays(new WallClock(rules.timeZone), await planDays(rules));
}

function readClocks(app: App): Promise<Clocks> {
  const known = clocksByApp.get(app);
  if (known) return known;
  const reading = listClocks(app);
  clocksByApp.set(app, reading);
  reading.catch(() => {
    if (clocksByApp.get(app) === reading) clocksByApp.delete(app);
  });
  return reading;
}

async function listClocks({ storage, log }: App): Promise<Clocks> {
  const [rows, places] = await Promise.all([listHoursRows(storage.db), listHoursPlaces(storage.db)]);
  const read = async ({ id, rules }: BusinessHoursRow): Promise<[string, HoursClock]> => {
    try {
      return [id, await clockOfRules(JSON.parse(rules))];
    } catch (error) {
      // Of another version, or in a zone that this machine does not know: that is no reason to close everybody else's door.
      log.error({ err: error, id }, 'these business hours cannot be read: always open');
      return [id, alwaysOpen];
    }
  };
  const ofHours = new Map(await Promise.all(rows.map(read)));
  const ofPlace = new Map(places.map(({ place, hoursId }) => [place, ofHours.get(hoursId) ?? alwaysOpen]));
  return { ofPlace, ofHours, edition: editionOf(rows, places) };
}
