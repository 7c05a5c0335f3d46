import { signal } from '@preact/signals';
import { useEffect, useState } from 'preact/hooks';
import type { Agent } from '../../shared/agent.ts';
import type { Team } from '../../shared/team.ts';
import type { Ticket } from '../../shared/ticket.ts';
import type { Http } from '../http.ts';
import { OpenTicketDialog } from './open-ticket-dialog.tsx';
import type { TicketDesk } from './ticket-desk.ts';

interface FileTicketDialogProps {
  http: Http;
  contactId: string;
  onClose: () => void;
  onOpened: (ticket: Ticket) => void;
}

/** A new ticket of a person, where no desk is at hand: who could have it is asked for first. */
export function FileTicketDialog({ http, ...rest }: FileTicketDialogProps) {
  const [desk, setDesk] = useState<TicketDesk | null>(null);
  useEffect(() => {
    let isGone = false;
    void readDesk(http).then((read) => !isGone && setDesk(read));
    return () => {
      isGone = true;
    };
  }, [http]);
  return desk && <OpenTicketDialog desk={desk} {...rest} />;
}

async function readDesk(http: Http): Promise<TicketDesk> {
  const [me, agents, teams] = await Promise.all([
    http.get<{ id: string }>('/session'),
    http.get<{ items: Agent[] }>('/agents'),
    http.get<{ items: Team[] }>('/teams'),
  ]);
  const known = agents.ok ? agents.data.items : [];
  return {
    http,
    agentId: me.ok ? me.data.id : '',
    colleagues: { agents: signal(new Map(known.map((agent) => [agent.id, agent]))), teams: signal(teams.ok ? teams.data.items : []) },
  };
}
