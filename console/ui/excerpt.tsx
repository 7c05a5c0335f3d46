import type { FoundExcerpt } from '../../shared/found-excerpt.ts';
import styles from './excerpt.module.css';
import { MarkedText } from './marked-text.tsx';

/** Why a row was found, under its name. */
export function Excerpt({ text, marks }: FoundExcerpt) {
  return (
    <span class={styles.excerpt}>
      <MarkedText text={text} marks={marks} />
    </span>
  );
}
