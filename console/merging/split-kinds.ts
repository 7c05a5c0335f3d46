/** What of a file can go into another one, as the timeline shows it. */
import type { TimelineItem, TimelineKind } from '../../shared/timeline.ts';
import { kindWords, titleWords } from '../timeline/item-words.ts';
import { formatMoment } from '../ui/format.ts';

/** Ratings go with their chats, and changes tell of the file itself. */
const shelves: Partial<Record<TimelineKind, string>> = {
  conversation: 'conversation',
  call: 'activity',
  email: 'activity',
  letter: 'activity',
  fax: 'activity',
  meeting: 'activity',
  note: 'activity',
  purchase: 'purchase',
  task: 'task',
  ticket: 'ticket',
  opportunity: 'opportunity',
  document: 'document',
};
export const partedKinds = Object.keys(shelves) as TimelineKind[];
const WORDS_SHOWN = 120;

export interface Parted {
  id: string;
  shelf: string;
  label: string;
  hint: string;
}

/** Null for what goes with something else: the tries of a promised call, the documents of a ticket or an opportunity. */
export function toParted(item: TimelineItem): Parted | null {
  const { id, kind, at, text, facts } = item;
  const shelf = shelves[kind];
  if (shelf === undefined || (kind === 'call' && facts.taskId !== undefined) || (facts.entity ?? 'contact') !== 'contact') return null;
  const said = (titleWords(item) || text || '').slice(0, WORDS_SHOWN);
  return { id, shelf, label: said || kindWords(item), hint: said ? `${kindWords(item)} · ${formatMoment(at)}` : formatMoment(at) };
}
