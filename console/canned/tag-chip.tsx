import type { ComponentChildren } from 'preact';
import type { TagColour } from '../../shared/tag.ts';
import styles from './tag-chip.module.css';

/** A tag in its colour. */
export function TagChip({ name, colour, children }: { name: string; colour: TagColour; children?: ComponentChildren }) {
  return (
    <span class={`${styles.chip} ${styles[colour]}`}>
      <bdi class={styles.name}>{name}</bdi>
      {children}
    </span>
  );
}
