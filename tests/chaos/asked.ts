import { join } from 'node:path';

/** What a person who runs the chaos by hand can ask for. */

/** The plan of the run: a run that failed prints its seed. */
export const seed = Number(process.env.CHAOS_SEED ?? Date.now() % 1_000_000);
/** How long the two storms last together; without it they last as many kills as CI needs. */
export const minutes = Number(process.env.CHAOS_MINUTES ?? 0);
/** The built product. */
export const dist = process.env.CHAOS_DIST ?? join(import.meta.dirname, '../../dist');
