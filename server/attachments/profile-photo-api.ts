import type { Router } from 'express';
import { signedInAgentSchema } from '../../shared/agent.ts';
import { getSignedInAgent } from '../agents/agents.ts';
import type { App } from '../app.ts';
import { addressOf, route } from '../transport/route.ts';
import type { Attachments } from './attachments.ts';
import { keepPhoto, removePhoto } from './profile-photos.ts';

export function bindPhotoRoutes(app: App, router: Router, attachments: Attachments): void {
  router.post(
    '/profile/photo',
    route(
      app,
      { permission: null, takesFile: true, summary: "Upload the caller's photo (multipart, part `file`).", reply: signedInAgentSchema },
      async ({ caller, request }) => {
        await app.limits.spend('addressUploads', addressOf(request));
        await app.limits.spend('uploads', caller.agentId);
        await keepPhoto(app, attachments, caller.agentId, { headers: request.headers, body: request });
        return getSignedInAgent(app, caller.agentId);
      },
    ),
  );
  router.delete(
    '/profile/photo',
    route(app, { permission: null, summary: "Remove the caller's photo.", reply: signedInAgentSchema }, async ({ caller }) => {
      await removePhoto(app, attachments, caller.agentId);
      return getSignedInAgent(app, caller.agentId);
    }),
  );
}
