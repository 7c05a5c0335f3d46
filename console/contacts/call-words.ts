import type { Callback, DueTask, TaskAttempt } from '../../shared/task.ts';
import { t } from '../texts/texts.ts';
import { formatSoon, formatTime, formatWait } from '../ui/format.ts';
import { contactName } from './contact-name.ts';

const MINUTE_MS = 60_000;

/** When somebody is to be called: overdue for how long, now, or later. */
export function dueWords({ dueAt, status, awaitsTurn }: Pick<Callback, 'dueAt' | 'status' | 'awaitsTurn'>, now: number): string {
  if (status === 'open' && awaitsTurn) return t('calls.turn');
  if (status === 'open' && dueAt < now - MINUTE_MS) return t('tasks.overdue', { time: formatWait(now - dueAt) });
  return status === 'open' && dueAt < now + MINUTE_MS ? t('contact.callNow') : formatSoon(dueAt, now);
}

export function isOverdue({ dueAt, status, awaitsTurn }: Pick<Callback, 'dueAt' | 'status' | 'awaitsTurn'>, now: number): boolean {
  return status === 'open' && !awaitsTurn && dueAt < now - MINUTE_MS;
}

export function ringWords(task: DueTask): string {
  if (task.kind !== 'callback') return task.title;
  const { contact, dueAt, isReminder } = task;
  const name = contactName(contact);
  return isReminder ? t('calls.soon', { name, time: formatTime(dueAt) }) : t('calls.due', { name });
}

export function outcomeWords(outcome: string | null): string {
  const known = (['reached', 'no-answer', 'wrong-number', 'not-needed', 'cancelled', 'erased'] as const).find((one) => one === outcome);
  return known ? t(`calls.was.${known}`) : t('tasks.done');
}

/** "Dana, 14:05: no answer". */
export function attemptWords({ agent, startedAt, endedAt, outcome }: TaskAttempt, now: number): string {
  return t('calls.attempt', {
    name: agent.name,
    time: formatSoon(startedAt, now),
    outcome: outcome ? outcomeWords(outcome) : t(endedAt === null ? 'calls.inCall' : 'calls.was.unknown'),
  });
}
