/** What an item of the timeline is called, and the short facts beside it, in the language of the screen. */
import type { TimelineItem, TimelineKind } from '../../shared/timeline.ts';
import { type TextKey, t } from '../texts/texts.ts';
import { formatBytes } from '../ui/format-bytes.ts';
import type { IconName } from '../ui/icon-drawings.ts';

export const kindIcons: Record<TimelineKind, IconName> = {
  conversation: 'message-circle',
  call: 'phone',
  email: 'mail',
  letter: 'mail-open',
  fax: 'copy',
  meeting: 'calendar',
  note: 'message-square-text',
  purchase: 'shopping-cart',
  task: 'circle-check',
  ticket: 'clipboard-list',
  opportunity: 'zap',
  document: 'paperclip',
  survey: 'list-checks',
  change: 'pencil',
};

type Tone = 'neutral' | 'green' | 'amber' | 'red';

/** Of what kind it is and from whom; the item's own title stands beside it. */
export function kindWords({ kind, title, facts }: TimelineItem): string {
  if (kind === 'call' || kind === 'email' || kind === 'letter' || kind === 'fax') {
    return t(`timeline.with.${kind}.${facts.direction === 'in' ? 'in' : 'out'}`);
  }
  if (kind === 'conversation' && title !== null) return t('timeline.with.conversationIn', { inbox: title });
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

export interface FactWords {
  key: string;
  text: string;
  tone: Tone;
}

/** Facts that this console knows; rooms may tell more. */
export function factWords({ kind, facts }: TimelineItem): FactWords[] {
  const { outcome, status, durationMs, messages, score, files, filesLeft, size, scan, entity } = facts;
  const words: (FactWords | null)[] = [
    kind === 'email' && typeof status === 'string' && mailStates.has(status) ? mailState(status) : null,
    typeof status === 'string' && statuses.has(status) && kind !== 'email'
      ? { key: 'status', text: t(`timeline.status.${status}` as TextKey as 'timeline.status.open'), tone: toneOf(status) }
      : null,
    typeof outcome === 'string' && outcomes.has(outcome)
      ? { key: 'outcome', text: outcomeWords(outcome), tone: outcome === 'reached' ? 'green' : 'neutral' }
      : null,
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
  return words.filter((one) => one !== null);
}

export function outcomeWords(outcome: string): string {
  return t(`timeline.outcome.${outcome}` as TextKey as 'timeline.outcome.busy');
}

function mailState(status: string): FactWords {
  const tone = status === 'failed' ? 'red' : status === 'waiting' ? 'amber' : 'neutral';
  return { key: 'mail', text: t(`timeline.mail.${status}` as TextKey as 'timeline.mail.sent'), tone };
}

function toneOf(status: string): Tone {
  return status === 'resolved' || status === 'done' ? 'green' : 'neutral';
}

function plain(key: string, text: string): FactWords {
  return { key, text, tone: 'neutral' };
}
