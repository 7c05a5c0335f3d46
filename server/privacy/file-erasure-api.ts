import type { Router } from 'express';
import type { Attachments } from '../attachments/attachments.ts';
import type { ConversationRoom } from '../conversations/conversations.ts';
import { route } from '../transport/route.ts';
import { eraseFile } from './erasure.ts';

export function bindFileErasure(room: ConversationRoom, router: Router, attachments: Attachments): void {
  router.delete(
    '/contacts/:id',
    route(
      room.app,
      { permission: 'contacts:erase', summary: 'Erase all that is known of a person, for good; counts and times stay.' },
      ({ caller, param }) => eraseFile(room, attachments, caller, param('id')),
    ),
  );
}
