/** Names under which the widget keeps things in the visitor's browser. The loader reads `active`, `open` and `settings`. */
export type StorageKey =
  | 'token'
  /** Whom the site last vouched for. */
  | 'person'
  | 'draft'
  /** Files that were chosen and not sent; their content lies in IndexedDB. */
  | 'files'
  | 'details'
  /** The visitor was asked for a phone or an e-mail and would rather not. */
  | 'declined'
  /** A conversation is under way: the next page connects without being asked. */
  | 'active'
  /** From here on in the tab's own storage: the panel as it stood, for the next page of the same tab. */
  | 'open'
  | 'settings'
  | 'panel'
  | 'snapshot';

export const storageKey = (inbox: string, name: StorageKey): string => `kesher:${inbox}:${name}`;
