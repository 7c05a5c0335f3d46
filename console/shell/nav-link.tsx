import type { ViewCount } from '../../shared/view.ts';
import { countText } from '../conversations/count-text.ts';
import { t } from '../texts/texts.ts';
import { Icon } from '../ui/icon.tsx';
import type { IconName } from '../ui/icon-drawings.ts';
import styles from './side-bar.module.css';

interface NavLinkProps {
  href: string;
  icon: IconName;
  label: string;
  isHere: boolean;
  count?: ViewCount | null;
  hasNews?: boolean;
}

export function NavLink({ href, icon, label, isHere, count = null, hasNews = false }: NavLinkProps) {
  return (
    <a
      class={[styles.link, isHere && styles.here].filter(Boolean).join(' ')}
      href={href}
      aria-current={isHere ? 'page' : undefined}
      title={label}
    >
      <span class={styles.icon}>
        <Icon name={icon} />
        {hasNews && <span class={styles.news} aria-hidden="true" />}
      </span>
      <span class={styles.label} dir="auto">
        {label}
      </span>
      {hasNews && <span class="visually-hidden">{t('nav.hasNews')}</span>}
      {count && count.count > 0 && <span class={styles.count}>{countText(count)}</span>}
    </a>
  );
}
