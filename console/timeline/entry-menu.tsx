import type { Activity } from '../../shared/activity.ts';
import type { TimelineItem } from '../../shared/timeline.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { IconButton } from '../ui/button.tsx';
import { Menu, type MenuItem } from '../ui/menu.tsx';
import { showToast } from '../ui/toast.tsx';
import type { EntryActions } from './entry-actions.ts';
import { keyOf } from './timeline-state.ts';

interface EntryMenuProps {
  item: TimelineItem;
  actions: EntryActions;
  onEdit: () => void;
}

export function EntryMenu({ item, actions, onEdit }: EntryMenuProps) {
  const { facts } = item;
  const items: MenuItem[] = [
    { key: 'link', label: t('timeline.copyLink'), icon: 'copy', onSelect: () => copyLink(item, actions.contactId) },
  ];
  const { onAnswer } = actions;
  if (item.kind === 'email' && facts.status === 'received' && onAnswer) {
    items.unshift({ key: 'answer', label: t('timeline.answer'), icon: 'forward', onSelect: () => onAnswer(item) });
  }
  if (facts.mayEdit === true) items.push({ key: 'edit', label: t('timeline.edit'), icon: 'pencil', onSelect: onEdit });
  if (facts.mayRemove === true) {
    items.push({
      key: 'delete',
      label: t('timeline.delete'),
      icon: 'trash-2',
      hasLineBefore: true,
      onSelect: () => void remove(item, actions),
    });
  }
  return (
    <Menu
      label={t('timeline.actions')}
      align="end"
      items={items}
      trigger={(props) => <IconButton {...props} icon="chevron-down" label={t('timeline.actions')} />}
    />
  );
}

function copyLink(item: TimelineItem, contactId: string): void {
  const link = `${location.origin}/console/contacts/${contactId}?item=${keyOf(item)}`;
  navigator.clipboard.writeText(link).then(
    () => showToast({ text: t('action.copied') }),
    () => undefined,
  );
}

/** Gone at once; whoever did not mean it takes it back. */
async function remove(item: TimelineItem, { http, onRemoved, onChanged }: EntryActions): Promise<void> {
  const reply = await http.delete(`/activities/${item.id}`);
  if (!reply.ok) return showToast({ text: errorText(reply.error), tone: 'problem' });
  onRemoved(item);
  const restore = async () => {
    const back = await http.post<Activity>(`/activities/${item.id}/restore`, undefined);
    if (back.ok) onChanged(back.data);
    else showToast({ text: errorText(back.error), tone: 'problem' });
  };
  showToast({ text: t('timeline.deleted'), action: { label: t('action.undo'), run: () => void restore() } });
}
