import type { App } from '../app.ts';

/** After the commit, to all who may see files: whoever looks at this one reads it anew. */
export function tellTimeline({ broadcast }: Pick<App, 'broadcast'>, contactId: string): void {
  broadcast.toRooms(['files:whole', 'files:masked'], 'timeline:changed', { contactId });
}
