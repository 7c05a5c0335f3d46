import { signal } from '@preact/signals';
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { Agent, SignedInAgent } from '../../shared/agent.ts';
import type { RoutingSettings } from '../../shared/routing.ts';
import type { Team } from '../../shared/team.ts';
import { LeaveDialog } from '../editing/leave-dialog.tsx';
import { SaveBar } from '../editing/save-bar.tsx';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { TabList } from '../ui/tab-list.tsx';
import { showToast } from '../ui/toast.tsx';
import { useRemote } from '../ui/use-remote.ts';
import { AgentLoads } from './agent-loads.tsx';
import { EverybodysLoad } from './everybodys-load.tsx';
import { HandingSection } from './handing-section.tsx';
import { firstSearch, PathFinder } from './path-finder.tsx';
import styles from './routing.module.css';
import { type RoutingEdits, routingEditsOf } from './routing-edits.ts';
import { errorOf, type Named, RoutingFormContext } from './routing-form.ts';
import { type RoutingPart, routingNamesOf, routingPartIcons, routingPartOf, routingParts } from './routing-parts.ts';
import { RulesSection } from './rules-section.tsx';
import { TeamWays } from './team-ways.tsx';

interface RoutingScreenProps {
  http: Http;
  me: SignedInAgent;
}

interface Known {
  agents: readonly Agent[];
  /** Null for whoever does not manage the settings. */
  managed: { teams: readonly Team[]; inboxes: readonly Named[]; read: RoutingSettings } | null;
}

/** How chats find their agent. Whoever manages agents, but not the settings, sees what is theirs of it. */
export function RoutingScreen({ http, me }: RoutingScreenProps) {
  const mayManage = me.permissions.includes('settings:manage');
  const { value, error, reload } = useRemote<Known>(async () => {
    const [agents, teams, inboxes, routing] = await Promise.all([
      http.get<{ items: Agent[] }>('/agents'),
      ...(mayManage
        ? ([
            http.get<{ items: Team[] }>('/teams'),
            http.get<{ items: Named[] }>('/inboxes'),
            http.get<RoutingSettings>('/routing'),
          ] as const)
        : []),
    ]);
    if (!agents.ok) return agents;
    if (!teams || !inboxes || !routing) return { ok: true, data: { agents: agents.data.items, managed: null } };
    if (!teams.ok) return teams;
    if (!inboxes.ok) return inboxes;
    if (!routing.ok) return routing;
    const managed = { teams: teams.data.items, inboxes: inboxes.data.items, read: routing.data };
    return { ok: true, data: { agents: agents.data.items, managed } };
  }, []);
  if (error) {
    return (
      <EmptyState icon="circle-alert" tone="problem" title={errorText(error)}>
        <Button onClick={reload}>{t('action.retry')}</Button>
      </EmptyState>
    );
  }
  if (!value) return <Skeleton rows={5} label={t('state.loading')} />;
  if (!value.managed) return <AgentLoads http={http} agents={value.agents} />;
  return <RoutingEditor http={http} me={me} agents={value.agents} {...value.managed} />;
}

interface RoutingEditorProps extends RoutingScreenProps {
  read: RoutingSettings;
  inboxes: readonly Named[];
  teams: readonly Team[];
  agents: readonly Agent[];
}

function RoutingEditor({ http, me, read, ...known }: RoutingEditorProps) {
  const edits: RoutingEdits = useMemo(() => routingEditsOf(http, me.id, read), [http, me.id, read]);
  const [part, setPart] = useState<RoutingPart>('handing');
  const [search] = useState(() => signal(firstSearch(known.inboxes[0]?.id ?? '')));
  const form = useRef<HTMLFormElement>(null);
  const refusal = edits.refusal.value;
  const changedParts = new Set(edits.changed.value.map(routingPartOf));

  // A refusal leads to its field, whatever part it stands in.
  useEffect(() => {
    const blamed = refusal?.field && routingPartOf(refusal.field.split('.')[0] ?? '');
    if (blamed) setPart(blamed);
  }, [refusal]);
  useEffect(() => {
    if (refusal) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [refusal, part]);

  const save = async (event: Event) => {
    event.preventDefault();
    await edits.save();
    if (edits.changed.value.length === 0) showToast({ text: t('toast.saved') });
  };
  const context = {
    http,
    draft: edits.draft.value,
    set: edits.set,
    latest: () => edits.draft.peek(),
    ...known,
    errorAt: (path: string) => errorOf(refusal, path),
  };
  return (
    <RoutingFormContext.Provider value={context}>
      <div class={styles.frame}>
        <div class={styles.layout}>
          <TabList
            id="routing"
            label={t('routing.parts')}
            chosen={part}
            tabs={routingParts.map((name) => ({
              name,
              label: t(`routing.part.${name}`),
              icon: routingPartIcons[name],
              mark: changedParts.has(name) ? t('inbox.unsaved') : undefined,
            }))}
            onChoose={setPart}
          />
          <div class={styles.part} role="tabpanel" id={`routing-${part}-panel`} aria-labelledby={`routing-${part}`}>
            <form id="routing-form" ref={form} noValidate onSubmit={save}>
              {part === 'handing' && <HandingSection />}
              {part === 'rules' && <RulesSection />}
              {part === 'teams' && <TeamWays />}
              {part === 'agents' && <EverybodysLoad />}
            </form>
            {part === 'agents' && <AgentLoads http={http} agents={known.agents} />}
            {part === 'simulator' && <PathFinder search={search} />}
          </div>
        </div>
        <SaveBar edits={edits} form="routing-form" namesOf={routingNamesOf} />
        <LeaveDialog all={[edits]} text={t('routing.leaveText')} keptText={t('routing.kept')} />
      </div>
    </RoutingFormContext.Provider>
  );
}
