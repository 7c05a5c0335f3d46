import type { TicketStatus } from '../../shared/ticket-moves.ts';
import { t } from '../texts/texts.ts';
import { Badge } from '../ui/badge.tsx';
import { statusTones } from './ticket-words.ts';

export function StatusBadge({ status }: { status: TicketStatus }) {
  return <Badge tone={statusTones[status]}>{t(`tickets.status.${status}`)}</Badge>;
}
