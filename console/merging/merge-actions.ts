import type { FileBrief, Merged, MergeRequest } from '../../shared/merging.ts';
import { contactName } from '../contacts/contact-name.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { showToast } from '../ui/toast.tsx';

/** Long enough to see that it was the wrong one; the file's page offers it for ever. */
const UNDO_SHOWN_MS = 15_000;

export function mergeFiles(http: Http, intoId: string, request: MergeRequest) {
  return http.post<Merged>(`/contacts/${intoId}/merge`, request);
}

export function showMerged(http: Http, { merge, contact }: Merged, onUndone: () => void): void {
  showToast({
    text: t('merge.done', { name: contactName(contact) }),
    shownMs: UNDO_SHOWN_MS,
    action: { label: t('action.undo'), run: () => void undoMerge(http, merge.id).then((isUndone) => isUndone && onUndone()) },
  });
}

export async function undoMerge(http: Http, mergeId: string): Promise<boolean> {
  const reply = await http.post<Merged>(`/merges/${mergeId}/undo`, {});
  showToast(reply.ok ? { text: t('merge.undone') } : { text: errorText(reply.error), tone: 'problem' });
  return reply.ok;
}

/** `onUndone`: it was a slip of the hand, and is proposed again. */
export async function refuseLikeness(http: Http, likenessId: string, onUndone: () => void): Promise<boolean> {
  const at = `/likenesses/${likenessId}`;
  const reopen = async () => {
    const reply = await http.post(`${at}/reopen`, {});
    if (reply.ok) onUndone();
    else showToast({ text: errorText(reply.error), tone: 'problem' });
  };
  const reply = await http.post(`${at}/refuse`, {});
  showToast(
    reply.ok
      ? { text: t('duplicate.refused'), shownMs: UNDO_SHOWN_MS, action: { label: t('action.undo'), run: () => void reopen() } }
      : { text: errorText(reply.error), tone: 'problem' },
  );
  return reply.ok;
}

/** The file that stays unless somebody says otherwise: a customer before a lead, then the older one. */
export function keptFirst(one: FileBrief, other: FileBrief): [FileBrief, FileBrief] {
  const rank = ({ lifecycle }: FileBrief) => ({ customer: 2, lapsed: 1, lead: 0 })[lifecycle];
  const isOtherFirst = rank(other) - rank(one) || one.createdAt - other.createdAt;
  return isOtherFirst > 0 ? [other, one] : [one, other];
}
