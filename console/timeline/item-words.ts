/** What an item of the timeline is called, and the short facts beside it, in the language of the screen. */
import type { TimelineItem, TimelineKind } from '../../shared/timeline.ts';
import { type TextKey, t } from '../texts/texts.ts';
import { formatBytes } from '../ui/format-bytes.ts';
import type { IconName } from '../ui/icon-drawings.ts';
import { type FactWords, roomFacts } from './room-facts.ts';

export const kindIcons: Record<TimelineKind, IconName> = {
  conversation: 'message-circle',
  call: 'phone',
  email: 'mail',
  letter: 'mail-open',
  fax: 'copy',
  meeting: 'calendar',
  note: 'message-square-text',
  purchase: 'shopping-cart',
  task: 'list-checks',
  ticket: 'ticket',
  opportunity: 'columns-3',
  document: 'paperclip',
  survey: 'star',
  change: 'pencil',
};

/** Of what kind it is and from whom; the item's own title stands beside it. */
export function kindWords({ kind, title, facts }: TimelineItem): string {
  if (kind === 'call' || kind === 'email' || kind === 'letter' || kind === 'fax') {
    return t(`timeline.with.${kind}.${facts.direction === 'in' ? 'in' : 'out'}`);
  }
  if (kind === 'conversation' && title !== null) return t('timeline.with.conversationIn', { inbox: title });
  if (kind === 'ticket' && typeof facts.number === 'number') return t('timeline.with.ticketNumbered', { number: String(facts.number) });
  if (kind === 'task' && facts.taskKind === 'callback') return t('timeline.with.taskCallback');
  return t(`timeline.with.${kind}`);
}

/** Null where `kindWords` has said it. */
export function titleWords({ kind, title }: TimelineItem): string | null {
  return kind === 'conversation' ? null : title;
}

const outcomes = new Set(['reached', 'no-answer', 'busy', 'voicemail', 'wrong-number', 'not-needed', 'cancelled', 'erased']);
const statuses = new Set(['open', 'pending', 'snoozed', 'resolved', 'done']);
const mailStates = new Set(['waiting', 'sent', 'failed', 'received']);

/** Facts that this console knows; rooms may tell more. */
export function factWords(item: TimelineItem): FactWords[] {
  const ofRoom = roomFacts(item);
  return (ofRoom ? [...ofRoom, outcomeFact(item.facts)] : commonFacts(item)).filter((one) => one !== null);
}

function commonFacts({ kind, facts }: TimelineItem): (FactWords | null)[] {
  const { status, durationMs, messages, score, files, filesLeft, size, scan, entity } = facts;
  return [
    kind === 'email' && typeof status === 'string' && mailStates.has(status) ? mailState(status) : null,
    typeof status === 'string' && statuses.has(status) && kind !== 'email'
      ? { key: 'status', text: t(`timeline.status.${status}` as TextKey as 'timeline.status.open'), tone: toneOf(status) }
      : null,
    outcomeFact(facts),
    typeof durationMs === 'number' && durationMs >= 60_000
      ? plain('duration', t('timeline.minutes', { count: Math.round(durationMs / 60_000) }))
      : null,
    typeof messages === 'number' ? plain('messages', t('timeline.messages', { count: messages })) : null,
    typeof score === 'number'
      ? { key: 'score', text: t('timeline.score', { score }), tone: score <= 2 ? 'red' : score >= 4 ? 'green' : 'amber' }
      : null,
    typeof files === 'number' ? plain('files', t('timeline.files', { count: files })) : null,
    typeof filesLeft === 'number' ? { key: 'filesLeft', text: t('timeline.filesLeft', { count: filesLeft }), tone: 'amber' } : null,
    kind === 'document' && typeof size === 'number' ? plain('size', formatBytes(size)) : null,
    kind === 'document' && (entity === 'opportunity' || entity === 'ticket') ? plain('place', t(`documents.of.${entity}`)) : null,
    scan === 'waiting' ? { key: 'scan', text: t('documents.waitingShort'), tone: 'amber' } : null,
    scan === 'infected' ? { key: 'scan', text: t('documents.infectedShort'), tone: 'red' } : null,
  ];
}

function outcomeFact({ outcome }: TimelineItem['facts']): FactWords | null {
  if (typeof outcome !== 'string' || !outcomes.has(outcome)) return null;
  return { key: 'outcome', text: outcomeWords(outcome), tone: outcome === 'reached' ? 'green' : 'neutral' };
}

export function outcomeWords(outcome: string): string {
  return t(`timeline.outcome.${outcome}` as TextKey as 'timeline.outcome.busy');
}

function mailState(status: string): FactWords {
  const tone = status === 'failed' ? 'red' : status === 'waiting' ? 'amber' : 'neutral';
  return { key: 'mail', text: t(`timeline.mail.${status}` as TextKey as 'timeline.mail.sent'), tone };
}

function toneOf(status: string): FactWords['tone'] {
  return status === 'resolved' || status === 'done' ? 'green' : 'neutral';
}

function plain(key: string, text: string): FactWords {
  return { key, text, tone: 'neutral' };
}
