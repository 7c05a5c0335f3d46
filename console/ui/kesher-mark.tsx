import styles from './kesher-mark.module.css';

/** The product's sign: what one says and what the other answers, touching. */
export function KesherMark() {
  return (
    <svg class={styles.mark} viewBox="0 0 32 32" aria-hidden="true">
      <rect class={styles.ground} width="32" height="32" rx="9" />
      <path
        class={styles.answer}
        d="M25.5 15.8A2.8 2.8 0 0 0 22.7 13h-7.4a2.8 2.8 0 0 0-2.8 2.8v3.4a2.8 2.8 0 0 0 2.8 2.8h4.9l3.7 2.9c.7.5 1.6.1 1.6-.8z"
      />
      <path
        class={styles.question}
        d="M6.5 9.8A2.8 2.8 0 0 1 9.3 7h8.4a2.8 2.8 0 0 1 2.8 2.8v4.4a2.8 2.8 0 0 1-2.8 2.8h-5.4l-4.1 3.2c-.7.5-1.7.1-1.7-.8z"
      />
    </svg>
  );
}
