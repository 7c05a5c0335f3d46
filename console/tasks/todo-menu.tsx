import type { Todo } from '../../shared/task.ts';
import { language, t } from '../texts/texts.ts';
import { IconButton } from '../ui/button.tsx';
import { formatSoon } from '../ui/format.ts';
import { Menu, type MenuItem } from '../ui/menu.tsx';
import { dueChoices } from './due-choices.ts';

export interface TodoMenuProps {
  todo: Todo;
  agentId: string | undefined;
  onEdit: () => void;
  onMove: (dueAt: number | null) => void;
  onFinishWith: () => void;
  onTake: (agentId: string) => void;
  onSkip: () => void;
  onRemove: () => void;
}

/** What can be done with it besides doing it: another time, mine, not this time, away with it. */
export function TodoMenu({ todo, agentId, onEdit, onMove, onFinishWith, onTake, onSkip, onRemove }: TodoMenuProps) {
  const now = Date.now();
  const isOpen = todo.status === 'open';
  const times: MenuItem[] = dueChoices(now, language.value === 'he' ? 0 : 1).map(({ kind, at }) => ({
    key: kind,
    icon: 'clock',
    label: t(`todo.due.${kind}`),
    hint: formatSoon(at, now),
    onSelect: () => onMove(at),
  }));
  const items: MenuItem[] = [
    { key: 'edit', icon: 'pencil', label: t('todo.edit'), onSelect: onEdit },
    ...(isOpen ? [{ key: 'finish', icon: 'check' as const, label: t('todo.finishWith'), onSelect: onFinishWith }] : []),
    ...(isOpen ? times.map((item, place) => ({ ...item, hasLineBefore: place === 0 })) : []),
    ...(isOpen && agentId !== undefined && todo.ownerId !== agentId
      ? [{ key: 'take', icon: 'hand' as const, label: t('todo.take'), hasLineBefore: true, onSelect: () => onTake(agentId) }]
      : []),
    ...(isOpen && todo.recurrence ? [{ key: 'skip', icon: 'forward' as const, label: t('todo.skip'), onSelect: onSkip }] : []),
    {
      key: 'remove',
      icon: 'trash-2',
      label: t(todo.recurrence && isOpen ? 'todo.removeSeries' : 'todo.remove'),
      hasLineBefore: true,
      onSelect: onRemove,
    },
  ];
  return (
    <Menu
      label={t('todo.more')}
      align="end"
      items={items}
      trigger={(props) => <IconButton {...props} icon="chevron-down" label={t('todo.moreOf', { title: todo.title })} />}
    />
  );
}
