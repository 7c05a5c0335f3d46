import styles from './avatar.module.css';
import { Icon } from './icon.tsx';

interface AvatarProps {
  /** Null for somebody who has not said a name. */
  name: string | null;
  /** Keeps the colour of a person whose name changes. */
  seed: string;
  imageUrl?: string | null;
  size?: 'small' | 'medium' | 'large';
  /** A dot on the corner. It says nothing to who cannot see it: name the state beside it. */
  dot?: 'green' | 'amber' | 'grey';
}

const HUES = 8;

export function Avatar({ name, seed, imageUrl = null, size = 'medium', dot }: AvatarProps) {
  const letters = initials(name ?? '');
  return (
    <span class={[styles.avatar, styles[size], styles[`hue${hueOf(seed)}`]].join(' ')} aria-hidden="true">
      {imageUrl ? <img class={styles.image} src={imageUrl} alt="" /> : letters ? <bdi>{letters}</bdi> : <Icon name="user-round" />}
      {dot && <span class={`${styles.dot} ${styles[dot]}`} />}
    </span>
  );
}

/** The first letters or digits of the first and the last word that have any. */
function initials(name: string): string {
  const letters = name.split(/\s+/u).flatMap((word) => /[\p{L}\p{N}]/u.exec(word)?.[0] ?? []);
  return [...letters.slice(0, 1), ...letters.slice(1).slice(-1)].join('').toLocaleUpperCase();
}

function hueOf(seed: string): number {
  let sum = 0;
  for (const letter of seed) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9_973;
  return sum % HUES;
}
