import type { Mark } from '../../shared/marks.ts';
import styles from './marked-text.module.css';

interface MarkedTextProps {
  text: string;
  /** In the order of the text, without overlaps. */
  marks: readonly Mark[];
}

/** What somebody wrote, in its own direction, with some of it marked. As nodes: nothing in it is ever markup. */
export function MarkedText({ text, marks }: MarkedTextProps) {
  const starts = marks.map(({ to }) => to);
  return (
    <bdi>
      {marks.map(({ from, to }, index) => (
        <span key={from}>
          {text.slice(starts[index - 1] ?? 0, from)}
          <mark class={styles.mark}>{text.slice(from, to)}</mark>
        </span>
      ))}
      {text.slice(starts.at(-1) ?? 0)}
    </bdi>
  );
}
