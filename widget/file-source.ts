import type { Attachment, PendingFile } from '../shared/attachment.ts';
import type { Chat } from './chat-state.ts';

export const isSent = (file: Attachment | PendingFile): file is Attachment => 'url' in file;

/** Where the browser gets it: our server, which is not the page's. Null until it is sent. */
export function sourceOf({ serverUrl }: Pick<Chat, 'serverUrl'>, file: Attachment | PendingFile): string | null {
  return isSent(file) ? serverUrl + file.url.slice(1) : null;
}
