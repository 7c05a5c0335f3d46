import type { CustomField } from '../../shared/custom-fields.ts';
import type { TicketFile } from '../../shared/ticket.ts';
import { FieldInPlace } from '../contacts/field-in-place.tsx';
import { useKnown } from '../contacts/use-known.ts';
import type { TicketDesk } from './ticket-desk.ts';
import styles from './ticket-page.module.css';
import { ticketProblem } from './ticket-words.ts';
import type { TicketAtHand } from './use-ticket.ts';

interface OwnFieldsProps {
  desk: TicketDesk;
  file: TicketFile;
  mayEdit: boolean;
  change: TicketAtHand['change'];
}

/** The fields that administrators made for tickets, as far as this agent may see them. */
export function OwnFields({ desk, file, mayEdit, change }: OwnFieldsProps) {
  const fields = useKnown<{ items: CustomField[] }>(desk.http, '/fields?entity=ticket')?.items ?? [];
  const shown = fields.filter(({ key }) => mayEdit || file.values[key] !== undefined);
  return (
    <>
      {shown.map((field) => (
        <div key={field.id} class={styles.fact}>
          <bdi class={styles.soft}>{field.name}</bdi>
          <FieldInPlace
            field={field}
            value={file.values[field.key]}
            mayEdit={mayEdit && field.mayEdit}
            onSet={async (value, invalid) => {
              const reply = await change({ values: { [field.key]: value } });
              if (reply.ok) return null;
              return reply.error.code === 'invalid' ? invalid : ticketProblem(reply.error);
            }}
          />
        </div>
      ))}
    </>
  );
}
