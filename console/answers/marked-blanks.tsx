import { type Blank, blanksIn } from './blanks.ts';
import styles from './marked-blanks.module.css';

/** A text in which what is still to be filled in stands out. */
export function MarkedBlanks({ text, blanks = blanksIn(text) }: { text: string; blanks?: readonly Blank[] }) {
  return (
    <>
      {blanks.map((blank, at) => (
        <span key={blank.from}>
          {text.slice(blanks[at - 1]?.to ?? 0, blank.from)}
          <mark class={styles.blank}>{text.slice(blank.from, blank.to)}</mark>
        </span>
      ))}
      {text.slice(blanks.at(-1)?.to ?? 0)}
    </>
  );
}
