/** What an agent does with many conversations, with its undo and with a sentence about those that stayed as they were. */
import type { BulkChange } from '../../shared/bulk.ts';
import type { ErrorCode } from '../../shared/errors.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { showToast } from '../ui/toast.tsx';
import type { Desk } from './desk.ts';

/** More than this at once is asked for once more, with the number. */
export const UNASKED_MAX = 100;

/** Whether it was right with so many is not seen at a glance. */
const UNDO_SHOWN_MS = 20_000;

export async function changeChosen(desk: Desk, change: BulkChange): Promise<void> {
  const result = await desk.bulk.change(change, desk.bulk.chosen.value);
  if (!result) return;
  const { id, changed, refused } = result;
  if (changed > 0 || refused.size === 0) {
    showToast({
      text: t(`bulk.done.${change.kind}`, { count: changed }),
      shownMs: UNDO_SHOWN_MS,
      // What was read stays read.
      ...(changed > 0 && change.kind !== 'read' && { action: { label: t('action.undo'), run: () => void undo(desk, id, changed) } }),
    });
  }
  if (refused.size > 0) showToast({ text: refusedText(refused), tone: 'problem' });
}

async function undo(desk: Desk, id: string, count: number): Promise<void> {
  const result = await desk.bulk.undo(id, count);
  if (!result) return;
  if (result.undone > 0 || result.refused.size === 0) showToast({ text: t('bulk.undone', { count: result.undone }) });
  if (result.refused.size > 0) showToast({ text: t('bulk.notUndone', { count: result.refused.size }), tone: 'problem' });
}

/** With the reason that most of them share. */
export function refusedText(refused: ReadonlyMap<string, ErrorCode>): string {
  const times = new Map<ErrorCode, number>();
  for (const code of refused.values()) times.set(code, (times.get(code) ?? 0) + 1);
  const [code = 'internal'] = [...times].sort(([, a], [, b]) => b - a).map(([one]) => one);
  return t('bulk.refused', { count: refused.size, reason: errorText({ code }) });
}
