import type { Reply } from '../../shared/errors.ts';
import type { Http } from '../http.ts';
import type { AskedView } from './list-views.ts';
import type { ConversationPage, ViewSource } from './shown-view.ts';

/** Pages of views, over HTTP. */
export function viewSource(http: Http): ViewSource {
  return {
    listPage: (view, { cursor, limit }) =>
      http.get<ConversationPage>('/views/page', { ...written(view), limit, cursor: cursor ?? undefined }),
    listFitting: ({ filter }, ids) => http.post('/views/fitting', { filter, ids }),
  };
}

export function listIdsOfView(http: Http, view: AskedView, cursor: string | null): Promise<Reply<{ ids: string[]; next: string | null }>> {
  return http.get('/views/ids', { ...written(view), cursor: cursor ?? undefined });
}

function written({ filter, sort }: AskedView): { filter: string; sort: string } {
  return { filter: JSON.stringify(filter), sort };
}
