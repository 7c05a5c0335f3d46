import type { TaskStatus } from '../../shared/task.ts';
import { t } from '../texts/texts.ts';
import { SelectField } from '../ui/field.tsx';
import { Segmented } from '../ui/segmented.tsx';
import styles from './task-filters.module.css';

export interface TaskFilter {
  status: TaskStatus;
  owner: 'all' | 'me' | 'nobody';
  due: 'all' | 'overdue' | 'upcoming';
}

interface TaskFiltersProps {
  filter: TaskFilter;
  onChange: (filter: TaskFilter) => void;
}

/** Which calls are listed: to do or done, whose, and when. */
export function TaskFilters({ filter, onChange }: TaskFiltersProps) {
  return (
    <div class={styles.filters}>
      <SelectField
        label={t('calls.whose')}
        isLabelHidden
        value={filter.owner}
        options={[
          { value: 'all', label: t('calls.everybodys') },
          { value: 'me', label: t('calls.mine') },
          { value: 'nobody', label: t('calls.nobodys') },
        ]}
        onChoose={(owner) => onChange({ ...filter, owner })}
      />
      {filter.status === 'open' && (
        <SelectField
          label={t('calls.when')}
          isLabelHidden
          value={filter.due}
          options={[
            { value: 'all', label: t('calls.anyTime') },
            { value: 'overdue', label: t('calls.overdue') },
            { value: 'upcoming', label: t('calls.upcoming') },
          ]}
          onChoose={(due) => onChange({ ...filter, due })}
        />
      )}
      <Segmented
        label={t('tasks.show')}
        value={filter.status}
        options={[
          { value: 'open', label: t('tasks.open') },
          { value: 'done', label: t('tasks.done') },
        ]}
        onChoose={(status) => onChange({ ...filter, status })}
      />
    </div>
  );
}
