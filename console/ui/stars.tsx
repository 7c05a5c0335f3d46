import styles from './stars.module.css';

/** A score of five; `label` says it in words. */
export function Stars({ score, label, title }: { score: number; label: string; title?: string | undefined }) {
  return (
    <span class={styles.stars} role="img" aria-label={label} title={title ?? label}>
      {'★'.repeat(score)}
      <span class={styles.rest}>{'★'.repeat(5 - score)}</span>
    </span>
  );
}
