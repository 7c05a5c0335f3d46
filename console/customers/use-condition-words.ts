import type { Inbox } from '../../shared/inbox.ts';
import { useRemote } from '../ui/use-remote.ts';
import type { ConditionWords } from './condition-words.ts';
import type { CustomerList } from './customer-list.ts';
import type { CustomerHouse } from './customer-room.ts';

/** What the editor of a filter offers to choose from. */
export function useConditionWords({ http, agents, may }: CustomerHouse, list: CustomerList): ConditionWords {
  const inboxes = useRemote(() => http.get<{ items: Pick<Inbox, 'id' | 'name'>[] }>('/views/inboxes'), [http]);
  const tags = useRemote(() => http.get<{ items: string[] }>('/contact-tags'), [http]);
  return {
    http,
    may,
    fields: list.fields.value,
    currency: list.currency.value,
    agents: agents.value,
    inboxes: inboxes.value?.items ?? [],
    tags: tags.value?.items ?? [],
  };
}
