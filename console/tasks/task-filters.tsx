import type { Priority } from '../../shared/routing.ts';
import type { TaskKind } from '../../shared/task.ts';
import { t } from '../texts/texts.ts';
import { SelectField, TextField } from '../ui/field.tsx';
import type { PeopleAtHand } from './people-at-hand.ts';
import styles from './task-filters.module.css';
import type { TaskTab } from './task-tabs.tsx';

export interface TaskFilter {
  tab: TaskTab;
  kind: 'all' | 'todo' | TaskKind;
  due: 'all' | 'today' | 'upcoming' | 'none';
  priority: 'all' | Priority;
  teamId: string;
  q: string;
}

export const noFilter: Omit<TaskFilter, 'tab'> = { kind: 'all', due: 'all', priority: 'all', teamId: '', q: '' };

interface TaskFiltersProps {
  filter: TaskFilter;
  people: PeopleAtHand | undefined;
  onChange: (filter: TaskFilter) => void;
}

/** Which of them are listed: of what kind, when, how urgent, with which words. */
export function TaskFilters({ filter, people, onChange }: TaskFiltersProps) {
  const set = (change: Partial<TaskFilter>) => onChange({ ...filter, ...change });
  const teams = people?.teams.value ?? [];
  return (
    <div class={styles.filters}>
      <div class={styles.search}>
        <TextField
          type="search"
          label={t('todo.search')}
          isLabelHidden
          placeholder={t('todo.search')}
          value={filter.q}
          maxLength={200}
          onInput={(q) => set({ q })}
        />
      </div>
      <SelectField
        label={t('todo.kind')}
        isLabelHidden
        value={filter.kind}
        options={[
          { value: 'all', label: t('todo.allKinds') },
          { value: 'callback', label: t('calls.region') },
          { value: 'task', label: t('todo.kinds.task') },
          { value: 'email', label: t('todo.kinds.email') },
          { value: 'meeting', label: t('todo.kinds.meeting') },
        ]}
        onChoose={(kind) => set({ kind })}
      />
      {filter.tab !== 'done' && filter.tab !== 'overdue' && (
        <SelectField
          label={t('calls.when')}
          isLabelHidden
          value={filter.due}
          options={[
            { value: 'all', label: t('calls.anyTime') },
            { value: 'today', label: t('todo.group.today') },
            { value: 'upcoming', label: t('calls.upcoming') },
            { value: 'none', label: t('todo.group.none') },
          ]}
          onChoose={(due) => set({ due })}
        />
      )}
      <SelectField
        label={t('priority.change')}
        isLabelHidden
        value={filter.priority}
        options={[
          { value: 'all', label: t('todo.anyPriority') },
          ...(['urgent', 'high', 'normal', 'low'] as const).map((value) => ({ value, label: t(`priority.${value}`) })),
        ]}
        onChoose={(priority) => set({ priority })}
      />
      {teams.length > 0 && (
        <SelectField
          label={t('todo.team')}
          isLabelHidden
          value={filter.teamId}
          options={[{ value: '', label: t('todo.anyTeam') }, ...teams.map(({ id, name }) => ({ value: id, label: name }))]}
          onChoose={(teamId) => set({ teamId })}
        />
      )}
    </div>
  );
}
