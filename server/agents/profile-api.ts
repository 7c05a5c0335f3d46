import type { Router } from 'express';
import * as z from 'zod';
import { codeSchema, passwordChangeSchema, passwordProofSchema, twoFactorStartSchema } from '../../shared/account-link.ts';
import { signedInAgentSchema } from '../../shared/agent.ts';
import { businessPatchSchema, businessSchema } from '../../shared/business.ts';
import { profilePatchSchema } from '../../shared/profile.ts';
import type { App } from '../app.ts';
import { route } from '../transport/route.ts';
import { announceName, getSignedInAgent } from './agents.ts';
import { changeBusiness, getBusiness } from './business-name.ts';
import { changePassword, changeProfile } from './profiles.ts';
import { confirmTwoFactor, endTwoFactor, renewRecoveryCodes, startTwoFactor } from './two-factor.ts';

export function bindProfileRoutes(app: App, router: Router): void {
  router.patch(
    '/profile',
    route(
      app,
      {
        permission: null,
        body: profilePatchSchema,
        summary: 'Change what the caller says of itself and how it is told of things.',
        reply: signedInAgentSchema,
      },
      async ({ caller, body }) => {
        await changeProfile(app, caller, body);
        if (body.name !== undefined) await announceName(app, caller.agentId);
        // What is written from open connections is signed with the name, and every browser of the agent does as it wishes now.
        await app.followers.accessChanged([caller.agentId]);
        return getSignedInAgent(app, caller.agentId);
      },
    ),
  );
  router.post(
    '/password',
    route(
      app,
      {
        permission: null,
        body: passwordChangeSchema,
        isForEnrolling: true,
        summary: "Change the caller's password; its other browsers are signed out.",
      },
      ({ caller, body }) => changePassword(app, caller, body.current, body.password),
    ),
  );
  router.post(
    '/two-factor',
    route(
      app,
      {
        permission: null,
        isSecret: true,
        isForEnrolling: true,
        summary: 'Begin a second factor: the secret for an authenticator app.',
        reply: twoFactorStartSchema,
      },
      ({ caller }) => startTwoFactor(app, caller),
    ),
  );
  router.post(
    '/two-factor/confirm',
    route(
      app,
      {
        permission: null,
        isSecret: true,
        body: codeSchema,
        isForEnrolling: true,
        summary: 'Confirm a second factor by its first code; answers with the recovery codes, once.',
        reply: z.object({ recoveryCodes: z.array(z.string()) }),
      },
      ({ caller, body }) => confirmTwoFactor(app, caller, body.code),
    ),
  );
  router.post(
    '/two-factor/recovery-codes',
    route(
      app,
      {
        permission: null,
        isSecret: true,
        body: passwordProofSchema,
        summary: 'Make new recovery codes; the old ones are worth nothing any more.',
        reply: z.object({ recoveryCodes: z.array(z.string()) }),
      },
      ({ caller, body }) => renewRecoveryCodes(app, caller, body.password),
    ),
  );
  router.post(
    '/two-factor/end',
    route(app, { permission: null, body: passwordProofSchema, summary: "End the caller's second factor." }, ({ caller, body }) =>
      endTwoFactor(app, caller, body.password),
    ),
  );
  router.get(
    '/business',
    route(app, { permission: null, summary: 'Show what the business is called and where it is at home.', reply: businessSchema }, () =>
      getBusiness(app),
    ),
  );
  router.patch(
    '/business',
    route(
      app,
      {
        permission: 'settings:manage',
        body: businessPatchSchema,
        summary: 'Change what the business is called and where it is at home.',
        reply: businessSchema,
      },
      ({ body }) => changeBusiness(app, body),
    ),
  );
}
