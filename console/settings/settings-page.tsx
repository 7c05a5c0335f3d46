import type { Http } from '../http.ts';
import { InboxSettings } from '../inboxes/inbox-settings.tsx';
import type { SessionState } from '../session-state.ts';
import { t } from '../texts/texts.ts';
import { Icon } from '../ui/icon.tsx';
import type { IconName } from '../ui/icon-drawings.ts';
import { PageFrame } from '../ui/page-frame.tsx';
import { PeopleSettings } from './people-settings.tsx';
import { PersonalSettings } from './personal-settings.tsx';
import { SecuritySettings } from './security-settings.tsx';
import styles from './settings-page.module.css';

const sections = ['personal', 'inbox', 'people', 'security'] as const;
type Section = (typeof sections)[number];

const icons: Record<Section, IconName> = { personal: 'user-round', inbox: 'code', people: 'users', security: 'shield-check' };

interface SettingsPageProps {
  http: Http;
  session: SessionState;
  /** From the address; anything unknown shows the first section. */
  section: string | undefined;
  /** Where the widget is loaded from. */
  serverUrl: string;
}

export function SettingsPage({ http, session, section, serverUrl }: SettingsPageProps) {
  const isAllowed: Record<Section, boolean> = {
    personal: true,
    inbox: session.may('settings:manage'),
    people: session.may('agents:view'),
    security: true,
  };
  const shown = sections.find((name) => name === section && isAllowed[name]) ?? 'personal';
  return (
    <PageFrame title={t('settings.title')} width={shown === 'inbox' ? 'wide' : 'text'}>
      <nav class={styles.sections} aria-label={t('settings.title')}>
        {sections
          .filter((name) => isAllowed[name])
          .map((name) => (
            <a
              key={name}
              class={[styles.section, name === shown && styles.here].filter(Boolean).join(' ')}
              href={`/console/settings/${name}`}
              aria-current={name === shown ? 'page' : undefined}
            >
              <Icon name={icons[name]} size="small" />
              {t(`settings.${name}`)}
            </a>
          ))}
      </nav>
      {shown === 'personal' && <PersonalSettings />}
      {shown === 'inbox' && <InboxSettings http={http} agentId={session.agent.value?.id ?? ''} serverUrl={serverUrl} />}
      {shown === 'people' && <PeopleSettings http={http} mayManage={session.may('agents:manage')} />}
      {shown === 'security' && <SecuritySettings http={http} mayManageTokens={session.may('tokens:manage')} />}
    </PageFrame>
  );
}
