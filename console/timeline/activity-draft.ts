/** What somebody has begun to write into a timeline. It is kept in the browser until the server has it. */
import { nanoid } from 'nanoid';
import {
  type Activity,
  type ActivityCreateRequest,
  type CallResult,
  callResults,
  type Direction,
  type LoggedKind,
  loggedKinds,
} from '../../shared/activity.ts';
import type { TimelineItem } from '../../shared/timeline.ts';

export interface ActivityDraft {
  /** For life: sent again after a lost reply it is the same item. */
  id: string;
  kind: LoggedKind;
  title: string;
  text: string;
  direction: Direction;
  outcome: CallResult | '';
  minutes: number | null;
  /** Of the person's own calendar and clock; empty: now. */
  date: string;
  time: string;
  /** Of an e-mail that is to be sent: to which of the person's addresses. Null: one that was sent elsewhere is only written down. */
  to: string | null;
  answersId: string | null;
}

export interface DraftStore {
  getItem(key: string): string | null;
  setItem(key: string, value: string): void;
  removeItem(key: string): void;
}

export function emptyDraft(kind: LoggedKind = 'note'): ActivityDraft {
  const nothing = { title: '', text: '', outcome: '' as const, minutes: null, date: '', time: '', to: null, answersId: null };
  return { id: nanoid(), kind, direction: 'out', ...nothing };
}

function isBlank({ kind, title, text, outcome, minutes }: ActivityDraft): boolean {
  return title.trim() === '' && text.trim() === '' && (kind !== 'call' || outcome === '') && (!hasDuration(kind) || minutes === null);
}

const keyOf = (agentId: string, contactId: string) => `kesher:timeline-draft:${agentId}:${contactId}`;

export function readDraft(store: DraftStore, agentId: string, contactId: string): ActivityDraft | null {
  try {
    const kept = JSON.parse(store.getItem(keyOf(agentId, contactId)) ?? 'null') as ActivityDraft | null;
    return kept && loggedKinds.includes(kept.kind) && typeof kept.text === 'string' ? { ...emptyDraft(kept.kind), ...kept } : null;
  } catch {
    return null;
  }
}

/** A blank one is not kept. Where the browser's storage is full, what is typed stays on screen only. */
export function keepDraft(store: DraftStore, whose: { agentId: string; contactId: string }, draft: ActivityDraft | null): void {
  const key = keyOf(whose.agentId, whose.contactId);
  try {
    if (draft && !isBlank(draft)) store.setItem(key, JSON.stringify(draft));
    else store.removeItem(key);
  } catch {
    // Nothing is lost while the page is open.
  }
}

/** As it stands in the timeline, to be changed. */
export function draftOf(item: TimelineItem | Activity): ActivityDraft {
  const { facts } = item;
  const outcome = callResults.find((result) => result === facts.outcome) ?? '';
  return {
    ...emptyDraft(item.kind as LoggedKind),
    id: item.id,
    title: item.title ?? '',
    text: item.text ?? '',
    direction: facts.direction === 'in' ? 'in' : 'out',
    outcome,
    minutes: typeof facts.durationMs === 'number' ? Math.round(facts.durationMs / 60_000) : null,
    ...inputsOf(item.at),
  };
}

export function inputsOf(at: number): { date: string; time: string } {
  const moment = new Date(at);
  const two = (value: number) => String(value).padStart(2, '0');
  return {
    date: `${moment.getFullYear()}-${two(moment.getMonth() + 1)}-${two(moment.getDate())}`,
    time: `${two(moment.getHours())}:${two(moment.getMinutes())}`,
  };
}

/** A time alone is meant of today; a day alone, if it is not this one, at noon. */
function momentOf(date: string, time: string): number {
  const now = inputsOf(Date.now());
  const day = date || now.date;
  return new Date(`${day}T${time || (day === now.date ? now.time : '12:00')}`).getTime();
}

export const hasDirection = (kind: LoggedKind) => kind !== 'note' && kind !== 'meeting';
export const hasDuration = (kind: LoggedKind) => kind === 'call' || kind === 'meeting';
export const hasTitle = (kind: LoggedKind) => kind !== 'note' && kind !== 'call';

export type DraftFault = 'text' | 'result' | 'moment';

/** What is asked of the server, or what has to be said first. */
export function toContent(draft: ActivityDraft): { content: Omit<ActivityCreateRequest, 'id' | 'kind'> } | { fault: DraftFault } {
  const { kind, title, text, direction, outcome, minutes, date, time } = draft;
  const at = date === '' && time === '' ? undefined : momentOf(date, time);
  if (at !== undefined && !(at > 0)) return { fault: 'moment' };
  const isSilent = text.trim() === '' && (!hasTitle(kind) || title.trim() === '');
  if (isSilent && kind !== 'call') return { fault: 'text' };
  if (isSilent && outcome === '') return { fault: 'result' };
  return {
    content: {
      ...(at !== undefined && { at }),
      title: hasTitle(kind) && title.trim() !== '' ? title.trim() : null,
      text: text.trim() === '' ? null : text,
      direction: hasDirection(kind) ? direction : null,
      outcome: kind === 'call' && outcome !== '' ? outcome : null,
      durationMs: hasDuration(kind) && minutes !== null ? minutes * 60_000 : null,
    },
  };
}
