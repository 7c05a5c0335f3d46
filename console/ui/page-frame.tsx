import type { ComponentChildren } from 'preact';
import { Icon } from './icon.tsx';
import styles from './page-frame.module.css';

interface PageFrameProps {
  title: string;
  back?: { href: string; label: string };
  actions?: ComponentChildren;
  children: ComponentChildren;
  width?: 'text' | 'table' | 'wide';
}

/** A page to read from top to bottom: heading, then content of a readable width. */
export function PageFrame({ title, back, actions, children, width = 'text' }: PageFrameProps) {
  return (
    <main class={styles.page}>
      <div class={`${styles.inner} ${styles[width]}`}>
        {back && (
          <a class={styles.back} href={back.href}>
            <Icon name="arrow-left" size="small" />
            {back.label}
          </a>
        )}
        <header class={styles.header}>
          <h1 class={styles.title} dir="auto">
            {title}
          </h1>
          {actions}
        </header>
        {children}
      </div>
    </main>
  );
}
