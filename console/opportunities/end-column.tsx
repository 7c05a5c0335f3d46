import type { ColumnTally } from '../../shared/opportunity.ts';
import { t } from '../texts/texts.ts';
import { formatNumber } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import styles from './opportunity-board.module.css';
import { sumsText } from './opportunity-words.ts';

/** Where a pipeline ends: cards are dropped here and leave the board. */
export function EndColumn({ status, tally, isOver }: { status: 'won' | 'lost'; tally: ColumnTally; isOver: boolean }) {
  return (
    <section class={styles.end} data-column={status} data-over={isOver || undefined} aria-label={t(`opportunities.${status}`)}>
      <h2 class={styles.stage}>
        <Icon name={status === 'won' ? 'circle-check' : 'x'} size="small" />
        {t(`opportunities.${status}`)} <span class={styles.count}>{formatNumber(tally.count)}</span>
      </h2>
      <p class={styles.sums}>{sumsText(tally, 'amount')}</p>
    </section>
  );
}
