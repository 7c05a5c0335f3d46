import styles from './skeleton.module.css';

/** Grey rows in the shape of what is coming. Invisible for the first 150 ms, so that a quick answer shows no flicker. */
export function Skeleton({ rows, label, hasAvatar = false }: { rows: number; label: string; hasAvatar?: boolean }) {
  return (
    <div class={styles.skeleton} role="status">
      <span class="visually-hidden">{label}</span>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} class={styles.row} aria-hidden="true">
          {hasAvatar && <span class={styles.disc} />}
          <span class={styles.lines}>
            <span class={styles.line} />
            <span class={`${styles.line} ${styles.short}`} />
          </span>
        </div>
      ))}
    </div>
  );
}
