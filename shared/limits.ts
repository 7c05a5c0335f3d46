/** Sizes that both ends of the wire hold to. Kept apart from the schemas so that the widget's bundle has no validator in it. */

/** Characters (UTF-16 code units) in one message. */
export const MESSAGE_TEXT_MAX = 8_000;
/** Characters of a draft that the server keeps: more than a message has, for who is about to shorten it. */
export const DRAFT_TEXT_MAX = 10_000;
/** Characters of what a visitor says beside the stars. */
export const RATING_COMMENT_MAX = 1_000;
/** Messages in one page of `message:list`. */
export const MESSAGE_PAGE_MAX = 100;
/** Messages that a client without any gets first. */
export const MESSAGE_PAGE_FIRST = 50;
/** Conversations in `session:started` of an agent. */
export const CONVERSATION_LIST_MAX = 200;
/** Characters of a message that a conversation's list row carries. */
export const PREVIEW_MAX = 160;

/** The server pings this often; a client that hears nothing for interval + timeout (18 s) takes the socket for dead. */
export const PING_INTERVAL_MS = 10_000;
export const PING_TIMEOUT_MS = 8_000;
/** A request without a reply for this long means a dead socket: the client reconnects and repeats it. */
export const REPLY_TIMEOUT_MS = 10_000;

/** Names in one note; a team counts as one. */
export const MENTIONS_MAX = 20;
/** Conversations with a mention that its agent has not seen: at most so many are told. */
export const UNSEEN_MENTIONS_MAX = 200;
