import type { ConversationSummary } from '../../shared/conversation.ts';
import { contactName } from '../contacts/contact-name.ts';
import { t } from '../texts/texts.ts';
import { IconButton } from '../ui/button.tsx';
import { toggleKept } from './deck-moves.ts';
import type { Desk } from './desk.ts';
import styles from './keep-button.module.css';

interface KeepButtonProps {
  desk: Desk;
  summary: ConversationSummary;
  isTabStop: boolean;
}

/** On a row of the list: keeps its conversation open on the deck. It shows itself where the pointer or the focus is. */
export function KeepButton({ desk, summary, isTabStop }: KeepButtonProps) {
  const isKept = desk.deck.isKept(summary.id);
  return (
    <span class={[styles.place, isKept && styles.kept].filter(Boolean).join(' ')}>
      <IconButton
        class={styles.button}
        icon="pin"
        look="secondary"
        label={t('deck.keepOf', { name: contactName(summary.contact) })}
        isPressed={isKept}
        tabIndex={isTabStop ? 0 : -1}
        onClick={() => toggleKept(desk, summary.id)}
      />
    </span>
  );
}
