import * as z from 'zod';
import type { ConsentKind, ConsentWay } from './consent.ts';
import type { Identity, Lifecycle, Visitor } from './contact.ts';
import type { FieldValue } from './custom-fields.ts';
import type { Message } from './message.ts';

/** Everything that is kept of a person, as that person is handed it. Times are milliseconds since the epoch. */
export interface OwnRecord extends FiledRecord {
  exportedAt: number;
  business: string;
  /** Whether the site's server has vouched for the person: otherwise only what this browser wrote is in here. */
  isVerified: boolean;
  profile: Visitor & {
    fields: Record<string, string>;
    /** A language tag. */
    locale: string | null;
    consentAt: number | null;
    /** The words that were agreed to. */
    consentText: string | null;
    firstSeenAt: number | null;
    lastSeenAt: number | null;
    lastPage: { url: string; title: string } | null;
    /** Words by which the business sorts its customers. */
    tags: string[];
    lifecycle: Lifecycle | null;
  };
  identities: Identity[];
  /** More than one reply can carry: the oldest conversations are not in it. */
  isShortened?: true;
  conversations: { id: string; startedAt: number; endedAt: number | null; messages: OwnMessage[] }[];
  ratings: { conversationId: string; score: number; comment: string | null; ratedAt: number }[];
  callbacks: {
    phone: string;
    dueAt: number;
    note: string | null;
    requestedAt: number;
    doneAt: number | null;
    outcome: string | null;
    /** When it was tried, and what came of it. What agents noted of it is for agents, like every note. */
    tries: { at: number; outcome: string | null }[];
  }[];
  /** What the site told of what was done on it. */
  events: { name: string; properties: Record<string, string>; at: number }[];
  /** Of a person whom the site vouches for, as the window lists them. */
  tickets: { number: number; subject: string; status: string; update: string | null; openedAt: number }[];
  /** E-mails of the last month, to a person whom the site vouches for. */
  letters: { to: string; subject: string; at: number }[];
  /** Calls, letters, meetings and e-mails that the business has written down, to a person whom the site vouches for; of e-mails the words, too. */
  activities: OwnActivity[];
}

/** What the business has written into the file of a person whom the site vouches for. Amounts are in the currency's smallest unit. */
export interface FiledRecord {
  /** In the fields that the business has made for itself; `currency` of an amount. */
  values: { name: string; value: FieldValue; currency: string | null }[];
  consents: { kind: ConsentKind; isGiven: boolean; how: ConsentWay; text: string | null; at: number }[];
  purchases: {
    number: string | null;
    status: string;
    at: number;
    total: number;
    currency: string;
    /** Set of one that the business has deleted: what it was until then. */
    removedAt: number | null;
    lines: { product: string; quantity: string; total: number; endsAt: number | null }[];
  }[];
  opportunities: { name: string; status: string; amount: number; currency: string; at: number }[];
  /** Apart from promised calls. What agents noted of them is for agents. */
  tasks: { title: string; isDone: boolean; dueAt: number | null; at: number; doneAt: number | null }[];
  documents: { name: string; type: string; size: number; at: number }[];
}

/** Notes are for agents, and what they noted of a call or a meeting as well. */
export interface OwnActivity {
  kind: 'call' | 'email' | 'letter' | 'fax' | 'meeting';
  at: number;
  direction: 'in' | 'out' | null;
  title: string | null;
  /** Of an e-mail. */
  text: string | null;
}

export type OwnMessage = Pick<Message, 'author' | 'text' | 'attachments' | 'createdAt'>;

/** `html` shows the same, to be read by a person. */
export interface ExportedData {
  data: OwnRecord;
  html: string;
}

/** The word says that the person was asked and meant it: nothing brings the data back. */
export const dataEraseSchema = z.object({ confirm: z.literal('erase') });
export type DataEraseRequest = z.infer<typeof dataEraseSchema>;
