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
          <bdi class={styles.was}>{before}</bdi> <Icon name="chevron-right" size="small" label={becomes} />{' '}
        </>
      ) : null}
      <bdi>{after || none}</bdi>
    </span>
  );
}
