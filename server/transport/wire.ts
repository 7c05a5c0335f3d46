import type { IncomingHttpHeaders } from 'node:http';
import type { Logger } from 'pino';
import type * as z from 'zod';
import type { Permission } from '../../shared/agent.ts';
import type { Limits } from './rate-limits.ts';
import type { Repeats } from './repeats.ts';

/** A signed-in agent, as a route or an event sees who asks. */
export interface Caller {
  agentId: string;
  name: string;
  role: string;
  permissions: readonly Permission[];
  teamIds: readonly string[];
  /** Everybody in these teams, for one who sees what a team's colleagues have. */
  mateIds: ReadonlySet<string>;
  /** The role asks for a second factor and there is none: nothing but enrolling is answered. */
  mustEnrol: boolean;
  /** The session behind a cookie, or the API token behind a bearer: what is revoked to end it. */
  credentialId: string;
  /** By an API token that may do only a part of what its agent may. */
  isScoped?: boolean;
}

/** What the edges need of the house: `App` is one. `findCaller` comes from the accounts, which live further up. */
export interface Wire {
  log: Logger;
  limits: Limits;
  repeats: Repeats;
  /** The host of `PUBLIC_URL`, if that is set. */
  publicHost: string | null;
  /** Looks whether a reply is what its schema says, and throws: for tests, so that the description of the API does not lie. */
  checkReply?: ((schema: z.ZodType | undefined, reply: unknown, where: string) => void) | undefined;
  findCaller: (headers: IncomingHttpHeaders, bearer: string | undefined) => Promise<Caller | null>;
}
