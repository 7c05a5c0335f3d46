import type { ComponentChildren } from 'preact';
import styles from './card.module.css';

interface CardProps {
  title: string;
  text?: string;
  action?: ComponentChildren;
  children: ComponentChildren;
}

/** One matter of a page: what it is, a sentence why, and its fields or rows. */
export function Card({ title, text, action, children }: CardProps) {
  return (
    <section class={styles.card}>
      <header class={styles.header}>
        <div>
          <h2>{title}</h2>
          {text && <p class={styles.text}>{text}</p>}
        </div>
        {action}
      </header>
      {children}
    </section>
  );
}
