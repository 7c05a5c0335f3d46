import type { CookieOptions, Request, Response, Router } from 'express';
import type { Namespace } from 'socket.io';
import { agentCreateSchema, apiTokenCreateSchema, availabilitySetSchema, setupSchema, signInSchema } from '../../shared/agent.ts';
import { AppError } from '../../shared/errors.ts';
import type { App } from '../app.ts';
import { handshakeAddress } from '../transport/address.ts';
import { type Requests, toConnectError } from '../transport/answer.ts';
import { isOwnOrigin } from '../transport/origin.ts';
import { parse } from '../transport/parse.ts';
import { addressOf, openRoute, requireOwnOrigin, route } from '../transport/route.ts';
import type { Caller } from '../transport/wire.ts';
import { createAgent, getSignedInAgent, listAgents, setAvailability } from './agents.ts';
import {
  cookieNames,
  createApiToken,
  listApiTokens,
  listSessions,
  revokeApiToken,
  revokeSession,
  SESSION_LIFETIME_MS,
  type SignInOrigin,
  signIn,
} from './sessions.ts';
import { getBusiness, setUp } from './setup.ts';

export function bindAgentRoutes(app: App, router: Router): void {
  router.post(
    '/setup',
    openRoute(async (request, response) => {
      const { agentId, token } = await setUp(app, parse(setupSchema, request.body), signInOrigin(request));
      return welcome(app, request, response, agentId, token);
    }),
  );
  router.post(
    '/session',
    openRoute(async (request, response) => {
      requireOwnOrigin(app, request);
      const { agentId, token } = await signIn(app, parse(signInSchema, request.body), signInOrigin(request));
      return welcome(app, request, response, agentId, token);
    }),
  );
  router.get(
    '/session',
    route(app, { permission: null }, async ({ caller }) => getSignedInAgent(app, caller.agentId, await getBusiness(app))),
  );
  router.delete(
    '/session',
    route(app, { permission: null }, async ({ caller, request, response }) => {
      await revokeSession(app, caller, caller.credentialId);
      const isSecure = isBehindTls(app, request);
      response.clearCookie(isSecure ? cookieNames.secure : cookieNames.plain, cookieOptions(isSecure));
    }),
  );

  router.get(
    '/sessions',
    route(app, { permission: null }, async ({ caller }) => ({ items: await listSessions(app, caller), next: null })),
  );
  router.delete(
    '/sessions/:id',
    route(app, { permission: null }, ({ caller, param }) => revokeSession(app, caller, param('id'))),
  );

  router.get(
    '/agents',
    route(app, { permission: 'agents:view' }, async () => ({ items: await listAgents(app), next: null })),
  );
  router.post(
    '/agents',
    route(app, { permission: 'agents:manage', body: agentCreateSchema, status: 201 }, ({ body }) => createAgent(app, body)),
  );

  router.get(
    '/api-tokens',
    route(app, { permission: 'tokens:manage' }, async ({ caller }) => ({ items: await listApiTokens(app, caller), next: null })),
  );
  router.post(
    '/api-tokens',
    route(app, { permission: 'tokens:manage', body: apiTokenCreateSchema, status: 201 }, ({ caller, body }) =>
      createApiToken(app, caller, body.name),
    ),
  );
  router.delete(
    '/api-tokens/:id',
    route(app, { permission: 'tokens:manage' }, ({ caller, param }) => revokeApiToken(app, caller, param('id'))),
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
      if (!caller.permissions.includes('conversations:view')) throw new AppError('forbidden', 'Your role does not allow this.');
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

async function welcome(app: App, request: Request, response: Response, agentId: string, token: string) {
  const isSecure = isBehindTls(app, request);
  response.cookie(isSecure ? cookieNames.secure : cookieNames.plain, token, {
    ...cookieOptions(isSecure),
    maxAge: SESSION_LIFETIME_MS,
  });
  return getSignedInAgent(app, agentId, await getBusiness(app));
}

function cookieOptions(isSecure: boolean): CookieOptions {
  return { httpOnly: true, sameSite: 'lax', secure: isSecure, path: '/' };
}

function isBehindTls(app: App, request: Request): boolean {
  return request.secure || (app.config.publicUrl?.startsWith('https:') ?? false);
}

function signInOrigin(request: Request): SignInOrigin {
  return { address: addressOf(request), userAgent: request.get('user-agent') ?? '' };
}
