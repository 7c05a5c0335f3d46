/** When the answer to a customer is due, for whoever counts, filters or sorts by it: on conversations, joined to their clocks. */
import { sql } from 'kysely';
import { USUAL_WAIT_MS, USUAL_WARN_MS } from '../../shared/usual-wait.ts';

/** By the promise that runs out first; where none runs, everybody is promised an answer in the usual time. */
export const dueAt = sql<number>`coalesce("slaClock"."dueAt", "conversation"."waitingSince" + ${sql.lit(USUAL_WAIT_MS)})`;
export const warnAt = sql<number>`coalesce("slaClock"."warnAt", "conversation"."waitingSince" + ${sql.lit(USUAL_WARN_MS)})`;
