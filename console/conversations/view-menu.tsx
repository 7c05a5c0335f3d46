import { useLocation } from 'preact-iso';
import type { ViewCount } from '../../shared/view.ts';
import { t } from '../texts/texts.ts';
import { Icon } from '../ui/icon.tsx';
import { Menu, type MenuItem } from '../ui/menu.tsx';
import { countText } from './count-text.ts';
import type { Desk } from './desk.ts';
import { type ViewName, viewNames } from './list-views.ts';
import { viewPath } from './paths.ts';
import { viewIcon } from './view-icons.ts';
import styles from './view-menu.module.css';
import { viewTitle } from './view-title.ts';

interface ViewMenuProps {
  desk: Desk;
  view: ViewName;
  onManage: () => void;
}

/** On a phone the views have no column of their own: they fold into the list's heading. */
export function ViewMenu({ desk: { views }, view, onManage }: ViewMenuProps) {
  const { route } = useLocation();
  const saved = views.saved.value ?? [];
  const item = (name: ViewName, hasLineBefore: boolean): MenuItem => {
    const count: ViewCount | null = name === 'resolved' ? null : views.count(name);
    return {
      key: name,
      label: viewTitle(views, name),
      icon: viewIcon(name),
      isChecked: name === view,
      hasLineBefore,
      ...(count && { hint: countText(count) }),
      onSelect: () => route(viewPath(name)),
    };
  };
  return (
    <div class={styles.menu}>
      <Menu
        label={t('view.label')}
        items={[
          ...viewNames.map((name) => item(name, false)),
          ...saved.map(({ id }, at) => item(id, at === 0)),
          ...(saved.length > 0
            ? [{ key: 'manage', label: t('views.manage'), icon: 'pencil', hasLineBefore: true, onSelect: onManage } as const]
            : []),
        ]}
        trigger={(props) => (
          <button {...props} type="button" class={styles.trigger}>
            <Icon name={viewIcon(view)} />
            <bdi class={styles.title}>{viewTitle(views, view)}</bdi>
            <Icon name="chevron-down" size="small" />
          </button>
        )}
      />
    </div>
  );
}
