import * as z from 'zod';
import type { Identity, Visitor } from './contact.ts';
import type { Message } from './message.ts';

/** Everything that is kept of a person, as that person is handed it. Times are milliseconds since the epoch. */
export interface OwnRecord {
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
