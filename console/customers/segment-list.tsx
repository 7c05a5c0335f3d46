import { useState } from 'preact/hooks';
import type { Segment } from '../../shared/segment.ts';
import { errorText } from '../texts/error-text.ts';
import { t } from '../texts/texts.ts';
import { Button, IconButton } from '../ui/button.tsx';
import { Dialog } from '../ui/dialog.tsx';
import { formatNumber } from '../ui/format.ts';
import { Icon } from '../ui/icon.tsx';
import { Menu } from '../ui/menu.tsx';
import { OneLine } from '../ui/one-line.tsx';
import { showToast } from '../ui/toast.tsx';
import type { CustomerList } from './customer-list.ts';
import type { CustomerHouse } from './customer-room.ts';
import { SegmentDialog } from './segment-dialog.tsx';
import styles from './segment-list.module.css';

interface SegmentListProps {
  house: CustomerHouse;
  list: CustomerList;
  chosenId: string | null;
  onChoose: (segmentId: string | null) => void;
}

/** All customers, and the segments of them, each with how many there are now. */
export function SegmentList({ house, list, chosenId, onChoose }: SegmentListProps) {
  const [renaming, setRenaming] = useState<Segment | null>(null);
  const [deleting, setDeleting] = useState<Segment | null>(null);
  const segments = list.segments.value;
  const link = (id: string | null) => (event: MouseEvent) => {
    if (event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    onChoose(id);
  };
  const remove = async (segment: Segment) => {
    const reply = await house.http.delete(`/segments/${segment.id}`);
    setDeleting(null);
    if (!reply.ok) return showToast({ text: errorText(reply.error), tone: 'problem' });
    await list.readSegments();
    if (chosenId === segment.id) onChoose(null);
  };
  return (
    <nav class={styles.nav} aria-label={t('customers.segments')}>
      <ul class={styles.list}>
        <li class={styles.item}>
          <a class={styles.link} href="/console/contacts" aria-current={chosenId === null ? 'page' : undefined} onClick={link(null)}>
            <Icon name="users" size="small" />
            {t('customers.everybody')}
          </a>
        </li>
        {house.may('purchases:view') && (
          <li class={styles.item}>
            <a class={styles.link} href="/console/contacts/renewals">
              <Icon name="clock" size="small" />
              {t('renewals.title')}
            </a>
          </li>
        )}
        {segments.map((segment) => (
          <li key={segment.id} class={styles.item}>
            <a
              class={styles.link}
              href={`/console/contacts?segment=${segment.id}`}
              aria-current={chosenId === segment.id ? 'page' : undefined}
              onClick={link(segment.id)}
            >
              <OneLine class={styles.name} text={segment.name} />
              {segment.isShared && <Icon name="users" size="small" label={t('customers.shared')} />}
              <span class={styles.count} title={segment.isFilling ? t('customers.filling') : undefined}>
                {segment.isFilling && <span class="visually-hidden">{t('customers.filling')} </span>}
                {formatNumber(segment.count)}
                {segment.isFilling && '…'}
              </span>
            </a>
            {segment.isMineToChange && (
              <Menu
                label={t('customers.segmentActions', { name: segment.name })}
                align="end"
                trigger={(props) => (
                  <IconButton {...props} icon="pencil" label={t('customers.segmentActions', { name: segment.name })} class={styles.menu} />
                )}
                items={[
                  { key: 'rename', label: t('customers.renameSegment'), icon: 'pencil', onSelect: () => setRenaming(segment) },
                  { key: 'delete', label: t('customers.deleteSegment'), icon: 'x', onSelect: () => setDeleting(segment) },
                ]}
              />
            )}
          </li>
        ))}
      </ul>
      {segments.length === 0 && <p class={styles.hint}>{t('customers.noSegments')}</p>}
      {renaming && (
        <SegmentDialog house={house} list={list} segment={renaming} onClose={() => setRenaming(null)} onSaved={() => setRenaming(null)} />
      )}
      {deleting && (
        <Dialog
          title={t('customers.deleteSegmentTitle', { name: deleting.name })}
          closeLabel={t('action.close')}
          onClose={() => setDeleting(null)}
          actions={
            <>
              <Button onClick={() => setDeleting(null)}>{t('action.cancel')}</Button>
              <Button look="danger" onClick={() => void remove(deleting)}>
                {t('customers.deleteSegment')}
              </Button>
            </>
          }
        >
          <p>{t('customers.deleteSegmentHint')}</p>
        </Dialog>
      )}
    </nav>
  );
}
