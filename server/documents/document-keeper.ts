import type { Transaction } from '../storage/database.ts';

/** What became of one document, for the history of what it is kept with. Nothing before: it was put there; nothing after: it was taken away. */
export interface DocumentChange {
  entityId: string;
  agentId: string;
  before: string | null;
  after: string | null;
  at: number;
}

/** What a room does with the documents of its own things, beside deciding who may see them (`FindPlace`). */
export interface DocumentKeeper {
  /** Locks what the document is kept with until the transaction ends. */
  lock: (trx: Transaction, entityId: string) => Promise<void>;
  note: (trx: Transaction, change: DocumentChange) => Promise<void>;
  /** After the commit. */
  changed: (entityId: string) => void;
}
