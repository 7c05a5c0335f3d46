import type { FoundOpportunity } from '../../shared/opportunity.ts';
import { contactName } from '../contacts/contact-name.ts';
import { shortDates } from '../hours/date-words.ts';
import { t } from '../texts/texts.ts';
import { amountText } from '../ui/amount.ts';
import { Avatar } from '../ui/avatar.tsx';
import { IconButton } from '../ui/button.tsx';
import { Excerpt } from '../ui/excerpt.tsx';
import { formatPercent } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import { Menu, type MenuItem } from '../ui/menu.tsx';
import { OneLine } from '../ui/one-line.tsx';
import { screenClock } from '../ui/screen-clock.ts';
import styles from './opportunity-board.module.css';
import { isLate, opportunityName } from './opportunity-words.ts';

interface BoardCardProps {
  card: FoundOpportunity;
  ownerName: string | null;
  /** In somebody's hand, and drawn where it would come to lie. */
  isLifted: boolean;
  hintId: string;
  /** Without it the card stays where it is. */
  choices: readonly MenuItem[];
  onOpen: () => void;
  onPress: (event: PointerEvent) => void;
  onKey: (event: KeyboardEvent) => void;
}

export function BoardCard({ card, ownerName, isLifted, hintId, choices, onOpen, onPress, onKey }: BoardCardProps) {
  return (
    <li class={styles.slot} data-lifted={isLifted || undefined}>
      <button
        type="button"
        class={styles.card}
        data-card={card.id}
        aria-describedby={choices.length > 0 ? hintId : undefined}
        onClick={onOpen}
        onPointerDown={choices.length > 0 ? onPress : undefined}
        onKeyDown={choices.length > 0 ? onKey : undefined}
      >
        <CardFace card={card} ownerName={ownerName} />
      </button>
      {choices.length > 0 && (
        <div class={styles.menu}>
          <Menu
            label={t('opportunities.menuOf', { name: opportunityName(card) })}
            align="end"
            items={choices}
            trigger={(props) => (
              <IconButton {...props} icon="chevron-down" label={t('opportunities.menuOf', { name: opportunityName(card) })} />
            )}
          />
        </div>
      )}
    </li>
  );
}

export function CardFace({ card, ownerName }: { card: FoundOpportunity; ownerName: string | null }) {
  const { expectedCloseOn, ownerId, probability, hasOwnProbability, excerpt } = card;
  return (
    <>
      <span class={styles.name}>
        <OneLine text={opportunityName(card)} />
      </span>
      <OneLine class={styles.who} text={contactName(card.contact)} />
      {excerpt && <Excerpt {...excerpt} />}
      <span class={styles.facts}>
        <span class={styles.amount}>{amountText(card)}</span>
        {hasOwnProbability && <span>{formatPercent(probability / 100)}</span>}
        {expectedCloseOn !== null && (
          <span class={styles.date} data-late={isLate(card, screenClock.value) || undefined}>
            <Icon name="calendar" size="small" />
            {shortDates(expectedCloseOn, expectedCloseOn)}
            {isLate(card, screenClock.value) && <span class="visually-hidden">{t('opportunities.late')}</span>}
          </span>
        )}
        {ownerId !== null && (
          <span class={styles.owner} title={ownerName ?? undefined}>
            <Avatar name={ownerName} seed={ownerId} size="small" />
            <span class="visually-hidden">{ownerName}</span>
          </span>
        )}
      </span>
    </>
  );
}
