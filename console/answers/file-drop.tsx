import { useState } from 'preact/hooks';
import { t } from '../texts/texts.ts';
import { Icon } from '../ui/icon.tsx';
import styles from './import-dialog.module.css';

interface FileDropProps {
  /** Of the file that was taken. */
  name: string | null;
  isBusy: boolean;
  onTake: (file: File | undefined) => void;
}

/** A place to drop a file of answers on, or to press and choose one. */
export function FileDrop({ name, isBusy, onTake }: FileDropProps) {
  const [isOver, setIsOver] = useState(false);
  return (
    <label
      class={styles.drop}
      data-over={isOver || undefined}
      aria-busy={isBusy || undefined}
      onDragOver={(event) => {
        event.preventDefault();
        setIsOver(true);
      }}
      onDragLeave={() => setIsOver(false)}
      onDrop={(event) => {
        event.preventDefault();
        setIsOver(false);
        onTake(event.dataTransfer?.files[0]);
      }}
    >
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
