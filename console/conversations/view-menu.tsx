import { useLocation } from 'preact-iso';
import { t } from '../texts/texts.ts';
import { Icon } from '../ui/icon.tsx';
import { Menu } from '../ui/menu.tsx';
import type { Desk } from './desk.ts';
import { type ViewName, viewNames } from './list-views.ts';
import { viewPath } from './paths.ts';
import { viewIcons } from './view-icons.ts';
import styles from './view-menu.module.css';

/** On a phone the views have no column of their own: they fold into the list's heading. */
export function ViewMenu({ desk, view }: { desk: Desk; view: ViewName }) {
  const { route } = useLocation();
  return (
    <div class={styles.menu}>
      <Menu
        label={t('view.label')}
        items={viewNames.map((name) => ({
          key: name,
          label: t(`view.${name}`),
          icon: viewIcons[name],
          isChecked: name === view,
          ...(name !== 'resolved' && { hint: String(desk.list.view(name).value.length) }),
          onSelect: () => route(viewPath(name)),
        }))}
        trigger={(props) => (
          <button {...props} type="button" class={styles.trigger}>
            <Icon name={viewIcons[view]} />
            {t(`view.${view}`)}
            <Icon name="chevron-down" size="small" />
          </button>
        )}
      />
    </div>
  );
}
