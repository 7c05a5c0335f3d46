import { t } from '../texts/texts.ts';
import { Icon } from '../ui/icon.tsx';
import { useFileDrop } from '../ui/use-file-drop.ts';
import styles from './import-dialog.module.css';

interface FileDropProps {
  /** Of the file that was taken. */
  name: string | null;
  isBusy: boolean;
  onTake: (file: File | undefined) => void;
}

/** A place to drop a file of answers on, or to press and choose one. */
export function FileDrop({ name, isBusy, onTake }: FileDropProps) {
  const drop = useFileDrop(onTake);
  return (
    <label class={styles.drop} data-over={drop.isOver || undefined} aria-busy={isBusy || undefined} {...drop.target}>
      <input
        class="visually-hidden"
        type="file"
        accept=".csv,.json,text/csv,application/json"
        onChange={(event) => {
          onTake(event.currentTarget.files?.[0]);
          event.currentTarget.value = '';
        }}
      />
      <Icon name="paperclip" />
      {name ? <bdi>{name}</bdi> : <span>{t('answers.importDrop')}</span>}
    </label>
  );
}
