import { useState } from 'preact/hooks';
import type { Agent } from '../../shared/agent.ts';
import type { NowBoard } from '../../shared/now-board.ts';
import type { Desk } from '../conversations/desk.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { formatNumber } from '../ui/format.ts';
import { AgentCard } from './agent-card.tsx';
import styles from './agent-cards.module.css';
import type { Rows } from './rows-dialog.tsx';

/** More than a screen of colleagues at once helps nobody; the rest is one click away. */
const SHOWN_FIRST = 40;

interface AgentCardsProps {
  desk: Desk;
  board: NowBoard;
  now: number;
  mayAssign: boolean;
  onOpen: (rows: Rows) => void;
}

/** Who is here, with how much. A waiting chat can be dropped on whoever shall have it. */
export function AgentCards({ desk, board, now, mayAssign, onOpen }: AgentCardsProps) {
  const [isWhole, setIsWhole] = useState(false);
  const agents = inOrder([...desk.colleagues.agents.value.values()]);
  const shown = isWhole ? agents : agents.slice(0, SHOWN_FIRST);
  const counts = new Map(board.byAgent.map((counted) => [counted.agentId, counted]));
  const online = agents.filter(({ availability }) => availability === 'online').length;
  return (
    <section aria-labelledby="now-agents">
      <header class={styles.header}>
        <h2 id="now-agents">{t('now.agents')}</h2>
        <span class={styles.online}>{t('now.online', { count: online, all: formatNumber(agents.length) })}</span>
      </header>
      <ul class={styles.cards}>
        {shown.map((agent) => (
          <AgentCard
            key={agent.id}
            desk={desk}
            agent={agent}
            counts={counts.get(agent.id)}
            now={now}
            mayAssign={mayAssign}
            onOpen={onOpen}
          />
        ))}
      </ul>
      {agents.length > shown.length && (
        <Button class={styles.rest} onClick={() => setIsWhole(true)}>
          {t('now.andMore', { count: agents.length - shown.length })}
        </Button>
      )}
    </section>
  );
}

const ranks = { online: 0, away: 1, offline: 2 } as const;

/** Who is here comes first; among those the names, so that nobody's card moves with every chat. */
function inOrder(agents: Agent[]): Agent[] {
  return agents.sort((a, b) => ranks[a.availability] - ranks[b.availability] || a.name.localeCompare(b.name));
}
