import type { ComponentChildren } from 'preact';
import styles from './empty-state.module.css';
import { Icon } from './icon.tsx';
import type { IconName } from './icon-drawings.ts';

interface EmptyStateProps {
  icon: IconName;
  title: string;
  text?: string;
  /** The one thing to do. */
  children?: ComponentChildren;
  tone?: 'plain' | 'problem';
}

/** Stands where a list or a panel has nothing to show, or could not be loaded. */
export function EmptyState({ icon, title, text, children, tone = 'plain' }: EmptyStateProps) {
  return (
    <div class={styles.state} role={tone === 'problem' ? 'alert' : undefined}>
      <span class={`${styles.icon} ${styles[tone]}`}>
        <Icon name={icon} size="large" />
      </span>
      <p class={styles.title}>{title}</p>
      {text && <p class={styles.text}>{text}</p>}
      {children && <div class={styles.action}>{children}</div>}
    </div>
  );
}
