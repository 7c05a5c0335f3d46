import type { FileShelf } from '../app.ts';
import { moveFileRows } from '../storage/file-rows.ts';
import type { ConversationChanges } from './conversation-changes.ts';

/** A conversation that stands in another file now shows another name in the lists of agents. */
export function conversationShelf(changes: () => ConversationChanges): FileShelf {
  return {
    name: 'conversation',
    move: (trx, move) => moveFileRows(trx, 'conversation', move),
    moved: (ids) => {
      for (const id of ids) changes().mark(id, { isForVisitor: false });
    },
  };
}
