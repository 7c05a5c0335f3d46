/** What visitors did on the site, as the site tells it: claims, for agents to look at. */

import type * as z from 'zod';
import { TRACKED_EVENTS_KEPT, type TrackedEvent, type trackedEventSchema } from '../../shared/tracked-event.ts';
import type { App } from '../app.ts';
import type { Caller } from '../transport/wire.ts';
import { getContactRow } from './contact-store.ts';
import { getContact } from './contacts.ts';
import { hidden, isInDetail, tellContact } from './masking.ts';
import { deleteOlderEvents, insertTrackedEvent, listTrackedEventRows } from './tracked-event-store.ts';
import { getVisitor, lockKnownVisitor } from './visitors.ts';

/** Notes it once, and forgets the visitor's oldest beyond what is kept. Agents who look at the file see it at once. */
export async function noteEvent(app: App, visitorId: string, event: z.output<typeof trackedEventSchema>): Promise<void> {
  const { id, name, properties, agoMs } = event;
  await app.storage.write(async (trx) => {
    await lockKnownVisitor(trx, visitorId);
    const createdAt = app.now() - agoMs;
    await insertTrackedEvent(trx, { id, visitorId, name, properties: JSON.stringify(properties), createdAt });
    await deleteOlderEvents(trx, visitorId, TRACKED_EVENTS_KEPT);
  });
  const { contactId } = await getVisitor(app.storage.db, visitorId);
  if (contactId !== null) tellContact(app, await getContact(app.storage.db, contactId));
}

/** Newest first. Their properties are details of the person (addresses, order numbers): hidden from who may not see such. */
export async function listEvents(app: App, caller: Pick<Caller, 'permissions'>, contactId: string): Promise<TrackedEvent[]> {
  const { db } = app.storage;
  await getContactRow(db, contactId);
  const rows = await listTrackedEventRows(db, contactId, TRACKED_EVENTS_KEPT);
  return rows.map(({ id, name, properties, createdAt }) => ({
    id,
    name,
    properties: isInDetail(caller) ? JSON.parse(properties) : hidden(JSON.parse(properties)),
    at: createdAt,
  }));
}
