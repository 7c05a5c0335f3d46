import type { ErrorReply } from '../../shared/errors.ts';
import { t } from '../texts/texts.ts';
import { Button } from '../ui/button.tsx';
import rows from '../ui/rows.module.css';
import { RemoveSection } from './remove-section.tsx';
import styles from './toolbox.module.css';

interface EditorFootProps {
  error: ErrorReply | null;
  isSaving: boolean;
  onCancel: () => void;
  /** What only one that is there already has. */
  present: {
    name: string;
    removeText: string;
    onRemove: () => Promise<void>;
    /** A colleague has changed it meanwhile. */
    onTakeTheirs: () => void;
    onKeepMine: () => void;
  } | null;
}

/** Below the form of a response or a macro: what to do about a colleague's change, saving, leaving, removing. */
export function EditorFoot({ error, isSaving, onCancel, present }: EditorFootProps) {
  return (
    <>
      {error?.field === 'expectedAt' && present && (
        <div class={rows.actions}>
          <Button onClick={present.onTakeTheirs}>{t('toolbox.takeTheirs')}</Button>
          <Button onClick={present.onKeepMine}>{t('toolbox.keepMine')}</Button>
        </div>
      )}
      <div class={styles.foot}>
        <Button type="submit" look="primary" isBusy={isSaving}>
          {t('action.save')}
        </Button>
        <Button onClick={onCancel}>{t('action.cancel')}</Button>
        <span class={styles.space} />
        {present && <RemoveSection name={present.name} text={present.removeText} onRemove={present.onRemove} />}
      </div>
    </>
  );
}
