import type { Agent, AgentAvailability } from '../../shared/agent.ts';
import type { NowBoard } from '../../shared/now-board.ts';
import { availabilityDots } from '../conversations/availability-dots.ts';
import type { Desk } from '../conversations/desk.ts';
import { assign, showProblem } from '../conversations/desk-actions.ts';
import { waitingTone } from '../conversations/list-views.ts';
import { t } from '../texts/texts.ts';
import { Avatar } from '../ui/avatar.tsx';
import { Badge } from '../ui/badge.tsx';
import { formatClock, formatNumber, formatWait } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import { Menu, type MenuItem } from '../ui/menu.tsx';
import { OneLine } from '../ui/one-line.tsx';
import { showToast } from '../ui/toast.tsx';
import styles from './agent-card.module.css';
import { draggedRow, useDropTarget } from './dragged-row.ts';
import type { Rows } from './rows-dialog.tsx';

const availabilities: readonly AgentAvailability[] = ['online', 'away', 'offline'];

interface AgentCardProps {
  desk: Desk;
  agent: Agent;
  counts: NowBoard['byAgent'][number] | undefined;
  now: number;
  mayAssign: boolean;
  onOpen: (rows: Rows) => void;
}

export function AgentCard({ desk, agent, counts, now, mayAssign, onOpen }: AgentCardProps) {
  const { isOver, ...target } = useDropTarget(mayAssign ? () => draggedRow.value && assign(desk, draggedRow.value, agent.id) : null);
  const { id, name, load } = agent;
  return (
    <li class={[styles.card, isOver && styles.over].filter(Boolean).join(' ')} data-agent={id} {...target}>
      <Avatar name={name} seed={id} imageUrl={agent.avatarUrl} dot={availabilityDots[agent.availability]} />
      <div class={styles.who}>
        <OneLine class={styles.name} text={name} />
        <span class={styles.state}>
          <StateLine agent={agent} now={now} />
        </span>
      </div>
      {counts && counts.replyingIn.length > 0 && (
        <span class={styles.replying} title={t('now.replying')}>
          <Icon name="pencil" size="small" label={t('now.replying')} />
        </span>
      )}
      {counts?.oldestSince != null && (
        <button
          type="button"
          class={styles.number}
          onClick={() => onOpen({ title: t('now.waitingWith', { name }), what: 'waiting', agentId: id })}
        >
          <span class="visually-hidden">{t('now.waitingWith', { name })}: </span>
          <Badge tone={waitingTone(now - counts.oldestSince)}>
            <Icon name="clock" size="small" />
            {formatNumber(counts.count)} · <bdi dir="ltr">{formatClock(now - counts.oldestSince)}</bdi>
          </Badge>
        </button>
      )}
      <button type="button" class={styles.number} onClick={() => onOpen({ title: t('now.openWith', { name }), what: 'open', agentId: id })}>
        <span class="visually-hidden">{t('now.openWith', { name })}: </span>
        <Badge>{t('assign.load', { count: load })}</Badge>
      </button>
      {mayAssign && id !== desk.agentId && <AvailabilityMenu desk={desk} agent={agent} />}
    </li>
  );
}

/** "Away for 12m, set by Dana" */
function StateLine({ agent: { availability, availabilitySince, availabilitySetBy }, now }: { agent: Agent; now: number }) {
  const words = [t(`availability.${availability}`)];
  if (availabilitySince != null) words.push(formatWait(Math.max(0, now - availabilitySince)));
  if (availabilitySetBy) words.push(t('now.setBy', { name: availabilitySetBy.name }));
  return <>{words.join(' · ')}</>;
}

function AvailabilityMenu({ desk, agent }: { desk: Desk; agent: Agent }) {
  const items: MenuItem[] = availabilities.map((availability) => ({
    key: availability,
    label: t(`availability.${availability}`),
    isChecked: agent.availability === availability,
    onSelect: () => void setAvailability(desk, agent, availability),
  }));
  return (
    <Menu
      label={t('now.availabilityOf', { name: agent.name })}
      items={items}
      align="end"
      trigger={(props) => (
        <button {...props} type="button" class={styles.more} title={t('now.availabilityOf', { name: agent.name })}>
          <span class="visually-hidden">{t('now.availabilityOf', { name: agent.name })}</span>
          <Icon name="chevron-down" size="small" />
        </button>
      )}
    />
  );
}

async function setAvailability(desk: Desk, { id, name }: Agent, availability: AgentAvailability): Promise<void> {
  const reply = await desk.http.patch(`/agents/${id}/availability`, { availability });
  if (reply.ok) showToast({ text: t(`now.set.${availability}`, { name }) });
  else if (reply.error.code === 'forbidden') showToast({ text: t('now.beyond', { name }), tone: 'problem' });
  else showProblem(reply.error);
}
