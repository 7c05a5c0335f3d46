import { t } from '../texts/texts.ts';
import { formatNumber } from '../ui/format.ts';
import type { TaskBoard } from './task-board.ts';
import styles from './task-tabs.module.css';

export const taskTabs = ['mine', 'team', 'all', 'overdue', 'done'] as const;
export type TaskTab = (typeof taskTabs)[number];

interface TaskTabsProps {
  board: TaskBoard;
  chosen: TaskTab;
  onChoose: (tab: TaskTab) => void;
}

/** Whose, and whether done. Radio buttons underneath, so arrows choose. */
export function TaskTabs({ board, chosen, onChoose }: TaskTabsProps) {
  const counts: Partial<Record<TaskTab, number>> = {
    mine: board.mineCount.value,
    team: board.teamCount.value,
    all: board.openCount.value,
    overdue: board.overdueCount.value,
  };
  return (
    <fieldset class={styles.tabs}>
      <legend class="visually-hidden">{t('todo.tabs')}</legend>
      {taskTabs.map((tab) => (
        <label key={tab} class={styles.tab}>
          <input class={styles.radio} type="radio" name="task-tab" checked={tab === chosen} onChange={() => onChoose(tab)} />
          <span class={styles.face}>
            {t(`todo.tab.${tab}`)}
            {counts[tab] ? (
              <span class={[styles.count, tab === 'overdue' && styles.late].filter(Boolean).join(' ')}>{formatNumber(counts[tab])}</span>
            ) : null}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
