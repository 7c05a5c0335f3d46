/** What rooms of their own tell of their items: what was bought and for how much, how a ticket stands, what may be sold, what is to be done. */
import { purchaseStatuses } from '../../shared/purchase.ts';
import { priorities } from '../../shared/routing.ts';
import { ticketStatuses } from '../../shared/ticket-moves.ts';
import type { TimelineItem } from '../../shared/timeline.ts';
import { t } from '../texts/texts.ts';
import { amountText } from '../ui/amount.ts';
import { formatDate, formatTime } from '../ui/format.ts';

export interface FactWords {
  key: string;
  text: string;
  tone: 'neutral' | 'green' | 'amber' | 'red';
}

type Facts = TimelineItem['facts'];

const rooms: Partial<Record<TimelineItem['kind'], (facts: Facts) => (FactWords | null)[]>> = {
  purchase: (facts) => [amount(facts), purchaseStatus(facts), number(facts), packageEnd(facts)],
  ticket: (facts) => [ticketStatus(facts), priority(facts)],
  opportunity: (facts) => [amount(facts), opportunityStatus(facts)],
  task: (facts) => [taskStatus(facts), due(facts), priority(facts)],
};

/** Null for an item of a kind that has no room of its own, and whose facts say what they are by themselves. */
export function roomFacts({ kind, facts }: TimelineItem): FactWords[] | null {
  return rooms[kind]?.(facts).filter((one) => one !== null) ?? null;
}

function amount({ amount: value, currency }: Facts): FactWords | null {
  if (typeof value !== 'number' || typeof currency !== 'string') return null;
  return { key: 'amount', text: amountText({ amount: value, currency }), tone: 'neutral' };
}

const purchaseTones = { paid: 'green', pending: 'amber', refunded: 'neutral', cancelled: 'neutral' } as const;

function purchaseStatus({ status }: Facts): FactWords | null {
  const known = purchaseStatuses.find((one) => one === status);
  return known ? { key: 'status', text: t(`timeline.purchase.${known}`), tone: purchaseTones[known] } : null;
}

function number({ number: value }: Facts): FactWords | null {
  return typeof value === 'string' && value !== ''
    ? { key: 'number', text: t('timeline.order', { number: value }), tone: 'neutral' }
    : null;
}

function packageEnd({ endsAt, status }: Facts): FactWords | null {
  if (typeof endsAt !== 'number' || status !== 'paid') return null;
  return { key: 'ends', text: t(endsAt < Date.now() ? 'timeline.ended' : 'timeline.ends', { date: formatDate(endsAt) }), tone: 'neutral' };
}

const ticketTones = { solved: 'green', closed: 'green', new: 'amber' } as const;

function ticketStatus({ status }: Facts): FactWords | null {
  const known = ticketStatuses.find((one) => one === status);
  if (!known) return null;
  return {
    key: 'status',
    text: t(`timeline.ticket.${known}`),
    tone: Object.hasOwn(ticketTones, known) ? ticketTones[known as 'new'] : 'neutral',
  };
}

function opportunityStatus({ status, stage }: Facts): FactWords | null {
  if (status === 'won') return { key: 'status', text: t('timeline.opportunity.won'), tone: 'green' };
  if (status === 'lost') return { key: 'status', text: t('timeline.opportunity.lost'), tone: 'neutral' };
  return typeof stage === 'string' ? { key: 'stage', text: stage, tone: 'neutral' } : null;
}

/** What came of it stands beside, and says enough where nothing was done. */
function taskStatus({ status, outcome }: Facts): FactWords | null {
  if (status !== 'done' || outcome === 'cancelled' || outcome === 'not-needed') return null;
  return { key: 'status', text: t('timeline.status.done'), tone: 'green' };
}

/** What is not done yet says by when it should be. */
function due({ status, dueAt }: Facts): FactWords | null {
  if (status === 'done' || typeof dueAt !== 'number') return null;
  const moment = `${formatDate(dueAt)}, ${formatTime(dueAt)}`;
  const isLate = dueAt < Date.now();
  return { key: 'due', text: t(isLate ? 'timeline.wasDue' : 'timeline.due', { moment }), tone: isLate ? 'red' : 'neutral' };
}

function priority({ priority: value, status }: Facts): FactWords | null {
  const known = priorities.find((one) => one === value);
  if (!known || known === 'normal' || known === 'low' || status === 'done' || status === 'closed') return null;
  return {
    key: 'priority',
    text: t('timeline.priority', { priority: t(`priority.${known}`) }),
    tone: known === 'urgent' ? 'red' : 'amber',
  };
}
