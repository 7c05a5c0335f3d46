import type { OpportunityPage } from '../../shared/opportunity.ts';
import { correctionText } from '../texts/correction-text.ts';
import styles from './opportunities-page.module.css';

/** What was taken for a slip of the finger. */
export function SearchedFor({ corrections = [] }: Pick<OpportunityPage, 'corrections'>) {
  if (corrections.length === 0) return null;
  return (
    <p class={styles.searched} role="status">
      {corrections.map(correctionText).join(' ')}
    </p>
  );
}
