import type { ComponentChildren } from 'preact';
import styles from './from-to.module.css';
import { Icon } from './icon.tsx';

interface FromToProps {
  label: string;
  before: ComponentChildren;
  after: ComponentChildren;
  /** What the arrow says to the ear. */
  becomes: string;
  /** Where nothing stands now. */
  none: string;
}

/** What became otherwise. What was, is crossed out to the eye. */
export function FromTo({ label, before, after, becomes, none }: FromToProps) {
  return (
    <span class={styles.whole}>
      <bdi class={styles.label}>{label}</bdi>{' '}
      {before ? (
        <>
          <span class={styles.was}>{isolated(before)}</span> <Icon name="chevron-right" size="small" label={becomes} />{' '}
        </>
      ) : null}
      {isolated(after || none)}
    </span>
  );
}

/** Words go by their own direction; what is made of parts, by that of the page. */
function isolated(said: ComponentChildren): ComponentChildren {
  return typeof said === 'string' ? <bdi>{said}</bdi> : <span class={styles.part}>{said}</span>;
}
