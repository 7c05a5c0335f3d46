import { join } from 'node:path';

/** What a person who runs the chaos by hand can ask for. */

/** The plan of the run: a run that failed prints its seed. */
export const seed = Number(process.env.CHAOS_SEED ?? Date.now() % 1_000_000);
/** How long each of the two storms lasts, at least, */
export const minutes = Number(process.env.CHAOS_MINUTES ?? 0);
/** and how often the server on SQLite is killed, at least. */
export const kills = Number(process.env.CHAOS_KILLS ?? 26);
/** The built product. */
export const dist = process.env.CHAOS_DIST ?? join(import.meta.dirname, '../../dist');
