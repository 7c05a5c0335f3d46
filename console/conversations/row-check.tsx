import type { ConversationSummary } from '../../shared/conversation.ts';
import { contactName } from '../contacts/contact-name.ts';
import { t } from '../texts/texts.ts';
import type { BulkDesk } from './bulk-desk.ts';
import styles from './row-check.module.css';

interface RowCheckProps {
  bulk: BulkDesk;
  summary: ConversationSummary;
  /** In the order on the screen, for a range. */
  ids: readonly string[];
}

/** Stands where the face is. On the keyboard Space on the row does the same, so that Tab stops at a row once. */
export function RowCheck({ bulk, summary, ids }: RowCheckProps) {
  const { id } = summary;
  return (
    <label class={styles.check}>
      <input
        type="checkbox"
        class={styles.box}
        tabIndex={-1}
        checked={bulk.chosen.value.has(id)}
        aria-label={t('bulk.choose', { name: contactName(summary.contact) })}
        onClick={(event) => {
          if (event.shiftKey) bulk.chooseTo(id, ids);
          else bulk.toggle(id);
          // A range may end in a box that was chosen before: then nothing is drawn anew that would put the tick back.
          event.currentTarget.checked = bulk.chosen.value.has(id);
        }}
      />
    </label>
  );
}
