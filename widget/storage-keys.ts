/** Names under which the widget keeps things in the visitor's browser. The loader reads `active`, `open` and `settings`. */
export type StorageKey =
  | 'token'
  /** Whom the site last vouched for. */
  | 'person'
  | 'draft'
  /** Files that were chosen and not sent; their content lies in IndexedDB. */
  | 'files'
  | 'details'
  /** A first message that waits for what the inbox asks. */
  | 'held'
  /** What is still to be asked of the server. */
  | 'errands'
  | 'muted'
  /** The end of which the visitor did not want to say how it was. */
  | 'unrated'
  /** The visitor was asked for a phone or an e-mail and would rather not. */
  | 'declined'
  /** A conversation is under way: the next page connects without being asked. */
  | 'active'
  /** When each proactive invitation was last shown. */
  | 'invited'
  /** Somebody was here before; kept only where an inbox has invitations. */
  | 'visited'
  /** From here on in the tab's own storage: the panel as it stood, for the next page of the same tab. */
  | 'open'
  /** The site took the launcher away. */
  | 'hidden'
  | 'returning'
  | 'settings'
  | 'panel'
  | 'snapshot';

export const storageKey = (inbox: string, name: StorageKey): string => `kesher:${inbox}:${name}`;
