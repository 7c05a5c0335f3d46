import { priorities } from '../../shared/routing.ts';
import type { TaskRow } from '../storage/tables.ts';

/** What calls do not have. */
export const noTodo = {
  title: null,
  priority: priorities.indexOf('normal'),
  ownerTeamId: null,
  outcomeText: null,
  reminderMinutes: null,
  recurrence: null,
  succeedsAt: null,
  successorId: null,
  messageSeq: null,
  ticketId: null,
  opportunityId: null,
  createdBy: null,
  version: 0,
} satisfies Partial<TaskRow>;

/** What only calls have. */
export const noCall = {
  visitorId: '',
  phone: '',
  inboxId: null,
  timeZone: null,
  locale: null,
  slotAt: null,
  wishId: null,
  awaitsTurn: 0,
  attemptCount: 0,
  callingId: null,
  callingBy: null,
  callingAt: null,
} satisfies Partial<TaskRow>;

/** Nothing rings, and nobody is on the phone with it. */
export const quiet = { ringAt: null, callingId: null, callingBy: null, callingAt: null, awaitsTurn: 0 } as const;
