import type { Agent } from '../../shared/agent.ts';
import type { AgentRouting, AgentRoutingPut, AgentRoutings } from '../../shared/routing.ts';
import type { Http } from '../http.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Button } from '../ui/button.tsx';
import { Card } from '../ui/card.tsx';
import { EditInPlace } from '../ui/edit-in-place.tsx';
import { EmptyState } from '../ui/empty-state.tsx';
import { formatNumber } from '../ui/format.ts';
import { OneLine } from '../ui/one-line.tsx';
import { Skeleton } from '../ui/skeleton.tsx';
import { showToast } from '../ui/toast.tsx';
import { useRemote } from '../ui/use-remote.ts';
import styles from './routing.module.css';

interface AgentLoadsProps {
  http: Http;
  agents: readonly Agent[];
}

const SKILLS_MAX = 30;
const SKILL_LETTERS_MAX = 40;
const CAPACITY_MAX = 100;

/** How much each agent takes at once, and what each can do: changed in place, saved at once. */
export function AgentLoads({ http, agents }: AgentLoadsProps) {
  const { value, error, reload, put } = useRemote(() => http.get<AgentRoutings>('/routing/agents'), []);
  if (error) {
    return (
      <EmptyState icon="circle-alert" tone="problem" title={errorText(error)}>
        <Button onClick={reload}>{t('action.retry')}</Button>
      </EmptyState>
    );
  }
  if (!value) return <Skeleton rows={4} label={t('state.loading')} />;
  const save = async (agent: Agent, said: AgentRoutingPut): Promise<string | null> => {
    const reply = await http.put<AgentRouting>(`/routing/agents/${agent.id}`, said);
    if (!reply.ok) return errorText(reply.error);
    put({ ...value, items: [...value.items.filter(({ agentId }) => agentId !== agent.id), reply.data] });
    showToast({ text: t('routing.agentSaved', { name: agent.name }) });
    return null;
  };
  return (
    <Card title={t('routing.agents')} text={t('routing.agentsHint')}>
      <table class={styles.table}>
        <thead>
          <tr>
            <th scope="col">{t('routing.agent')}</th>
            <th scope="col">{t('routing.capacity')}</th>
            <th scope="col">{t('routing.skills')}</th>
          </tr>
        </thead>
        <tbody>
          {[...agents]
            .sort((a, b) => a.name.localeCompare(b.name))
            .map((agent) => {
              const own = value.items.find(({ agentId }) => agentId === agent.id);
              return <AgentLoad key={agent.id} agent={agent} own={own} usual={value.capacity} onSave={(said) => save(agent, said)} />;
            })}
        </tbody>
      </table>
    </Card>
  );
}

interface AgentLoadProps {
  agent: Agent;
  own: AgentRouting | undefined;
  usual: number;
  onSave: (said: AgentRoutingPut) => Promise<string | null>;
}

function AgentLoad({ agent, own, usual, onSave }: AgentLoadProps) {
  const { name, id, avatarUrl } = agent;
  const capacity = own?.capacity ?? null;
  const skills = own?.skills ?? [];
  const saveCapacity = async (text: string) => {
    const count = text === '' ? null : Number(text);
    if (count !== null && !(Number.isInteger(count) && count >= 0 && count <= CAPACITY_MAX)) return t('routing.capacityWrong');
    return onSave({ capacity: count });
  };
  const saveSkills = async (text: string) => {
    const named = text
      .split(/[,،]/)
      .map((skill) => skill.trim())
      .filter(Boolean);
    if (named.length > SKILLS_MAX || named.some(({ length }) => length > SKILL_LETTERS_MAX)) return t('routing.skillsWrong');
    return onSave({ skills: named });
  };
  return (
    <tr>
      <th scope="row">
        <span class={styles.person}>
          <Avatar name={name} seed={id} imageUrl={avatarUrl} size="small" />
          <OneLine text={name} />
        </span>
      </th>
      <td>
        <EditInPlace
          label={t('routing.capacityOf', { name })}
          editLabel={t('routing.capacityOf', { name })}
          value={capacity === null ? '' : String(capacity)}
          placeholder={t('routing.capacityUsual', { count: usual })}
          maxLength={3}
          onSave={saveCapacity}
        >
          {capacity === 0 ? t('routing.capacityNone') : formatNumber(capacity ?? usual)}
        </EditInPlace>
      </td>
      <td>
        <EditInPlace
          label={t('routing.skillsOf', { name })}
          editLabel={t('routing.skillsOf', { name })}
          value={skills.join(', ')}
          placeholder={t('routing.skillsNone')}
          maxLength={SKILLS_MAX * (SKILL_LETTERS_MAX + 2)}
          onSave={saveSkills}
        >
          <span class={styles.chips}>
            {skills.map((skill) => (
              <bdi key={skill} class={styles.chip}>
                {skill}
              </bdi>
            ))}
          </span>
        </EditInPlace>
      </td>
    </tr>
  );
}
