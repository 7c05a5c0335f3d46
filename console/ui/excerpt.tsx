import type { ComponentChildren } from 'preact';
import type { FoundExcerpt } from '../../shared/found-excerpt.ts';
import styles from './excerpt.module.css';
import { MarkedText } from './marked-text.tsx';

interface ExcerptProps extends FoundExcerpt {
  /** Who said it, or a sign. */
  before?: ComponentChildren;
}

/** What was found, or why, under a name: two lines of a text with the words marked. */
export function Excerpt({ text, marks, before }: ExcerptProps) {
  return (
    <span class={styles.excerpt}>
      {before}
      <MarkedText text={text} marks={marks} />
    </span>
  );
}
