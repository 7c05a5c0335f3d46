import type { Db } from '../storage/database.ts';
import { rowsFrom } from '../storage/rows.ts';

/** What is known of a browser whose visitor has a customer file. */
export interface KnownRow {
  visitorId: string;
  isVerified: number;
  contactId: string;
  name: string | null;
  lifecycle: string;
  /** JSON object of strings. */
  fields: string;
  erasedAt: number | null;
}

export async function listKnown(db: Db, visitorIds: readonly string[]): Promise<KnownRow[]> {
  const wanted = visitorIds.map((id) => ({ wantedId: id }));
  return db
    .selectFrom(rowsFrom(db, wanted, { wantedId: 'text' }).as('given'))
    .innerJoin('visitor', 'visitor.id', 'given.wantedId')
    .innerJoin('contact', 'contact.id', 'visitor.contactId')
    .select([
      'visitor.id as visitorId',
      'visitor.isVerified',
      'contact.id as contactId',
      'contact.name',
      'contact.lifecycle',
      'contact.fields',
      'contact.erasedAt',
    ])
    .execute();
}

/** How many conversations of each of these people have ended. */
export async function countEnded(db: Db, contactIds: readonly string[]): Promise<Map<string, number>> {
  const wanted = contactIds.map((id) => ({ wantedId: id }));
  const rows = await db
    .selectFrom(rowsFrom(db, wanted, { wantedId: 'text' }).as('given'))
    .innerJoin('conversation', 'conversation.contactId', 'given.wantedId')
    .where('conversation.status', '=', 'resolved')
    .select((select) => ['conversation.contactId', select.fn.countAll<number>().as('ended')])
    .groupBy('conversation.contactId')
    .execute();
  return new Map(rows.map(({ contactId, ended }) => [contactId, Number(ended)]));
}

export interface OpenRow {
  id: string;
  contactId: string;
  visitorId: string;
  assigneeId: string | null;
  teamId: string | null;
}

/** The conversations of these people that have not ended, the newest first. */
export async function listOpenOf(db: Db, contactIds: readonly string[]): Promise<OpenRow[]> {
  const wanted = contactIds.map((id) => ({ wantedId: id }));
  return db
    .selectFrom(rowsFrom(db, wanted, { wantedId: 'text' }).as('given'))
    .innerJoin('conversation', 'conversation.contactId', 'given.wantedId')
    .where('conversation.status', '<>', 'resolved')
    .select([
      'conversation.id',
      'conversation.contactId',
      'conversation.visitorId',
      'conversation.assigneeId',
      'conversation.teamId',
      'conversation.createdAt',
    ])
    .orderBy('conversation.createdAt', 'desc')
    .execute();
}
