import { useLocation } from 'preact-iso';
import type { Desk } from '../conversations/desk.ts';
import { type ViewName, viewNames } from '../conversations/list-views.ts';
import { viewPath } from '../conversations/paths.ts';
import { viewIcons } from '../conversations/view-icons.ts';
import { NoticeBell } from '../notices/notice-bell.tsx';
import type { SessionState } from '../session-state.ts';
import { t } from '../texts/texts.ts';
import { Icon } from '../ui/icon.tsx';
import { KesherMark } from '../ui/kesher-mark.tsx';
import { MeMenu } from './me-menu.tsx';
import { MorePlaces } from './more-places.tsx';
import { NavLink } from './nav-link.tsx';
import { noticePath } from './notice-path.ts';
import { SavedViewLinks } from './saved-view-links.tsx';
import styles from './side-bar.module.css';
import { type SidePlaceOf, sidePlaces } from './side-places.ts';

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
  const places: readonly SidePlaceOf[] = sidePlaces.filter((place) => !('permission' in place) || session.may(place.permission));
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
                count={name === 'resolved' ? null : desk.views.count(name)}
                hasNews={name !== 'resolved' && name !== 'snoozed' && desk.list.unreadIn(name) > 0}
              />
            </li>
          ))}
        </ul>
        <SavedViewLinks desk={desk} view={isInConversations ? view : null} />
        <ul class={styles.rooms}>
          <li class={styles.onlyPhone}>
            <NavLink
              href={viewPath(view)}
              icon="messages-square"
              label={t('nav.conversations')}
              isHere={isInConversations}
              hasNews={desk.list.unreadCount.value > 0}
            />
          </li>
          {places.map((place) => (
            <li key={place.path} class={place.isInPhoneBar ? undefined : styles.notPhone}>
              <NavLink
                href={place.path}
                icon={place.icon}
                label={t(place.label)}
                isHere={path.startsWith(place.path)}
                {...(place.path === '/console/tasks' && { count: { count: desk.tasks.dueCount.value, isMore: false } })}
              />
            </li>
          ))}
          <li class={styles.onlyPhone}>
            <MorePlaces places={places.filter(({ isInPhoneBar }) => !isInPhoneBar)} />
          </li>
        </ul>
      </div>
      <div class={styles.foot}>
        <MeMenu desk={desk} session={session} onShortcuts={onShortcuts} />
      </div>
    </nav>
  );
}
