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
  return (
    <span class={[styles.avatar, styles[size], styles[`hue${hueOf(seed)}`]].join(' ')} aria-hidden="true">
      {imageUrl ? <img class={styles.image} src={imageUrl} alt="" /> : name ? <bdi>{initials(name)}</bdi> : <Icon name="user-round" />}
      {dot && <span class={`${styles.dot} ${styles[dot]}`} />}
    </span>
  );
}

/** First letters of the first and the last word. */
function initials(name: string): string {
  const words = name.trim().split(/\s+/u).filter(Boolean);
  const letters = [words[0], words.length > 1 ? words.at(-1) : undefined].map((word) => (word ? ([...word][0] ?? '') : ''));
  return letters.join('').toLocaleUpperCase();
}

function hueOf(seed: string): number {
  let sum = 0;
  for (const letter of seed) sum = (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9_973;
  return sum % HUES;
}
