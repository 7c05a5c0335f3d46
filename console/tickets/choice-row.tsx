/** What a category and a closing reason of the settings have in common: a name to edit, whether it is archived, and a place among others. */
import { useRef } from 'preact/hooks';
import type { TicketCategory, TicketReason } from '../../shared/ticket.ts';
import type { Http } from '../http.ts';
import { t } from '../texts/texts.ts';
import { Badge } from '../ui/badge.tsx';
import { Button } from '../ui/button.tsx';
import { EditInPlace } from '../ui/edit-in-place.tsx';
import { showToast } from '../ui/toast.tsx';
import { readChoices } from './choice-shelf.ts';
import styles from './ticket-settings.module.css';
import { ticketProblem } from './ticket-words.ts';

/** Null, or what is wrong with it. */
export type ChangeChoice = (id: string, patch: object) => Promise<string | null>;

interface ChoiceProps {
  choice: TicketCategory | TicketReason;
  onChange: ChangeChoice;
}

export function ChoiceName({ choice: { id, name, archivedAt }, onChange }: ChoiceProps) {
  return (
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
  );
}

export function ArchiveChoice({ choice: { id, archivedAt }, onChange }: ChoiceProps) {
  return (
    <Button size="small" look="quiet" onClick={() => void sayProblem(onChange(id, { isArchived: archivedAt === null }))}>
      {t(archivedAt === null ? 'tickets.archive' : 'tickets.restore')}
    </Button>
  );
}

export async function sayProblem(changed: Promise<string | null>): Promise<void> {
  const problem = await changed;
  if (problem) showToast({ text: problem, tone: 'problem' });
}

/** One order after the other, so that the last one is the one that stays. */
export function useOrder(http: Http, path: string): (next: readonly { id: string }[]) => void {
  const turn = useRef(Promise.resolve());
  return (next) => {
    turn.current = turn.current.then(async () => {
      const reply = await http.post(path, { ids: next.map(({ id }) => id) });
      if (reply.ok) return;
      showToast({ text: ticketProblem(reply.error), tone: 'problem' });
      await readChoices(http);
    });
  };
}
