/**
 * What agents have begun to write, kept for each agent so that it waits in every browser of theirs. Nobody else ever sees it,
 * and neither do they while the conversation is out of their sight.
 */
import type { AgentDraft, DraftListRequest, DraftPage } from '../../shared/agent-draft.ts';
import { requireRight } from '../access/rights.ts';
import type { App } from '../app.ts';
import { getSeen, lockedIsErased } from '../conversations/conversations.ts';
import type { Transaction } from '../storage/database.ts';
import type { AgentDraftRow } from '../storage/tables.ts';
import { formatCursor, parseCursor } from '../transport/cursor.ts';
import type { Caller } from '../transport/wire.ts';
import { clearDraftRows, deleteClearedDrafts, getDraftRow, listDraftRows, putDraftRow } from './draft-store.ts';

const DRAFT_PAGE = 100;
/** A browser that was away for longer brings back what it holds. */
const CLEARED_KEPT_MS = 30 * 24 * 60 * 60 * 1_000;

/**
 * Of two versions the higher one stays: returns the one that counts now. The agent's other browsers hear of a new one. Where
 * the customer had the conversation erased, none does: what is brought is answered by nothing, under the version that follows.
 */
export async function setDraft(
  app: App,
  caller: Caller,
  { draft, socketId }: { draft: AgentDraft; socketId: string },
): Promise<AgentDraft> {
  requireRight(caller, 'conversations:reply');
  await getSeen(app, caller, draft.conversationId);
  const brought = { ...draft, agentId: caller.agentId, seenSeq: draft.seenSeq ?? null, updatedAt: app.now() };
  const { held, isNew } = await app.storage.write(async (trx) => {
    const isErased = await lockedIsErased(trx, draft.conversationId);
    const row = isErased && draft.text !== '' ? { ...brought, text: '', seenSeq: null, version: draft.version + 1 } : brought;
    await putDraftRow(trx, row);
    const kept = await getDraftRow(trx, row);
    return { held: kept, isNew: kept.version === row.version };
  });
  const shown = toDraft(held);
  if (isNew) app.broadcast.toAgent(caller.agentId, socketId, 'draft:changed', shown);
  return shown;
}

export async function listDrafts(app: App, caller: Caller, { cursor }: DraftListRequest): Promise<DraftPage> {
  const rows = await listDraftRows(app.storage.db, caller, { before: parseCursor(cursor), limit: DRAFT_PAGE + 1 });
  const shown = rows.slice(0, DRAFT_PAGE);
  const last = shown.at(-1);
  return {
    drafts: shown.map(toDraft),
    next: rows.length > DRAFT_PAGE && last ? formatCursor({ at: last.updatedAt, id: last.conversationId }) : null,
  };
}

/** The customer had these conversations erased: what was about to be said in them goes too, in browsers that were away as well. */
export async function eraseDrafts(trx: Transaction, conversationIds: readonly string[], now: number): Promise<void> {
  if (conversationIds.length > 0) await clearDraftRows(trx, conversationIds, now);
}

/** That something was sent or cleared is remembered only until every browser may have heard of it. */
export async function forgetClearedDrafts(app: App): Promise<void> {
  await app.storage.write((trx) => deleteClearedDrafts(trx, app.now() - CLEARED_KEPT_MS));
}

function toDraft({ conversationId, text, visibility, seenSeq, version }: AgentDraftRow): AgentDraft {
  return {
    conversationId,
    text,
    visibility: visibility === 'internal' ? 'internal' : 'public',
    ...(seenSeq !== null && { seenSeq }),
    version,
  };
}
