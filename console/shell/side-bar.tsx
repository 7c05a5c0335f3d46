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
import { NavLink } from './nav-link.tsx';
import { noticePath } from './notice-path.ts';
import { SavedViewLinks } from './saved-view-links.tsx';
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
          {session.may('reports:view') && (
            <li class={styles.notPhone}>
              <NavLink href="/console/now" icon="activity" label={t('now.title')} isHere={path.startsWith('/console/now')} />
            </li>
          )}
          {session.may('reports:view') && (
            <li class={styles.notPhone}>
              <NavLink
                href="/console/questions"
                icon="circle-question-mark"
                label={t('questions.title')}
                isHere={path.startsWith('/console/questions')}
              />
            </li>
          )}
          {session.may('reports:view') && (
            <li class={styles.notPhone}>
              <NavLink
                href="/console/deflection"
                icon="message-circle"
                label={t('deflection.title')}
                isHere={path.startsWith('/console/deflection')}
              />
            </li>
          )}
          {session.may('visitors:view') && (
            <li class={styles.notPhone}>
              <NavLink href="/console/visitors" icon="globe" label={t('visitors.title')} isHere={path.startsWith('/console/visitors')} />
            </li>
          )}
          {session.may('contacts:view') && (
            <li>
              <NavLink href="/console/contacts" icon="users" label={t('contacts.title')} isHere={path.startsWith('/console/contacts')} />
            </li>
          )}
          {session.may('opportunities:view') && (
            <li class={styles.notPhone}>
              <NavLink
                href="/console/opportunities"
                icon="columns-3"
                label={t('nav.opportunities')}
                isHere={path.startsWith('/console/opportunities')}
              />
            </li>
          )}
          {session.may('tasks:view') && (
            <li>
              <NavLink
                href="/console/tasks"
                icon="list-checks"
                label={t('tasks.title')}
                isHere={path.startsWith('/console/tasks')}
                count={{ count: desk.tasks.dueCount.value, isMore: false }}
              />
            </li>
          )}
          {session.may('tickets:view') && (
            <li>
              <NavLink href="/console/tickets" icon="ticket" label={t('nav.tickets')} isHere={path.startsWith('/console/tickets')} />
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
