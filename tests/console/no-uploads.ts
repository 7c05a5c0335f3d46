import { AgentUploads } from '../../console/messages/agent-uploads.ts';

/** For screens on which nobody sends a file. */
export const noUploads = new AgentUploads({
  serverUrl: '',
  agentId: 'agent-1',
  now: () => 0,
  schedule: () => () => undefined,
  inUse: () => [],
});
