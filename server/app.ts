import type { Page } from '../shared/contact.ts';
import type { Message } from '../shared/message.ts';
import type { Config } from './config.ts';
import type { SecretBox } from './secrets/secret-box.ts';
import type { Storage, Transaction } from './storage/database.ts';
import type { FileMove } from './storage/file-rows.ts';
import type { ConversationRow } from './storage/tables.ts';
import type { Broadcast } from './transport/broadcast.ts';
import type { Presence } from './transport/presence.ts';
import type { Wire } from './transport/wire.ts';

/** What every room may use: infrastructure only, never another room. */
export interface App extends Wire {
  config: Config;
  storage: Storage;
  /** Seals what must not be read in a copy of the database. */
  secrets: SecretBox;
  broadcast: Broadcast;
  presence: Presence;
  /** Milliseconds since the epoch. Tests set it. */
  now: () => number;
  followers: Followers;
}

/** Where a conversation stands between those who wait and those who answer. */
export interface Standing {
  status: string;
  assigneeId: string | null;
  teamId: string | null;
  waitingSince: number | null;
}

/**
 * What a room keeps in customer files: how it is put from one file into another (somebody turned out to be known, files are merged,
 * a merge is taken back) and how it is erased.
 */
export interface FileShelf {
  /** That of its table, under which merges write down what they moved: never another one. */
  name: string;
  /** Returns the ids of what was moved. The files are locked. Absent: what it holds is not a person's own, and stays. */
  move?: (trx: Transaction, move: FileMove) => Promise<string[]>;
  /** In the same transaction, once files between which things were moved say what they are to say: what follows from those is reckoned anew. */
  settle?: (trx: Transaction, contactIds: readonly string[]) => Promise<void>;
  /** Who it was is forgotten. Where the room erases by conversation or visitor, privacy/ asks it itself. */
  erase?: (trx: Transaction, contactId: string, now: number) => Promise<void>;
  /** The same for attached files: takes out their rows, and gives the ids of those whose contents go after the commit. */
  eraseFiles?: (trx: Transaction, contactId: string) => Promise<string[]>;
  /** Only what this browser has told, in a file that others stand in as well. */
  eraseVisitor?: (trx: Transaction, visitor: { id: string; contactId: string }) => Promise<void>;
  /** After the commit: whoever looks at lists is told where these are now. */
  moved?: (ids: readonly string[]) => void;
}

/** What was changed in a customer file. `values.<key>` is what stands in a custom field. */
export interface FileChange {
  /** Of a change that may have to be told otherwise later: told again under this id, it says that instead. */
  id?: string;
  contactId: string;
  /** Null: a rule has changed it. */
  agent: { id: string; name: string } | null;
  /** `side`, where two files became one: whose word it is that counts now, and `before` what was set aside for it. */
  changes: readonly { key: string; before: unknown; after: unknown; side?: 'this' | 'other' }[];
  at: number;
}

/** What became of a mail that waited to be sent. */
export interface MailOutcome {
  activityId: string | null;
  status: 'sent' | 'failed';
  reason: string | null;
}

/** A tag gets another name: at first what is tagged carries either of the two, and `isOver` once nothing carries `from` any more. */
export interface TagTurn {
  from: string;
  to: string;
  isOver: boolean;
}

/** What rooms further up do when something happens below them; `server.ts` says who. */
export interface Followers {
  /** Everything that stands in customer files, each with the room that keeps it. */
  fileShelves: readonly FileShelf[];
  /** These were closed, merged or parted. Once that is committed, and before anybody goes on. */
  filesMoved: (contactIds: readonly string[]) => Promise<void>;
  /** In the transaction in which the search learns what these files say now. */
  contactsIndexed: (trx: Transaction, contactIds: readonly string[]) => Promise<void>;
  /** In the transaction that deactivates the agent; what it returns is run once that is committed. */
  agentLeaves: (trx: Transaction, agentId: string) => Promise<() => void>;
  /** The same for a team that is removed. */
  teamLeaves: (trx: Transaction, teamId: string) => Promise<() => void>;
  /** The same for an inbox that is deleted. */
  inboxLeaves: (trx: Transaction, inboxId: string) => Promise<() => void>;
  /** Role, teams or colleagues of these agents are other than before: open connections must see and do accordingly. */
  accessChanged: (agentIds: readonly string[]) => Promise<void>;
  /** Somebody may be open or closed at other times than before. */
  hoursChanged: () => void;
  /** Who is given chats, and how, may be otherwise than before. */
  routingChanged: () => void;
  /** After the commit, on the way of every message: nothing here may take time. */
  messagePosted: (message: Message) => void;
  /** In the transaction in which a person gives, ends, opens or puts to sleep the conversation, which is locked. */
  conversationTurning: (trx: Transaction, before: Standing, after: ConversationRow) => Promise<void>;
  /** After the commit: who waits for whom, or whether at all, is otherwise than before. */
  conversationTurned: (before: Standing, after: Standing & { id: string; joinedIds: string }) => void;
  /** After the commit: a conversation has got another assignee. */
  assigned: (given: { conversationId: string; agentId: string }) => void;
  /** Before anybody is told how these are now; true if what is told of them has changed meanwhile. `slaSeen` is what their clocks know. */
  conversationsChanged: (rows: readonly (ConversationRow & { slaSeen: string | null })[]) => Promise<boolean>;
  /** Other things are promised to customers than before. */
  promisesChanged: () => void;
  /** In the transaction in which somebody, or a rule, changes these files, which are locked. */
  filesChanged: (trx: Transaction, changes: readonly FileChange[]) => Promise<void>;
  /** In the transaction that writes down what became of a mail; what it returns is run once that is committed. */
  mailClosed: (trx: Transaction, outcome: MailOutcome) => Promise<() => void>;
  /** A customer file says something else than before. */
  contactChanged: (contactId: string) => void;
  /** Tags are to go off their conversations. */
  tagsLeave: () => void;
  /** What keeps names of tags follows, in the transaction of the other name. Returns what is to be told once that is committed. */
  tagRenamed: (trx: Transaction, turn: TagTurn) => Promise<() => void>;
  /** A page was opened in one of the visitor's tabs. */
  pageViewed: (socketId: string, page: Page) => void;
  /** Nothing of these browsers may be shown any more. */
  visitorsErased: (visitorIds: readonly string[]) => void;
}
