import { useRef } from 'preact/hooks';
import type { TicketReason } from '../../shared/ticket.ts';
import type { Http } from '../http.ts';
import { t } from '../texts/texts.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { EditInPlace } from '../ui/edit-in-place.tsx';
import { moved, SortableList } from '../ui/sortable-list.tsx';
import { showToast } from '../ui/toast.tsx';
import { putChoices, readChoices } from './choice-shelf.ts';
import { choiceSorting } from './choice-sorting.ts';
import styles from './ticket-settings.module.css';
import { ticketProblem } from './ticket-words.ts';

interface ClosingReasonsProps {
  http: Http;
  reasons: readonly TicketReason[];
  onChange: (id: string, patch: object) => Promise<string | null>;
}

/** Why a ticket can be closed, in the order in which it is offered. */
export function ClosingReasons({ http, reasons, onChange }: ClosingReasonsProps) {
  const turn = useRef(Promise.resolve());
  const order = (next: readonly TicketReason[]) => {
    putChoices(http, { reasons: next });
    turn.current = turn.current.then(async () => {
      const reply = await http.post('/ticket-reasons/order', { ids: next.map(({ id }) => id) });
      if (reply.ok) return;
      showToast({ text: ticketProblem(reply.error), tone: 'problem' });
      await readChoices(http);
    });
  };
  const archive = async ({ id, archivedAt }: TicketReason) => {
    const problem = await onChange(id, { isArchived: archivedAt === null });
    if (problem) showToast({ text: problem, tone: 'problem' });
  };
  return (
    <SortableList
      items={reasons}
      keyOf={({ id }) => id}
      words={choiceSorting()}
      onMove={(from, to) => order(moved(reasons, from, to))}
      title={({ id, name, archivedAt }) => (
        <span class={styles.name}>
          <EditInPlace
            label={t('tickets.rename')}
            editLabel={t('tickets.rename')}
            value={name}
            placeholder={name}
            maxLength={60}
            onSave={(text) => (text === '' ? Promise.resolve(null) : onChange(id, { name: text }))}
          />
          {archivedAt !== null && <Badge>{t('tickets.archivedMark')}</Badge>}
        </span>
      )}
      actions={(reason) => (
        <Button size="small" look="quiet" onClick={() => void archive(reason)}>
          {t(reason.archivedAt === null ? 'tickets.archive' : 'tickets.restore')}
        </Button>
      )}
    >
      {() => null}
    </SortableList>
  );
}
