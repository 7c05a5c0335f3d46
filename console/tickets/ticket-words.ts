import type { ErrorReply } from '../../shared/errors.ts';
import type { Ticket, TicketLink } from '../../shared/ticket.ts';
import type { TicketStatus } from '../../shared/ticket-moves.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';

export const statusTones = {
  new: 'accent',
  open: 'accent',
  'waiting-for-customer': 'amber',
  'on-hold': 'neutral',
  solved: 'green',
  closed: 'neutral',
} as const satisfies Record<TicketStatus, string>;

const explained = ['children', 'externalId', 'parentId', 'reasonId', 'status', 'subject', 'name'] as const;

/** Why a ticket could not be changed. */
export function ticketProblem(error: ErrorReply): string {
  if (error.code === 'stale') return t('tickets.changed');
  const field = explained.find((name) => name === error.field);
  return field && (error.code === 'conflict' || error.code === 'invalid') ? t(`tickets.problem.${field}`) : errorText(error);
}

export function ticketPath({ id }: Pick<Ticket, 'id'>): string {
  return `/console/tickets/${id}`;
}

/** The number is always there; the words may have been erased. */
export function ticketName({ number, subject }: Pick<TicketLink, 'number' | 'subject'>): string {
  return subject === '' ? `#${number}` : `#${number} ${subject}`;
}
