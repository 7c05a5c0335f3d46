import type { ComponentChildren } from 'preact';
import { BackLink } from './back-link.tsx';
import styles from './page-frame.module.css';

interface PageFrameProps {
  /** Absent where the page has a heading of its own. */
  title?: string;
  back?: { href: string; label: string };
  actions?: ComponentChildren;
  children: ComponentChildren;
  width?: 'text' | 'table' | 'file' | 'wide';
}

/** A page to read from top to bottom: heading, then content of a readable width. */
export function PageFrame({ title, back, actions, children, width = 'text' }: PageFrameProps) {
  return (
    <main class={styles.page}>
      <div class={`${styles.inner} ${styles[width]}`}>
        {back && <BackLink href={back.href}>{back.label}</BackLink>}
        {title !== undefined && (
          <header class={styles.header}>
            <h1 class={styles.title} dir="auto">
              {title}
            </h1>
            {actions}
          </header>
        )}
        {children}
      </div>
    </main>
  );
}
