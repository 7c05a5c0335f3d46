import * as z from 'zod';
import type { ConversationSummary } from './conversation.ts';
import { idSchema } from './id.ts';
import type { Ticket } from './ticket.ts';

/** Rows of the board itself; the rest is counted, and listed page by page. */
export const NOW_ROWS_MAX = 100;
/** The rest is the tickets' own list of those that are late or soon will be. */
export const NOW_TICKETS_MAX = 20;

interface WaitingCount {
  count: number;
  /** Since when the one waits who waits longest. */
  oldestSince: number | null;
}

/** What is happening now, as far as this agent may see it. */
export interface NowBoard {
  /** By the server's clock, which all times here are told in. */
  at: number;
  waiting: WaitingCount & {
    /** Of them, those whom nobody has taken. */
    unassigned: number;
    /** Whose promise has run out, and whose will soon: by the clocks of policies, or by the usual time where none runs. */
    breached: number;
    soon: number;
  };
  byInbox: (WaitingCount & { id: string; name: string })[];
  /** `id` is null for what belongs to no team. */
  byTeam: (WaitingCount & { id: string | null })[];
  /** Who waits longest comes first. */
  rows: ConversationSummary[];
  /** Those counted in `breached` and `soon`, the first to run out first. */
  late: ConversationSummary[];
  /** Tickets whose promise has run out, or soon will, the first to run out first; nothing for who sees no tickets. */
  tickets: { breached: number; soon: number; rows: Ticket[] };
  /** Agents who have somebody waiting, or are writing a reply. */
  byAgent: (WaitingCount & { agentId: string; replyingIn: string[] })[];
  today: {
    started: number;
    answered: number;
    resolved: number;
    medianFirstResponseMs: number | null;
    /** Promises that ran out: the rows are those of `GET /api/sla-breaches` since then. */
    broken: number;
  };
}

const momentSchema = z.number().int().positive().max(8_640_000_000_000_000);

/** `since` is when the day began where the board is looked at. */
export const nowWatchSchema = z.object({ since: momentSchema });
export type NowWatchRequest = z.infer<typeof nowWatchSchema>;

/** What a number of the board counts; `late` is `breached` and `soon`. */
export const nowSubjects = ['waiting', 'unassigned', 'breached', 'soon', 'late', 'open', 'started', 'answered', 'resolved'] as const;
export type NowSubject = (typeof nowSubjects)[number];

/** `GET /api/now/conversations`: the rows behind a number. `teamId=none` are those of no team. */
export const nowQuerySchema = z.object({
  what: z.enum(nowSubjects),
  inboxId: idSchema.optional(),
  teamId: z.union([idSchema, z.literal('none')]).optional(),
  agentId: idSchema.optional(),
  since: z.coerce.number().pipe(momentSchema).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(100).default(50),
});
export type NowQuery = z.infer<typeof nowQuerySchema>;
