/** One set of business hours as an administrator edits it. */
import type { BusinessHours } from '../../shared/business-hours.ts';
import type { ErrorReply, Reply } from '../../shared/errors.ts';
import { createDraftEdits, type DraftEdits, type DraftTrade } from '../editing/draft-edits.ts';
import type { Http } from '../http.ts';
import { draftOf, type HoursDraft, mergeSubject, patchOf, tidyDraft } from './hours-draft.ts';

export type HoursEdits = DraftEdits<BusinessHours, HoursDraft>;

const gone: ErrorReply = { code: 'not-found', message: 'These business hours are not there any more.' };

export function createHoursEdits(http: Http, id: string, begun: BusinessHours | HoursDraft): HoursEdits {
  return createDraftEdits(tradeOf(http), id, 'version' in begun ? { saved: begun } : { draft: begun });
}

function tradeOf(http: Http): DraftTrade<BusinessHours, HoursDraft> {
  return {
    draftOf,
    tidy: tidyDraft,
    merge: mergeSubject,
    create: (_, draft) => http.post('/business-hours', draft),
    change: (saved, changed) => http.patch(`/business-hours/${saved.id}`, patchOf(changed, saved.version)),
    async read({ id }): Promise<Reply<BusinessHours>> {
      const reply = await http.get<{ items: BusinessHours[] }>('/business-hours');
      if (!reply.ok) return reply;
      const fresh = reply.data.items.find((one) => one.id === id);
      return fresh ? { ok: true, data: fresh } : { ok: false, error: gone };
    },
  };
}
