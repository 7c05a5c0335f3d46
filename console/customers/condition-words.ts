import type { Agent, Permission } from '../../shared/agent.ts';
import type { CustomField } from '../../shared/custom-fields.ts';
import type { Inbox } from '../../shared/inbox.ts';
import type { Http } from '../http.ts';

/** What the editor of a filter offers to choose from. */
export interface ConditionWords {
  http: Http;
  fields: readonly CustomField[];
  /** The business's. */
  currency: string;
  agents: ReadonlyMap<string, Agent>;
  inboxes: readonly Pick<Inbox, 'id' | 'name'>[];
  tags: readonly string[];
  may: (permission: Permission) => boolean;
}
