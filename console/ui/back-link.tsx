import type { ComponentChildren } from 'preact';
import styles from './back-link.module.css';
import { Icon } from './icon.tsx';

/** The way back to the list that a page of one thing belongs to. */
export function BackLink({ href, children }: { href: string; children: ComponentChildren }) {
  return (
    <a class={styles.back} href={href}>
      <Icon name="arrow-left" size="small" />
      {children}
    </a>
  );
}
