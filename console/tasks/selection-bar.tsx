import type { Task, TaskPatch } from '../../shared/task.ts';
import { language, t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { formatSoon } from '../ui/format.ts';
import { Menu } from '../ui/menu.tsx';
import { dueChoices } from './due-choices.ts';
import type { PeopleAtHand } from './people-at-hand.ts';
import styles from './selection-bar.module.css';
import { changeMany, type TodoPlaceAt } from './todo-actions.ts';

interface SelectionBarProps extends TodoPlaceAt {
  tasks: readonly Task[];
  people: PeopleAtHand | undefined;
  agentId: string | undefined;
  onAll: () => void;
  onDone: () => void;
}

/** What is done with all that are chosen: done, somebody's, at another time. Calls keep their times: their customers were told. */
export function SelectionBar({ tasks, http, board, people, agentId, onAll, onDone }: SelectionBarProps) {
  const now = Date.now();
  const change = (patch: TaskPatch, back: (task: Task) => TaskPatch, some = tasks) => {
    if (some.length === 0) return;
    void changeMany({ http, board }, { tasks: some, patch, back }).then(onDone);
  };
  const give = (ownerId: string | null) => change({ ownerId }, (task) => ({ ownerId: task.ownerId }));
  const todos = tasks.filter(({ kind }) => kind !== 'callback');
  const isOpen = tasks.every(({ status }) => status === 'open');
  const agents = [...(people?.agents.value.values() ?? [])].filter(({ id }) => id !== agentId);
  return (
    <section class={styles.bar} aria-label={t('todo.selection')}>
      <span class={styles.count} role="status">
        {t('todo.chosen', { count: tasks.length })}
      </span>
      <Button size="small" look="quiet" onClick={onAll}>
        {t('todo.chooseAll')}
      </Button>
      {isOpen ? (
        <Button
          size="small"
          icon="check"
          aria-disabled={tasks.length === 0}
          onClick={() => change({ status: 'done' }, () => ({ status: 'open' }))}
        >
          {t('todo.finish')}
        </Button>
      ) : (
        <Button size="small" icon="rotate-ccw" onClick={() => change({ status: 'open' }, () => ({ status: 'done' }))}>
          {t('todo.reopen')}
        </Button>
      )}
      <Menu
        label={t('todo.giveTo')}
        items={[
          ...(agentId === undefined ? [] : [{ key: 'me', label: t('todo.me'), onSelect: () => give(agentId) }]),
          { key: 'nobody', label: t('todo.nobody'), onSelect: () => give(null) },
          ...agents.map(({ id, name }) => ({ key: id, label: name, onSelect: () => give(id) })),
        ]}
        trigger={(props) => (
          <Button {...props} size="small" icon="user-round">
            {t('todo.giveTo')}
          </Button>
        )}
      />
      {isOpen && todos.length > 0 && (
        <Menu
          label={t('todo.moveTo')}
          items={dueChoices(now, language.value === 'he' ? 0 : 1).map(({ kind, at }) => ({
            key: kind,
            label: t(`todo.due.${kind}`),
            hint: formatSoon(at, now),
            onSelect: () => change({ dueAt: at }, (task) => ({ dueAt: task.dueAt }), todos),
          }))}
          trigger={(props) => (
            <Button {...props} size="small" icon="clock">
              {t('todo.moveTo')}
            </Button>
          )}
        />
      )}
      <Button size="small" look="quiet" onClick={onDone}>
        {t('action.cancel')}
      </Button>
    </section>
  );
}
