import type { ConversationSummary } from '../../shared/conversation.ts';
import type { Priority } from '../../shared/routing.ts';
import { priorityIcons } from '../contacts/priority-icons.ts';
import { PriorityMark } from '../contacts/priority-mark.tsx';
import { t } from '../texts/texts.ts';
import { Icon } from '../ui/icon.tsx';
import { Menu } from '../ui/menu.tsx';
import type { Desk } from './desk.ts';
import { prioritize } from './desk-actions.ts';
import styles from './priority-menu.module.css';

/** The most urgent on top, as in the queue. */
const choices: readonly Priority[] = ['urgent', 'high', 'normal', 'low'];

/** How urgent the conversation is, and another choice. */
export function PriorityMenu({ desk, summary, mayEdit }: { desk: Desk; summary: ConversationSummary; mayEdit: boolean }) {
  const { priority } = summary;
  if (!mayEdit) return <PriorityMark priority={priority} />;
  const label = t('priority.mark', { priority: t(`priority.${priority}`) });
  return (
    <Menu
      label={t('priority.change')}
      items={choices.map((choice) => ({
        key: choice,
        label: t(`priority.${choice}`),
        icon: priorityIcons[choice],
        isChecked: choice === priority,
        onSelect: () => prioritize(desk, summary, choice),
      }))}
      trigger={(props) => (
        <button {...props} type="button" class={styles.trigger} title={label} aria-label={label}>
          {priority === 'normal' ? <Icon name={priorityIcons.normal} size="small" /> : <PriorityMark priority={priority} />}
          <Icon name="chevron-down" size="small" />
        </button>
      )}
    />
  );
}
