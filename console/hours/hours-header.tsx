import { t } from '../texts/texts.ts';
import { BackLink } from '../ui/back-link.tsx';
import { Button } from '../ui/button.tsx';
import type { HoursEdits } from './hours-edits.ts';
import styles from './hours-list.module.css';
import { hoursPath } from './hours-path.ts';

interface HoursHeaderProps {
  edits: HoursEdits;
  onCopy: () => void;
  /** Absent before the first save. */
  onDelete: (() => void) | undefined;
}

/** Whose editor this is, the way back to all, and what can be done with the whole. */
export function HoursHeader({ edits, onCopy, onDelete }: HoursHeaderProps) {
  return (
    <header class={styles.header}>
      <div class={styles.heading}>
        <BackLink href={hoursPath()}>{t('hours.all')}</BackLink>
        <h2 class={styles.title}>
          <bdi>{edits.draft.value.name || t('hours.unnamed')}</bdi>
        </h2>
      </div>
      <div class={styles.tools}>
        <Button icon="copy" onClick={onCopy}>
          {t('hours.copy')}
        </Button>
        {onDelete && (
          <Button icon="trash-2" onClick={onDelete}>
            {t('hours.delete')}
          </Button>
        )}
      </div>
    </header>
  );
}
