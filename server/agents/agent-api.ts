import type { Request, Response, Router } from 'express';
import type { Namespace } from 'socket.io';
import * as z from 'zod';
import {
  agentCreateSchema,
  agentPatchSchema,
  agentQuerySchema,
  agentSchema,
  agentSessionSchema,
  apiTokenCreateSchema,
  apiTokenSchema,
  availabilitySetSchema,
  personSchema,
  setupSchema,
  signedInAgentSchema,
  signInSchema,
} from '../../shared/agent.ts';
import { AppError } from '../../shared/errors.ts';
import { pageSchema } from '../../shared/page.ts';
import { requireRight } from '../access/rights.ts';
import type { App } from '../app.ts';
import { handshakeAddress } from '../transport/address.ts';
import { type Requests, toConnectError } from '../transport/answer.ts';
import { isOwnOrigin } from '../transport/origin.ts';
import { parse } from '../transport/parse.ts';
import { openRoute, requireOwnOrigin, route } from '../transport/route.ts';
import { clearSessionCookie, setSessionCookie, signInOrigin } from '../transport/session-cookie.ts';
import type { Caller } from '../transport/wire.ts';
import { changeAgent, createAgent, getSignedInAgent, listAgents, listPeople, setAvailability, takeTwoFactor } from './agents.ts';
import { createApiToken, listApiTokens, listSessions, revokeApiToken, revokeSession, SESSION_LIFETIME_MS, signIn } from './sessions.ts';
import { setUp } from './setup.ts';

export function bindAgentRoutes(app: App, router: Router): void {
  router.post(
    '/setup',
    openRoute(
      {
        permission: null,
        isFor: 'anybody',
        summary: 'Make the first administrator, once, by the setup code, and sign it in.',
        body: setupSchema,
        reply: signedInAgentSchema,
      },
      async (request, response) => {
        const { agentId, token } = await setUp(app, parse(setupSchema, request.body), signInOrigin(request));
        return welcome(app, request, response, agentId, token);
      },
    ),
  );
  router.post(
    '/session',
    openRoute(
      {
        permission: null,
        isFor: 'anybody',
        summary: 'Sign in: answers with a session cookie.',
        body: signInSchema,
        reply: signedInAgentSchema,
      },
      async (request, response) => {
        requireOwnOrigin(app, request);
        const { agentId, token } = await signIn(app, parse(signInSchema, request.body), signInOrigin(request));
        return welcome(app, request, response, agentId, token);
      },
    ),
  );
  router.get(
    '/session',
    route(
      app,
      { permission: null, isForEnrolling: true, summary: 'Show who the caller is, and what it may do.', reply: signedInAgentSchema },
      ({ caller }) => getSignedInAgent(app, caller.agentId),
    ),
  );
  router.delete(
    '/session',
    route(
      app,
      { permission: null, isForEnrolling: true, summary: 'Sign out: the session or the API token of this call ends.' },
      async ({ caller, request, response }) => {
        await revokeSession(app, caller, caller.credentialId);
        clearSessionCookie(request, response, app.config.publicUrl);
      },
    ),
  );

  router.get(
    '/sessions',
    route(
      app,
      { permission: null, summary: 'List the browsers in which the caller is signed in.', reply: pageSchema(agentSessionSchema) },
      async ({ caller }) => ({ items: await listSessions(app, caller), next: null }),
    ),
  );
  router.delete(
    '/sessions/:id',
    route(app, { permission: null, summary: "Sign one of the caller's browsers out." }, ({ caller, param }) =>
      revokeSession(app, caller, param('id')),
    ),
  );

  router.get(
    '/agents',
    route(
      app,
      {
        permission: null,
        query: agentQuerySchema,
        summary: 'List the agents; with `include=deactivated`, for those who manage the team, everybody there ever was.',
        reply: pageSchema(z.union([personSchema, agentSchema])),
      },
      async ({ caller, query }) => {
        if (query.include === undefined) return { items: await listAgents(app), next: null };
        requireRight(caller, 'agents:manage');
        return { items: await listPeople(app), next: null };
      },
    ),
  );
  router.post(
    '/agents',
    route(
      app,
      {
        permission: 'agents:manage',
        body: agentCreateSchema,
        status: 201,
        summary: 'Make an account with a password.',
        reply: agentSchema,
      },
      ({ caller, body }) => createAgent(app, body, caller),
    ),
  );
  router.patch(
    '/agents/:id',
    route(
      app,
      {
        permission: 'agents:manage',
        body: agentPatchSchema,
        summary: 'Change name, role or teams of an agent, or deactivate it.',
        reply: personSchema,
      },
      ({ caller, body, param }) => changeAgent(app, caller, param('id'), body),
    ),
  );
  router.delete(
    '/agents/:id/two-factor',
    route(app, { permission: 'agents:manage', summary: 'Take away the second factor of somebody who has lost it.' }, ({ caller, param }) =>
      takeTwoFactor(app, caller, param('id')),
    ),
  );

  router.get(
    '/api-tokens',
    route(
      app,
      {
        permission: 'tokens:manage',
        summary: "List the caller's API tokens, without the tokens themselves.",
        reply: pageSchema(apiTokenSchema),
      },
      async ({ caller }) => ({ items: await listApiTokens(app, caller), next: null }),
    ),
  );
  router.post(
    '/api-tokens',
    route(
      app,
      {
        permission: 'tokens:manage',
        isSecret: true,
        body: apiTokenCreateSchema,
        status: 201,
        summary: 'Make an API token; it is told this once.',
        reply: z.object({ ...apiTokenSchema.shape, ...z.object({ token: z.string() }).shape }),
      },
      ({ caller, body }) => createApiToken(app, caller, body),
    ),
  );
  router.delete(
    '/api-tokens/:id',
    route(app, { permission: 'tokens:manage', summary: 'Revoke an API token; what it keeps open ends.' }, ({ caller, param }) =>
      revokeApiToken(app, caller, param('id')),
    ),
  );
}

/** Admits to `/agent` who has a session cookie (from our own pages only) or an API token, and keeps the caller on the socket. */
export function guardAgentNamespace(app: App, namespace: Namespace): void {
  namespace.use((socket, next) => {
    const { token } = socket.handshake.auth as { token?: unknown };
    const bearer = typeof token === 'string' ? token : undefined;
    const admit = async () => {
      await app.limits.spend('connections', handshakeAddress(socket, app.config.trustProxy));
      if (bearer === undefined && !isOwnOrigin(socket.handshake.headers, app.publicHost)) {
        throw new AppError('forbidden', 'This page may not connect.');
      }
      const caller = await app.findCaller(socket.handshake.headers, bearer);
      if (!caller) throw new AppError('unauthenticated', 'Please sign in.');
      if (caller.mustEnrol) throw new AppError('forbidden', 'Your role needs a second factor first.', { field: 'twoFactor' });
      socket.data.caller = caller;
    };
    admit().then(
      () => next(),
      (error: unknown) => next(toConnectError(app.log, error)),
    );
  });
}

export function bindAvailability<Desk extends { caller: Caller }>(app: App, requests: Requests<Desk>): void {
  requests.answer('availability:set', availabilitySetSchema, ({ availability }, { caller }) =>
    setAvailability(app, caller.agentId, availability),
  );
}

/** Signs the browser in: the cookie, and who it is now. */
async function welcome(app: App, request: Request, response: Response, agentId: string, token: string) {
  setSessionCookie(request, response, { token, maxAge: SESSION_LIFETIME_MS, publicUrl: app.config.publicUrl });
  return getSignedInAgent(app, agentId);
}
