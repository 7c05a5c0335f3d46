import { performance } from 'node:perf_hooks';
import type { App } from '../app.ts';
import { Rounds } from '../transport/rounds.ts';
import { followOn } from './company-links.ts';

const IDLE_MS = 500;
/** At most a third of the time: the rest is for people who write. */
const REST_FOR_WORK = 2;

/** Lets the people of renamed and deleted companies follow; where a server has stopped in between, the next one goes on. */
export function followCompanies(app: App): Rounds {
  return new Rounds({
    log: app.log,
    failure: 'the people of a company could not follow its name yet',
    run: async () => {
      const startedAt = performance.now();
      const hadWork = await followOn(app);
      return hadWork ? REST_FOR_WORK * (performance.now() - startedAt) : IDLE_MS;
    },
  });
}
