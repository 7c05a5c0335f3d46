import type { App } from '../app.ts';

/** After the commit, to all who may see files: whoever looks at the proposals reads them anew. */
export function tellLikenesses({ broadcast }: Pick<App, 'broadcast'>): void {
  broadcast.toRooms(['files:whole', 'files:masked'], 'likenesses:changed', {});
}
