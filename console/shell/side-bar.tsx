import { useLocation } from 'preact-iso';
import type { Desk } from '../conversations/desk.ts';
import { type ViewName, viewNames } from '../conversations/list-views.ts';
import { viewPath } from '../conversations/paths.ts';
import { viewIcons } from '../conversations/view-icons.ts';
import { NoticeBell } from '../notices/notice-bell.tsx';
import type { SessionState } from '../session-state.ts';
import { t } from '../texts/texts.ts';
import { formatNumber } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import type { IconName } from '../ui/icon-drawings.ts';
import { KesherMark } from '../ui/kesher-mark.tsx';
import { MeMenu } from './me-menu.tsx';
import { noticePath } from './notice-path.ts';
import styles from './side-bar.module.css';

interface SideBarProps {
  desk: Desk;
  session: SessionState;
  view: ViewName;
  onShortcuts: () => void;
  onSearch: () => void;
}

/** Where one can go. A column on a desk, icons on a narrow one, a bar at the foot of a phone. */
export function SideBar({ desk, session, view, onShortcuts, onSearch }: SideBarProps) {
  const { path } = useLocation();
  const isInConversations = path.startsWith('/console/conversations');
  return (
    <nav class={styles.bar} aria-label={t('nav.label')}>
      <div class={styles.brand}>
        <KesherMark />
        <span class={styles.business} dir="auto">
          {session.agent.value?.business}
        </span>
      </div>
      <button
        type="button"
        class={`${styles.link} ${styles.search}`}
        onClick={onSearch}
        title={t('search.open')}
        aria-keyshortcuts="Control+K Meta+K"
      >
        <span class={styles.icon}>
          <Icon name="search" />
        </span>
        <span class={styles.label}>{t('search.open')}</span>
        <span class={styles.key} dir="ltr" aria-hidden="true">
          Ctrl K
        </span>
      </button>
      <NoticeBell
        board={desk.notices}
        classes={{
          button: [styles.link, styles.bell].join(' '),
          icon: styles.icon ?? '',
          label: styles.label ?? '',
          count: styles.count ?? '',
        }}
        pathOf={(notice) => noticePath(notice, view)}
        faceOf={(agentId) => desk.colleagues.agents.value.get(agentId)?.avatarUrl ?? null}
      />
      <div class={styles.places}>
        <ul class={styles.views} aria-label={t('view.label')}>
          {viewNames.map((name) => (
            <li key={name}>
              <NavLink
                href={viewPath(name)}
                icon={viewIcons[name]}
                label={t(`view.${name}`)}
                isHere={isInConversations && view === name}
                count={name === 'resolved' ? 0 : desk.list.view(name).value.length}
                hasNews={name !== 'resolved' && name !== 'snoozed' && desk.list.unreadIn(name) > 0}
              />
            </li>
          ))}
        </ul>
        <ul class={styles.rooms}>
          <li class={styles.onlyPhone}>
            <NavLink
              href={viewPath(view)}
              icon="messages-square"
              label={t('nav.conversations')}
              isHere={isInConversations}
              count={0}
              hasNews={desk.list.unreadCount.value > 0}
            />
          </li>
          {session.may('contacts:view') && (
            <li>
              <NavLink href="/console/contacts" icon="users" label={t('contacts.title')} isHere={path.startsWith('/console/contacts')} />
            </li>
          )}
          {session.may('tasks:view') && (
            <li>
              <NavLink
                href="/console/tasks"
                icon="phone"
                label={t('tasks.title')}
                isHere={path.startsWith('/console/tasks')}
                count={desk.tasks.openCount.value}
              />
            </li>
          )}
          <li>
            <NavLink href="/console/settings" icon="settings" label={t('settings.title')} isHere={path.startsWith('/console/settings')} />
          </li>
        </ul>
      </div>
      <div class={styles.foot}>
        <MeMenu desk={desk} session={session} onShortcuts={onShortcuts} />
      </div>
    </nav>
  );
}

interface NavLinkProps {
  href: string;
  icon: IconName;
  label: string;
  isHere: boolean;
  count?: number;
  hasNews?: boolean;
}

function NavLink({ href, icon, label, isHere, count = 0, hasNews = false }: NavLinkProps) {
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
      <span class={styles.label}>{label}</span>
      {hasNews && <span class="visually-hidden">{t('nav.hasNews')}</span>}
      {count > 0 && <span class={styles.count}>{formatNumber(count)}</span>}
    </a>
  );
}
