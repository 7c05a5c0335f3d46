import { useEffect, useRef } from 'preact/hooks';
import type { Repertoire } from '../canned/repertoire.ts';
import type { Http } from '../http.ts';
import { InboxSettings } from '../inboxes/inbox-settings.tsx';
import { BusinessSettings } from '../people/business-settings.tsx';
import { PeopleSettings } from '../people/people-settings.tsx';
import { ProfileSettings } from '../people/profile-settings.tsx';
import { RoleSettings } from '../people/role-settings.tsx';
import { TeamSettings } from '../people/team-settings.tsx';
import type { SessionState } from '../session-state.ts';
import { fetchShelf, t } from '../texts/texts.ts';
import { CannedSettings } from '../toolbox/canned-settings.tsx';
import { MacroSettings } from '../toolbox/macro-settings.tsx';
import { TagSettings } from '../toolbox/tag-settings.tsx';
import { Icon } from '../ui/icon.tsx';
import type { IconName } from '../ui/icon-drawings.ts';
import { late } from '../ui/late.tsx';
import { PageFrame } from '../ui/page-frame.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { BlockedSettings } from './blocked-settings.tsx';
import { PersonalSettings } from './personal-settings.tsx';
import { SecuritySettings } from './security-settings.tsx';
import styles from './settings-page.module.css';

/** Few set them, and seldom. */
const AnswerSettings = late(async () => (await import('../answers/answer-settings.tsx')).AnswerSettings, LoadingPart);
const HoursSettings = late(async () => (await import('../hours/hours-settings.tsx')).HoursSettings, LoadingPart);
const FieldSettings = late(async () => {
  const [{ FieldSettings }] = await Promise.all([import('../fields/field-settings.tsx'), fetchShelf('contacts')]);
  return FieldSettings;
}, LoadingPart);
const RoutingScreen = late(async () => (await import('../routing/routing-screen.tsx')).RoutingScreen, LoadingPart);

const PipelineSettings = late(async () => {
  const [{ PipelineSettings }] = await Promise.all([import('../opportunities/pipeline-settings.tsx'), fetchShelf('sales')]);
  return PipelineSettings;
}, LoadingPart);
const SlaScreen = late(async () => (await import('../sla/sla-screen.tsx')).SlaScreen, LoadingPart);
const TicketSettings = late(async () => {
  const [{ TicketSettings }] = await Promise.all([import('../tickets/ticket-settings.tsx'), fetchShelf('tickets')]);
  return TicketSettings;
}, LoadingPart);

const sections = [
  'personal',
  'inbox',
  'answers',
  'hours',
  'business',
  'people',
  'teams',
  'routing',
  'sla',
  'pipelines',
  'roles',
  'canned',
  'macros',
  'tags',
  'tickets',
  'fields',
  'blocked',
  'security',
] as const;
type Section = (typeof sections)[number];

const icons: Record<Section, IconName> = {
  personal: 'user-round',
  inbox: 'code',
  answers: 'message-circle',
  hours: 'clock',
  business: 'building',
  people: 'users',
  teams: 'messages-square',
  routing: 'route',
  sla: 'timer',
  pipelines: 'columns-3',
  roles: 'lock',
  canned: 'message-square-text',
  macros: 'zap',
  tags: 'tags',
  tickets: 'ticket',
  fields: 'clipboard-list',
  blocked: 'ban',
  security: 'shield-check',
};

const widths: Partial<Record<Section, 'wide' | 'table'>> = {
  inbox: 'wide',
  answers: 'wide',
  hours: 'wide',
  routing: 'table',
  sla: 'table',
  canned: 'table',
  macros: 'table',
  tags: 'table',
  fields: 'table',
};

interface SettingsPageProps {
  http: Http;
  session: SessionState;
  /** From the address; anything unknown shows the first section. */
  section: string | undefined;
  /** Where the widget is loaded from. */
  serverUrl: string;
  /** Canned responses, macros and tags; without it there is nothing to be said of them. */
  repertoire?: Repertoire;
}

export function SettingsPage({ http, session, section, serverUrl, repertoire }: SettingsPageProps) {
  const hasToolbox = repertoire !== undefined && (session.may('conversations:reply') || session.may('canned:manage'));
  const isAllowed: Record<Section, boolean> = {
    personal: true,
    inbox: session.may('settings:manage'),
    answers: session.may('answers:manage'),
    hours: session.may('settings:manage'),
    business: session.may('settings:manage'),
    people: session.may('agents:manage'),
    teams: session.may('teams:manage'),
    routing: session.may('settings:manage') || session.may('agents:manage'),
    sla: session.may('settings:manage'),
    pipelines: session.may('crm:manage'),
    roles: session.may('roles:manage'),
    canned: hasToolbox,
    macros: hasToolbox,
    tags: repertoire !== undefined && session.may('tags:manage'),
    tickets: session.may('crm:manage'),
    fields: session.may('crm:manage'),
    blocked: session.may('visitors:block'),
    security: true,
  };
  const me = session.agent.value;
  const shown = sections.find((name) => name === section && isAllowed[name]) ?? 'personal';
  const nav = useRef<HTMLElement>(null);
  // On a phone not all of them fit: the one that is shown is in sight.
  useEffect(() => nav.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' }), [shown]);
  return (
    <PageFrame title={t('settings.title')} width={widths[shown] ?? 'text'}>
      <nav ref={nav} class={styles.sections} aria-label={t('settings.title')}>
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
      {shown === 'personal' && me && <ProfileSettings http={http} me={me} onChanged={(agent) => session.refresh(agent)} />}
      {shown === 'personal' && <PersonalSettings />}
      {shown === 'inbox' && <InboxSettings http={http} agentId={session.agent.value?.id ?? ''} serverUrl={serverUrl} />}
      {shown === 'answers' && me && <AnswerSettings http={http} me={me} news={repertoire?.answers} />}
      {shown === 'hours' && <HoursSettings http={http} agentId={me?.id ?? ''} />}
      {shown === 'business' && me && (
        <BusinessSettings http={http} name={me.business} onChanged={(business) => session.refresh({ ...me, business })} />
      )}
      {shown === 'people' && me && <PeopleSettings http={http} me={me} />}
      {shown === 'teams' && <TeamSettings http={http} />}
      {shown === 'routing' && me && <RoutingScreen http={http} me={me} />}
      {shown === 'sla' && <SlaScreen http={http} />}
      {shown === 'pipelines' && <PipelineSettings http={http} />}
      {shown === 'roles' && me && <RoleSettings http={http} me={me} />}
      {shown === 'canned' && me && repertoire && <CannedSettings http={http} me={me} repertoire={repertoire} />}
      {shown === 'macros' && me && repertoire && <MacroSettings http={http} me={me} repertoire={repertoire} />}
      {shown === 'tags' && repertoire && <TagSettings http={http} repertoire={repertoire} />}
      {shown === 'tickets' && <TicketSettings http={http} />}
      {shown === 'fields' && <FieldSettings http={http} />}
      {shown === 'blocked' && <BlockedSettings http={http} />}
      {shown === 'security' && me && (
        <SecuritySettings http={http} hasTwoFactor={me.hasTwoFactor} mine={me.permissions} onChanged={() => void session.check()} />
      )}
    </PageFrame>
  );
}

function LoadingPart() {
  return <Skeleton rows={5} label={t('state.loading')} />;
}
