import type { ComponentChildren } from 'preact';
import { Icon } from '../ui/icon.tsx';
import type { IconName } from '../ui/icon-drawings.ts';
import styles from './contact-card.module.css';

interface DetailRowProps {
  icon: IconName;
  label: string;
  /** Where there is little room the icon alone says what it is: everybody knows an envelope. */
  isPlain?: boolean;
  children: ComponentChildren;
}

/** One thing that is known of a person: its name by icon and tooltip for the eye, in words for who listens. */
export function DetailRow({ icon, label, isPlain = false, children }: DetailRowProps) {
  return (
    <div class={[styles.row, isPlain && styles.plain].filter(Boolean).join(' ')}>
      <dt class={styles.term} title={label}>
        <Icon name={icon} size="small" />
        <span class={styles.label}>{label}</span>
      </dt>
      <dd class={styles.detail}>{children}</dd>
    </div>
  );
}

/** What can be done, in line with what is known; `label` is for who listens. */
export function ActionRow({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <div class={styles.more}>
      <dt class="visually-hidden">{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
