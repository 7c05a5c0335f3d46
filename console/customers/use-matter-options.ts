import type { LostReasonList, Pipeline } from '../../shared/opportunity.ts';
import { priorities } from '../../shared/routing.ts';
import { taskKinds, taskStatuses } from '../../shared/task.ts';
import type { TicketCategory } from '../../shared/ticket.ts';
import { ticketStatuses } from '../../shared/ticket-moves.ts';
import { t } from '../texts/texts.ts';
import { useRemote } from '../ui/use-remote.ts';
import type { ConditionWords } from './condition-words.ts';
import type { CriterionKey } from './matter-criteria.ts';

interface Option {
  value: string;
  label: string;
}

const nothing = { ok: true as const, data: { items: [] } };

/** From what can be chosen where a condition asks of an opportunity, a ticket or a task. */
export function useMatterOptions({ http, agents }: ConditionWords, on: 'opportunity' | 'ticket' | 'task'): (key: CriterionKey) => Option[] {
  const isSale = on === 'opportunity';
  const pipelines = useRemote(async () => (isSale ? http.get<{ items: Pipeline[] }>('/pipelines') : nothing), [http, isSale]);
  const reasons = useRemote(async () => (isSale ? http.get<Pick<LostReasonList, 'items'>>('/lost-reasons') : nothing), [http, isSale]);
  const isService = on === 'ticket';
  const categories = useRemote(
    async () => (isService ? http.get<{ items: TicketCategory[] }>('/ticket-categories') : nothing),
    [http, isService],
  );
  const all = pipelines.value?.items ?? [];
  const statuses: Record<typeof on, () => Option[]> = {
    opportunity: () => (['open', 'won', 'lost'] as const).map((value) => ({ value, label: t(`customers.opportunity.${value}`) })),
    ticket: () => ticketStatuses.map((value) => ({ value, label: t(`customers.ticket.${value}`) })),
    task: () => taskStatuses.map((value) => ({ value, label: t(`customers.task.${value}`) })),
  };
  return (key) => {
    switch (key) {
      case 'statuses':
        return statuses[on]();
      case 'pipelineIds':
        return all.map(({ id, name }) => ({ value: id, label: name }));
      case 'stageIds':
        return all.flatMap((pipeline) =>
          pipeline.stages.map(({ id, name }) => ({ value: id, label: all.length > 1 ? `${pipeline.name} / ${name}` : name })),
        );
      case 'lostReasonIds':
        return (reasons.value?.items ?? []).map(({ id, name }) => ({ value: id, label: name }));
      case 'categoryIds':
        return (categories.value?.items ?? []).map(({ id, name, parentId }) => {
          const parent = categories.value?.items.find((one) => one.id === parentId);
          return { value: id, label: parent ? `${parent.name} / ${name}` : name };
        });
      case 'kinds':
        return taskKinds.map((value) => ({ value, label: t(`customers.taskKind.${value}`) }));
      case 'priorities':
        return priorities.map((value) => ({ value, label: t(`priority.${value}`) }));
      case 'owners':
        return [
          { value: 'me', label: t('customers.filter.me') },
          { value: 'nobody', label: t('customers.filter.nobody') },
          ...[...agents.values()].map(({ id, name }) => ({ value: id, label: name })),
        ];
      default:
        return [];
    }
  };
}
