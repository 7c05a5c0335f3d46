import { gapsIn } from '../../shared/canned-text.ts';
import styles from './marked-gaps.module.css';

/** A text in which what could not be filled in stands out. */
export function MarkedGaps({ text }: { text: string }) {
  const gaps = gapsIn(text);
  return (
    <>
      {gaps.map((gap, at) => (
        <span key={gap.from}>
          {text.slice(gaps[at - 1]?.to ?? 0, gap.from)}
          <mark class={styles.gap}>
            <bdi>{text.slice(gap.from, gap.to)}</bdi>
          </mark>
        </span>
      ))}
      {text.slice(gaps.at(-1)?.to ?? 0)}
    </>
  );
}
