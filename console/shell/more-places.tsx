import { useLocation } from 'preact-iso';
import { t } from '../texts/texts.ts';
import { Icon } from '../ui/icon.tsx';
import { Menu } from '../ui/menu.tsx';
import styles from './side-bar.module.css';
import type { SidePlaceOf } from './side-places.ts';

/** On a phone: the way to everything that the bar has no room for. */
export function MorePlaces({ places }: { places: readonly SidePlaceOf[] }) {
  const { path, route } = useLocation();
  const isHere = places.some((place) => path.startsWith(place.path));
  return (
    <Menu
      label={t('nav.more')}
      side="above"
      align="end"
      items={places.map((place) => ({
        key: place.path,
        label: t(place.label),
        icon: place.icon,
        onSelect: () => route(place.path),
      }))}
      trigger={(trigger) => (
        <button type="button" {...trigger} class={[styles.link, styles.more, isHere && styles.here].filter(Boolean).join(' ')}>
          <span class={styles.icon}>
            <Icon name="ellipsis" />
          </span>
          <span class={styles.label}>{t('nav.more')}</span>
        </button>
      )}
    />
  );
}
