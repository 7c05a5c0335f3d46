import * as z from 'zod';
import type { Identity, Visitor } from './contact.ts';
import type { Message } from './message.ts';

/** Everything that is kept of a person, as that person is handed it. Times are milliseconds since the epoch. */
export interface OwnRecord {
  exportedAt: number;
  business: string;
  /** Whether the site's server has vouched for the person: otherwise only what this browser wrote is in here. */
  isVerified: boolean;
  profile: Visitor & { fields: Record<string, string>; consentAt: number | null; firstSeenAt: number | null };
  identities: Identity[];
  conversations: { id: string; startedAt: number; endedAt: number | null; messages: OwnMessage[] }[];
  ratings: { conversationId: string; score: number; comment: string | null; ratedAt: number }[];
  callbacks: { phone: string; dueAt: number; note: string | null; requestedAt: number }[];
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
