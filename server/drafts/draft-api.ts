import type { Socket } from 'socket.io';
import { agentDraftSchema, draftListSchema } from '../../shared/agent-draft.ts';
import type { App } from '../app.ts';
import type { Requests } from '../transport/answer.ts';
import type { Caller } from '../transport/wire.ts';
import { listDrafts, setDraft } from './agent-drafts.ts';

export function bindDrafts<Desk extends { socket: Socket; caller: Caller }>(requests: Requests<Desk>, app: App): void {
  requests.answer('draft:set', agentDraftSchema, async (draft, { socket, caller }) => ({
    draft: await setDraft(app, caller, { draft, socketId: socket.id }),
  }));
  requests.answer('draft:list', draftListSchema, (query, { caller }) => listDrafts(app, caller, query));
}
