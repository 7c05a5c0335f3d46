import type { OpportunityPage } from '../../shared/opportunity.ts';
import { t } from '../texts/texts.ts';
import styles from './opportunities-page.module.css';

/** What was taken for a slip of the finger. */
export function SearchedFor({ corrections = [] }: Pick<OpportunityPage, 'corrections'>) {
  if (corrections.length === 0) return null;
  return (
    <p class={styles.searched} role="status">
      {corrections.map(({ typed, used }) => t('search.corrected', { typed, used: used.slice(0, 3).join(', ') })).join(' ')}
    </p>
  );
}
