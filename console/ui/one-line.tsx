import type { ComponentChildren } from 'preact';
import { LeftToRightRuns } from './left-to-right-runs.tsx';
import styles from './one-line.module.css';

interface OneLineProps {
  text: string;
  /** Goes before the text, and has no say in which way the line runs. */
  before?: ComponentChildren;
  class?: string | undefined;
}

/** What somebody wrote, on one line in its own direction. Where there is no room, its end is cut off, never its beginning. */
export function OneLine({ text, before, class: className }: OneLineProps) {
  return (
    <bdi class={[styles.line, className].filter(Boolean).join(' ')}>
      <span class={styles.text}>
        {before}
        <LeftToRightRuns text={text} />
      </span>
    </bdi>
  );
}
