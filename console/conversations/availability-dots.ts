import type { AgentAvailability } from '../../shared/agent.ts';

export const availabilityDots = { online: 'green', away: 'amber', offline: 'grey' } as const satisfies Record<AgentAvailability, string>;
