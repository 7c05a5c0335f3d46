import { useState } from 'preact/hooks';
import type { Merge } from '../../shared/merging.ts';
import { contactName } from '../contacts/contact-name.ts';
import type { Http } from '../http.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import { RelativeTime } from '../ui/relative-time.tsx';
import { undoMerge } from './merge-actions.ts';
import styles from './merge-list.module.css';
import { movesText } from './moves-text.ts';

interface MergeListProps {
  http: Http;
  merges: readonly Merge[];
  mayUndo: boolean;
  onUndone: () => void;
}

/** What was merged into a file, with the way back. */
export function MergeList({ http, merges, mayUndo, onUndone }: MergeListProps) {
  const [busyId, setBusyId] = useState<string | null>(null);
  if (merges.length === 0) return null;
  const undo = async (id: string) => {
    setBusyId(id);
    const isUndone = await undoMerge(http, id);
    setBusyId(null);
    if (isUndone) onUndone();
  };
  return (
    <div class={styles.history}>
      <h2 class={styles.title}>{t('merge.listTitle')}</h2>
      <ul class={styles.list}>
        {merges.map((merge) => (
          <li key={merge.id} class={styles.item}>
            <span class={styles.what}>
              <span>{t('merge.listItem', { name: contactName({ id: merge.fromId, name: merge.name }), by: merge.by?.name ?? '' })}</span>
              <span class={styles.soft}>
                <RelativeTime at={merge.at} />
                {movesText(merge.moved) && ` · ${movesText(merge.moved)}`}
                {merge.undoneAt !== null && ` · ${t('merge.listUndone', { by: merge.undoneBy?.name ?? '' })}`}
              </span>
            </span>
            {mayUndo && merge.canUndo && (
              <Button size="small" icon="rotate-ccw" isBusy={busyId === merge.id} onClick={() => void undo(merge.id)}>
                {t('merge.undo')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </div>
  );
}
