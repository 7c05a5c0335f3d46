import type { TicketReason } from '../../shared/ticket.ts';
import type { Http } from '../http.ts';
import { moved, SortableList } from '../ui/sortable-list.tsx';
import { ArchiveChoice, type ChangeChoice, ChoiceName, useOrder } from './choice-row.tsx';
import { putChoices } from './choice-shelf.ts';
import { choiceSorting } from './choice-sorting.ts';

interface ClosingReasonsProps {
  http: Http;
  reasons: readonly TicketReason[];
  onChange: ChangeChoice;
}

/** Why a ticket can be closed, in the order in which it is offered. */
export function ClosingReasons({ http, reasons, onChange }: ClosingReasonsProps) {
  const saveOrder = useOrder(http, '/ticket-reasons/order');
  const order = (next: readonly TicketReason[]) => {
    putChoices(http, { reasons: next });
    saveOrder(next);
  };
  return (
    <SortableList
      items={reasons}
      keyOf={({ id }) => id}
      words={choiceSorting()}
      onMove={(from, to) => order(moved(reasons, from, to))}
      title={(choice) => <ChoiceName choice={choice} onChange={onChange} />}
      actions={(choice) => <ArchiveChoice choice={choice} onChange={onChange} />}
    >
      {() => null}
    </SortableList>
  );
}
