import type { Router } from 'express';
import { codeSchema, passwordChangeSchema, passwordProofSchema } from '../../shared/account-link.ts';
import { businessPatchSchema } from '../../shared/business.ts';
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
    route(app, { permission: null, body: profilePatchSchema }, async ({ caller, body }) => {
      await changeProfile(app, caller, body);
      if (body.name !== undefined) await announceName(app, caller.agentId);
      // What is written from open connections is signed with the name, and every browser of the agent does as it wishes now.
      await app.followers.accessChanged([caller.agentId]);
      return getSignedInAgent(app, caller.agentId);
    }),
  );
  router.post(
    '/password',
    route(app, { permission: null, body: passwordChangeSchema, isForEnrolling: true }, ({ caller, body }) =>
      changePassword(app, caller, body.current, body.password),
    ),
  );
  router.post(
    '/two-factor',
    route(app, { permission: null, isForEnrolling: true }, ({ caller }) => startTwoFactor(app, caller)),
  );
  router.post(
    '/two-factor/confirm',
    route(app, { permission: null, body: codeSchema, isForEnrolling: true }, ({ caller, body }) =>
      confirmTwoFactor(app, caller, body.code),
    ),
  );
  router.post(
    '/two-factor/recovery-codes',
    route(app, { permission: null, body: passwordProofSchema }, ({ caller, body }) => renewRecoveryCodes(app, caller, body.password)),
  );
  router.post(
    '/two-factor/end',
    route(app, { permission: null, body: passwordProofSchema }, ({ caller, body }) => endTwoFactor(app, caller, body.password)),
  );
  router.get(
    '/business',
    route(app, { permission: null }, () => getBusiness(app)),
  );
  router.patch(
    '/business',
    route(app, { permission: 'settings:manage', body: businessPatchSchema }, ({ body }) => changeBusiness(app, body)),
  );
}
