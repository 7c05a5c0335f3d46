import type { ComponentChildren } from 'preact';
import styles from './badge.module.css';

interface BadgeProps {
  tone?: 'neutral' | 'accent' | 'green' | 'amber' | 'red';
  /** For a count: a full disc that draws the eye. */
  isSolid?: boolean;
  title?: string;
  children: ComponentChildren;
}

export function Badge({ tone = 'neutral', isSolid = false, title, children }: BadgeProps) {
  return (
    <span class={[styles.badge, styles[tone], isSolid && styles.solid].filter(Boolean).join(' ')} title={title}>
      {children}
    </span>
  );
}
