import type { Desk } from '../conversations/desk.ts';
import type { ViewName } from '../conversations/list-views.ts';
import { viewPath } from '../conversations/paths.ts';
import { t } from '../texts/texts.ts';
import { IconButton } from '../ui/button.tsx';
import { NavLink } from './nav-link.tsx';
import styles from './side-bar.module.css';

interface SavedViewLinksProps {
  desk: Desk;
  /** Null outside the conversations. */
  view: ViewName | null;
}

/** The saved views that this agent has: the shared ones, then its own. */
export function SavedViewLinks({ desk: { views }, view }: SavedViewLinksProps) {
  const saved = views.saved.value ?? [];
  if (saved.length === 0) return null;
  return (
    <div class={styles.saved}>
      <p class={styles.savedTitle}>
        <span class={styles.savedLabel}>{t('views.savedLabel')}</span>
        <IconButton icon="pencil" label={t('views.manage')} class={styles.savedEdit} onClick={() => views.manage(true)} />
      </p>
      <ul class={styles.views} aria-label={t('views.savedLabel')}>
        {saved.map(({ id, name }) => (
          <li key={id}>
            <NavLink href={viewPath(id)} icon="bookmark" label={name} isHere={view === id} count={views.count(id)} />
          </li>
        ))}
      </ul>
    </div>
  );
}
