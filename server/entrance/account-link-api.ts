import type { Request, Response, Router } from 'express';
import * as z from 'zod';
import {
  agentInvitationReplySchema,
  agentInvitationSchema,
  invitationAcceptSchema,
  issuedLinkSchema,
  linkPurposeSchema,
  linkTokenSchema,
  passwordResetSchema,
  resetRequestSchema,
} from '../../shared/account-link.ts';
import { signedInAgentSchema } from '../../shared/agent.ts';
import { pageSchema } from '../../shared/page.ts';
import { getSignedInAgent } from '../agents/agents.ts';
import { SESSION_LIFETIME_MS } from '../agents/sessions.ts';
import type { App } from '../app.ts';
import { parse } from '../transport/parse.ts';
import { addressOf, openRoute, requireOwnOrigin, route } from '../transport/route.ts';
import { setSessionCookie, signInOrigin } from '../transport/session-cookie.ts';
import {
  acceptInvitation,
  invite,
  issueReset,
  type LinkAsker,
  listInvitations,
  readLink,
  renewInvitation,
  requestReset,
  resetPassword,
  withdrawInvitation,
} from './account-links.ts';

export function bindAccountLinkRoutes(app: App, router: Router): void {
  const permission = 'agents:manage';
  router.get(
    '/agent-invitations',
    route(app, { permission, summary: 'List the invitations that are open.', reply: pageSchema(agentInvitationReplySchema) }, async () => ({
      items: await listInvitations(app),
      next: null,
    })),
  );
  router.post(
    '/agent-invitations',
    route(
      app,
      {
        permission,
        isSecret: true,
        body: agentInvitationSchema,
        status: 201,
        summary: 'Invite somebody; the link is told this once.',
        reply: z.object({ ...z.object({ invitation: agentInvitationReplySchema }).shape, ...issuedLinkSchema.shape }),
      },
      ({ caller, body, request }) => invite(app, caller, body, askerOf(request)),
    ),
  );
  router.post(
    '/agent-invitations/:id/renew',
    route(
      app,
      {
        permission,
        isSecret: true,
        summary: 'Make a new link for an invitation; the old one is worth nothing any more.',
        reply: z.object({ ...z.object({ invitation: agentInvitationReplySchema }).shape, ...issuedLinkSchema.shape }),
      },
      ({ caller, param, request }) => renewInvitation(app, caller, param('id'), askerOf(request)),
    ),
  );
  router.delete(
    '/agent-invitations/:id',
    route(app, { permission, summary: 'Withdraw an invitation.' }, ({ caller, param }) => withdrawInvitation(app, caller, param('id'))),
  );
  router.post(
    '/agents/:id/password-reset',
    route(
      app,
      { permission, isSecret: true, summary: 'Make a link by which an agent chooses a new password.', reply: issuedLinkSchema },
      ({ caller, param, request }) => issueReset(app, caller, param('id'), askerOf(request)),
    ),
  );

  router.post(
    '/agent-invitations/look',
    linkRoute(app, { schema: linkTokenSchema, summary: 'Show whom an invitation is for.', reply: linkPurposeSchema }, ({ token }) =>
      readLink(app, 'invitation', token),
    ),
  );
  router.post(
    '/agent-invitations/accept',
    linkRoute(
      app,
      { schema: invitationAcceptSchema, summary: 'Take an invitation up: makes the account and signs it in.', reply: signedInAgentSchema },
      async (body, request, response) => {
        const { agentId, token } = await acceptInvitation(app, body, signInOrigin(request));
        setSessionCookie(request, response, { token, maxAge: SESSION_LIFETIME_MS, publicUrl: app.config.publicUrl });
        return getSignedInAgent(app, agentId);
      },
    ),
  );
  router.post(
    '/password-resets',
    linkRoute(
      app,
      { schema: resetRequestSchema, summary: 'Ask for a link by e-mail for a new password.', reply: z.object({ canMail: z.boolean() }) },
      async ({ email }, request) => {
        // Without it the link would name whatever host the request claims, and a stranger's host would get the token.
        const canMail = app.config.mail !== null && app.config.publicUrl !== null;
        if (canMail) await requestReset(app, email, askerOf(request));
        return { canMail };
      },
    ),
  );
  router.post(
    '/password-resets/look',
    linkRoute(app, { schema: linkTokenSchema, summary: 'Show whose password a link is for.', reply: linkPurposeSchema }, ({ token }) =>
      readLink(app, 'reset', token),
    ),
  );
  router.post(
    '/password-resets/use',
    linkRoute(app, { schema: passwordResetSchema, summary: 'Choose a new password by a link.', reply: linkPurposeSchema }, (body) =>
      resetPassword(app, body),
    ),
  );
}

/** For who is not signed in, from our own pages only, and not often: nobody tries tokens or addresses out. */
function linkRoute<Body extends z.ZodType>(
  app: App,
  { schema, ...told }: { schema: Body; summary: string; reply: z.ZodType },
  run: (body: z.output<Body>, request: Request, response: Response) => unknown,
) {
  return openRoute({ permission: null, isFor: 'anybody', body: schema, ...told }, async (request, response) => {
    requireOwnOrigin(app, request);
    const body = parse(schema, request.body);
    await app.limits.spend('links', addressOf(request));
    return run(body, request, response);
  });
}

/** The origin is only a signed-in agent's or our own page's word, and counts only where no `PUBLIC_URL` says better. */
function askerOf(request: Request): LinkAsker {
  const language = request.acceptsLanguages('en', 'he') === 'he' ? 'he' : 'en';
  return { origin: `${request.protocol}://${request.get('host') ?? ''}`, language };
}
